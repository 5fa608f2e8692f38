"""Publishing makes a revision what readers see: one transaction, one edition, nothing half."""

import pytest

from procedures.editorial import actions
from procedures.editorial.actions import Refused
from procedures.models import Act, Action, Alias, Citation, Entry, Manuscript, Passage, State
from procedures.search import search
from tests import worlds
from tests.editorial import desk

TOPIC = {"kind": "topic", "slug": "bone-cement"}
LEANED_ON = {"kind": "procedure", "slug": "vertebroplasty"}


def test_publish_shows_the_newest_revision(publisher):
    desk.save(**TOPIC, by=publisher, title="First try")
    desk.save(**TOPIC, by=publisher, title="Cement")

    revision = actions.publish(**TOPIC, by=publisher, note="Shorter.")

    entry = Entry.objects.get(**TOPIC)
    manuscript = Manuscript.objects.get(**TOPIC)
    assert (entry.title, entry.version) == ("Cement", 3)
    assert (manuscript.state, manuscript.live, manuscript.latest) == (State.PUBLISHED, revision, revision)
    assert manuscript.title == "Cement"
    act = Act.objects.latest("id")
    assert (act.action, act.revision, act.by, act.note, act.edition) == (
        Action.PUBLISH,
        revision,
        publisher,
        "Shorter.",
        desk.edition(),
    )


def test_publish_raises_the_edition_by_one(publisher):
    before = desk.edition()

    desk.save(**TOPIC, by=publisher, title="Cement")
    assert desk.edition() == before
    actions.publish(**TOPIC, by=publisher)

    assert desk.edition() == before + 1


def test_publish_of_a_new_entry(publisher):
    actions.save_draft(kind="topic", slug="new", text=desk.NEW, by=publisher)

    actions.publish(kind="topic", slug="new", by=publisher)

    assert desk.title("topic", "new") == "A new topic"
    assert search("new topic").results[0].slug == "new"


def test_publish_of_what_is_published_is_refused(publisher):
    with pytest.raises(Refused, match="topic «bone-cement» has no unpublished changes"):
        actions.publish(**TOPIC, by=publisher)


def test_publish_of_nothing_is_refused(publisher):
    with pytest.raises(Refused, match="There is no topic «ghost»"):
        actions.publish(kind="topic", slug="ghost", by=publisher)


def test_publish_with_faults_is_refused_and_names_them_all(publisher):
    text = worlds.changed("condition", "pregnancy", type="illness", summary="[@ghost] [[topic:ghost]]")
    actions.save_draft(kind="condition", slug="pregnancy", text=text, by=publisher, based_on=1)
    before = desk.edition()

    with pytest.raises(Refused, match="mend these faults first") as caught:
        actions.publish(kind="condition", slug="pregnancy", by=publisher)

    assert [str(fault) for fault in caught.value.faults] == [
        "condition:pregnancy:3: summary: there is no reference «ghost»",
        "condition:pregnancy:3: summary: there is no topic «ghost»",
        "condition:pregnancy:4: type: «illness» is not one of 'disease', 'finding'",
    ]
    assert desk.title("condition", "pregnancy") == "Pregnancy"
    assert Entry.objects.get(slug="pregnancy").version == 1
    assert desk.edition() == before


def test_publish_refuses_to_drop_a_part_that_others_link_to(publisher):
    steps = [step for step in worlds.document(**LEANED_ON).steps if step.id != "inject-cement"]
    text = worlds.TEXTS["procedure", "vertebroplasty"]
    begin, end = text.index("- id: inject-cement"), text.index("risks:")
    actions.save_draft(**LEANED_ON, text=text[:begin] + text[end:], by=publisher, based_on=1)

    with pytest.raises(Refused) as caught:
        actions.publish(**LEANED_ON, by=publisher)

    assert len(steps) == 1
    assert [str(fault) for fault in caught.value.faults] == [
        "procedure:vertebroplasty:2: front matter: case:t11 links to the part «inject-cement», which this version does "
        "not have; keep the id, or change that entry first"
    ]


def test_publish_refuses_to_drop_a_heading_that_others_link_to(publisher):
    desk.save(**TOPIC, by=publisher, body="## Storage\n\nCool.")

    with pytest.raises(Refused) as caught:
        actions.publish(**TOPIC, by=publisher)

    assert "term:pmma links to the part «working-time»" in str(caught.value.faults[0])


def test_publish_may_drop_a_part_that_only_it_links_to(publisher):
    body = "## Cement volume\n\nMore. [[procedure:vertebroplasty#cement-volume]]"
    desk.publish(**LEANED_ON, by=publisher, body=body)

    desk.publish(**LEANED_ON, by=publisher, body="## Other\n\nLess.")

    assert Entry.objects.get(**LEANED_ON).body == "## Other\n\nLess."


def test_publish_may_link_to_a_part_of_itself_that_is_new(publisher):
    desk.publish(
        **TOPIC, by=publisher, body="## Working time\n\nSee [[topic:bone-cement#new-part]].\n\n## New part\n\nx"
    )

    assert "new-part" in Entry.objects.get(**TOPIC).body


def test_publish_touches_only_its_own_passages_and_names(publisher):
    passages = list(Passage.objects.exclude(entry__slug="bone-cement").order_by("pk").values())
    aliases = list(Alias.objects.exclude(entry__slug="bone-cement").order_by("pk").values())

    desk.publish(**TOPIC, by=publisher, title="Cement", synonyms=["Acrylic"])

    assert list(Passage.objects.exclude(entry__slug="bone-cement").order_by("pk").values()) == passages
    assert list(Alias.objects.exclude(entry__slug="bone-cement").order_by("pk").values()) == aliases
    assert set(Alias.objects.filter(entry__slug="bone-cement").values_list("folded", flat=True)) == {
        "cement",
        "acrylic",
    }


def test_publish_finds_the_new_words_and_no_longer_the_old(publisher):
    assert search("working time").results[0].slug == "bone-cement"

    desk.publish(**TOPIC, by=publisher, summary="A quick zebra.", body="## Working time\n\nZebras. [@nice2013]")

    assert search("zebra").results[0].slug == "bone-cement"
    assert search("polymethyl hardens").every is False


def test_publish_renews_citations(publisher):
    desk.publish(**TOPIC, by=publisher, summary="Now cited. [@clark2016]")

    cited = Citation.objects.filter(source="topic:bone-cement").values_list("reference", flat=True)
    assert set(cited) == {"reference:clark2016", "reference:nice2013"}


def test_publish_all_is_one_edition(db):
    before = desk.edition()
    topics = ["one", "two", "three"]
    changes = [actions.Change("topic", slug, worlds.changed("topic", "bone-cement", title=slug), worlds.document("topic", "bone-cement")) for slug in topics]  # fmt: skip
    seen = []

    revisions = actions.publish_all(changes, by=None, origin="seed", progress=lambda done, total: seen.append((done, total)))  # fmt: skip

    assert [revision.slug for revision in revisions] == topics
    assert desk.edition() == before + 1
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_publish_all_of_nothing_leaves_the_edition(db):
    before = desk.edition()

    assert actions.publish_all([], by=None, origin="seed") == []
    assert desk.edition() == before
