"""A rename leaves a redirect and no text that names what is gone."""

import pytest

from procedures.documents.read import read
from procedures.editorial import actions
from procedures.editorial.actions import Refused
from procedures.models import Entry, Manuscript, Origin, Redirect, Revision, State
from procedures.queries import entries
from procedures.search import search
from tests.editorial import desk

LEAKAGE = {"kind": "complication", "slug": "cement-leakage"}


def live_text(kind, slug):
    return Manuscript.objects.select_related("live").get(kind=kind, slug=slug).live.text


def test_rename_moves_the_entry_and_leaves_a_redirect(publisher):
    before = desk.edition()

    revision = actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)

    assert not Entry.objects.filter(**LEAKAGE).exists()
    assert desk.title("complication", "leakage") == "Cement leakage"
    assert (revision.number, revision.origin, revision.based_on.slug) == (1, Origin.RENAME, "cement-leakage")
    assert Redirect.objects.get(**LEAKAGE).target_id == "complication:leakage"
    assert Manuscript.objects.get(**LEAKAGE).state == State.WITHDRAWN
    assert desk.edition() == before + 1


def test_rename_rewrites_every_text_that_names_it(publisher):
    actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)

    for kind, slug in [("procedure", "vertebroplasty"), ("case", "t11")]:
        text = live_text(kind, slug)
        assert "cement-leakage" not in text
        assert read(kind, slug, text).faults == []
        assert Entry.objects.get(kind=kind, slug=slug).version == 2
    assert "complication: leakage" in live_text("procedure", "vertebroplasty")
    assert "[[complication:leakage]]" in live_text("procedure", "vertebroplasty")
    assert "- leakage" in live_text("case", "t11")


def test_rename_leaves_others_alone(publisher):
    actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)

    untouched = Revision.objects.filter(kind="topic", slug="bone-cement")
    assert untouched.count() == 1
    assert Entry.objects.get(slug="bone-cement").version == 1


def test_rename_of_a_reference_rewrites_citations(publisher):
    actions.rename(kind="reference", slug="clark2016", new_slug="vapour_2016", by=publisher)

    text = live_text("procedure", "vertebroplasty")
    assert "clark2016" not in text
    assert "[@vapour_2016; @nice2013]" in text
    assert "reference: vapour_2016" in text


def test_rename_of_a_procedure_keeps_links_to_its_parts(publisher):
    actions.rename(kind="procedure", slug="vertebroplasty", new_slug="cementing", by=publisher)

    assert "[[procedure:cementing#access]]" in live_text("procedure", "kyphoplasty")
    assert "procedure:cementing#inject-cement" in live_text("case", "t11")
    assert "- cementing" in live_text("condition", "vertebral-fracture")


def test_renamed_entry_is_found_under_its_new_name_only(publisher):
    actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)

    found = [result.slug for result in search("cement leakage").results if result.kind == "complication"]
    assert found == ["leakage"]


def test_old_names_lead_to_the_newest(publisher):
    actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)
    actions.rename(kind="complication", slug="leakage", new_slug="escape-of-cement", by=publisher)

    assert set(Redirect.objects.values_list("slug", "target")) == {
        ("cement-leakage", "complication:escape-of-cement"),
        ("leakage", "complication:escape-of-cement"),
    }
    assert entries.moved_to(**LEAKAGE) == "/complications/escape-of-cement/"


@pytest.mark.parametrize("taken", ["cement-leakage", "other", "old"])
def test_rename_to_a_name_ever_used_is_refused(taken, publisher):
    actions.save_draft(kind="complication", slug="other", text=desk.NEW, by=publisher)
    actions.save_draft(kind="complication", slug="old", text=desk.NEW, by=publisher)
    actions.publish(kind="complication", slug="old", by=publisher)
    actions.rename(kind="complication", slug="old", new_slug="newer", by=publisher)

    with pytest.raises(Refused, match="is or was taken by another complication"):
        actions.rename(**LEAKAGE, new_slug=taken, by=publisher)


def test_rename_to_what_is_no_slug_is_refused(publisher):
    with pytest.raises(Refused, match="The new name cannot stand") as caught:
        actions.rename(**LEAKAGE, new_slug="No Slug", by=publisher)

    assert "cannot be a slug" in str(caught.value.faults[0])
    assert Entry.objects.filter(**LEAKAGE).exists()


def test_rename_waits_for_drafts_that_name_it(publisher):
    desk.save("case", "t11", by=publisher, title="A draft")

    with pytest.raises(Refused, match="case «t11» names it and has an unpublished draft"):
        actions.rename(**LEAKAGE, new_slug="leakage", by=publisher)

    assert desk.title(**LEAKAGE) == "Cement leakage"
    assert not Redirect.objects.exists()


def test_rename_of_a_draft_is_refused(publisher):
    actions.save_draft(kind="topic", slug="new", text=desk.NEW, by=publisher)

    with pytest.raises(Refused, match="topic «new» is draft, which does not allow this"):
        actions.rename(kind="topic", slug="new", new_slug="newer", by=publisher)
