"""Saving appends a revision, never overwrites one, and shows readers nothing."""

import pytest

from procedures.documents.read import read
from procedures.editorial import actions
from procedures.editorial.actions import Refused
from procedures.editorial.revisions import EditConflict
from procedures.models import Act, Action, Entry, Link, Manuscript, Origin, Passage, Revision, State
from procedures.search import search
from tests import worlds
from tests.editorial import desk

TOPIC = {"kind": "topic", "slug": "bone-cement"}


def test_save_appends_a_revision(author):
    revision = desk.save(**TOPIC, by=author, title="Cement")

    assert (revision.number, revision.title, revision.by, revision.origin) == (2, "Cement", author, Origin.EDIT)
    assert revision.based_on.number == 1
    assert Manuscript.objects.get(**TOPIC).state == State.DRAFT
    assert Act.objects.latest("id").action == Action.SAVE_DRAFT


def test_save_of_a_new_entry_begins_at_one(author):
    revision = actions.save_draft(kind="topic", slug="new", text=desk.NEW, by=author)

    assert revision.number == 1
    assert revision.based_on is None
    assert Manuscript.objects.get(kind="topic", slug="new").live is None


def test_save_of_the_same_text_appends_nothing(author):
    before = Revision.objects.count(), Act.objects.count()

    revision = desk.save(**TOPIC, by=author)

    assert revision.number == 1
    assert (Revision.objects.count(), Act.objects.count()) == before
    assert Manuscript.objects.get(**TOPIC).state == State.PUBLISHED


def test_save_of_the_same_document_written_otherwise_appends_nothing(author):
    text = worlds.TEXTS["topic", "bone-cement"].replace("title: Bone cement", 'title:   "Bone   cement"')

    revision = actions.save_draft(**TOPIC, text=text.replace("\n", "\r\n"), by=author, based_on=1)

    assert revision.number == 1


def test_save_keeps_the_text_canonical(author):
    text = desk.NEW.replace("title: A new topic", "title: 'A  new topic'").replace("\n", "\r\n")

    revision = actions.save_draft(kind="topic", slug="new", text=text, by=author)

    assert revision.text == desk.NEW


def test_save_begun_from_an_older_revision_is_a_conflict(author, publisher):
    theirs = desk.save(**TOPIC, by=publisher, title="Theirs")

    with pytest.raises(EditConflict, match=r"Version 2 was saved by publisher after you began\.") as caught:
        actions.save_draft(**TOPIC, text=worlds.changed(**TOPIC, title="Mine"), by=author, based_on=1)

    assert caught.value.theirs == theirs
    assert desk.newest(**TOPIC) == theirs


def test_save_as_new_of_what_exists_is_a_conflict(author):
    with pytest.raises(EditConflict, match="Version 1 was saved by the loader of files"):
        actions.save_draft(**TOPIC, text=desk.NEW, by=author)


def test_save_begun_from_what_does_not_exist_is_refused(author):
    with pytest.raises(Refused, match=r"There is no topic «gone» to edit\."):
        actions.save_draft(kind="topic", slug="gone", text=desk.NEW, by=author, based_on=3)


def test_conflict_loses_nothing_that_either_wrote(author, publisher):
    desk.save(**TOPIC, by=publisher, title="Theirs")
    with pytest.raises(EditConflict):
        actions.save_draft(**TOPIC, text=worlds.changed(**TOPIC, title="Mine"), by=author, based_on=1)

    actions.save_draft(**TOPIC, text=worlds.changed(**TOPIC, title="Mine"), by=author, based_on=2)

    titles = Revision.objects.filter(**TOPIC).order_by("number").values_list("title", flat=True)
    assert list(titles) == ["Bone cement", "Theirs", "Mine"]


def test_draft_with_faults_is_kept_for_its_author(author):
    text = worlds.changed("condition", "pregnancy", type="illness")

    revision = actions.save_draft(kind="condition", slug="pregnancy", text=text, by=author, based_on=1)

    assert [str(fault) for fault in read("condition", "pregnancy", revision.text).faults] == [
        "condition:pregnancy:4: type: «illness» is not one of 'disease', 'finding'"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no front matter", "cannot be read"),
        ("---\ntitle: [\n---\n", "cannot be read"),
        ("---\na: &a [*a]\n---\n", "cannot be read"),
        ("---\ntitle: A\nx: '\\0'\nsummary: \x00\n---\n", "cannot be read"),
        ("---\ntitle: A\ntyp: x\n---\nbody \u202e hidden", "holds the hidden character U\\+202E"),
        ("---\ntitle: " + "A" * 1_000_001 + "\n---\n", "larger than 1,000,000 bytes"),
    ],
    ids=["none", "broken", "bomb", "control", "hidden", "huge"],
)
def test_text_that_cannot_be_kept_is_refused(text, message, author):
    before = Revision.objects.count()

    with pytest.raises(Refused, match=message):
        actions.save_draft(kind="topic", slug="new", text=text, by=author)

    assert Revision.objects.count() == before


@pytest.mark.parametrize(("kind", "slug"), [("drug", "x"), ("topic", "Not a slug"), ("topic", "../x"), ("topic", "")])
def test_name_that_cannot_be_is_refused(kind, slug, author):
    with pytest.raises(Refused):
        actions.save_draft(kind=kind, slug=slug, text=desk.NEW, by=author)


def test_draft_is_not_in_the_rows(author):
    before = desk.edition(), Passage.objects.count(), Link.objects.count()

    desk.save("condition", "pregnancy", by=author, title="Zebra", summary="Zebra [[topic:bone-cement]].")
    actions.save_draft(kind="topic", slug="new", text=desk.NEW.replace("About", "Zebra"), by=author)

    assert desk.title("condition", "pregnancy") == "Pregnancy"
    assert not Entry.objects.filter(slug="new").exists()
    assert search("zebra").count == 0
    assert (desk.edition(), Passage.objects.count(), Link.objects.count()) == before
