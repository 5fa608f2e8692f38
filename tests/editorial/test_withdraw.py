"""Withdrawing takes an entry off the site and keeps its revisions; nothing that others lean on can go."""

import pytest

from procedures.editorial import actions
from procedures.editorial.actions import Refused
from procedures.models import Act, Action, Alias, Entry, Manuscript, Passage, Revision, State
from procedures.queries import browse
from procedures.search import search
from tests import worlds
from tests.editorial import desk

LONELY = {"kind": "condition", "slug": "kummell-disease"}


def test_withdraw_takes_the_rows_and_keeps_the_revisions(publisher):
    before = desk.edition()

    actions.withdraw(**LONELY, by=publisher, note="Merged.")

    manuscript = Manuscript.objects.get(**LONELY)
    assert not Entry.objects.filter(**LONELY).exists()
    assert not Passage.objects.filter(entry__slug="kummell-disease").exists()
    assert not Alias.objects.filter(entry__slug="kummell-disease").exists()
    assert (manuscript.state, manuscript.live, manuscript.latest.number) == (State.WITHDRAWN, None, 1)
    assert Revision.objects.filter(**LONELY).count() == 1
    assert desk.edition() == before + 1
    act = Act.objects.latest("id")
    assert (act.action, act.note, act.by, act.edition) == (Action.WITHDRAW, "Merged.", publisher, before + 1)
    assert browse.was_published(**LONELY)


def test_withdrawn_entry_is_not_found_by_search(publisher):
    assert [result.slug for result in search("kummell").results] == ["kummell-disease"]

    actions.withdraw(**LONELY, by=publisher, note="Merged.")

    assert search("kummell").count == 0
    assert search("cleft collapsed").every is False or search("cleft collapsed").count == 0


@pytest.mark.parametrize(
    ("kind", "slug", "leaning"),
    [
        ("topic", "bone-cement", "procedure «vertebroplasty», term «pmma»"),
        ("condition", "pregnancy", "procedure «vertebroplasty»"),
        ("condition", "marrow-edema", "procedure «vertebroplasty»"),
        ("complication", "cement-leakage", "case «t11», procedure «vertebroplasty»"),
        ("reference", "clark2016", "case «t11», procedure «vertebroplasty»"),
        ("procedure", "kyphoplasty", "condition «vertebral-fracture», procedure «vertebroplasty»"),
    ],
)
def test_withdraw_is_refused_while_others_lean_on_it(kind, slug, leaning, publisher):
    with pytest.raises(Refused) as caught:
        actions.withdraw(kind=kind, slug=slug, by=publisher, note="")

    assert str(caught.value) == f"{kind} «{slug}» is still named by {leaning}. Change those first."
    assert Entry.objects.filter(kind=kind, slug=slug).exists()


def test_withdraw_of_what_only_names_itself(publisher):
    desk.publish(**LONELY, by=publisher, summary="See [[condition:kummell-disease]].")

    actions.withdraw(**LONELY, by=publisher, note="")

    assert not Entry.objects.filter(**LONELY).exists()


def test_withdraw_of_a_draft_never_published_is_refused(publisher):
    actions.save_draft(kind="topic", slug="new", text=desk.NEW, by=publisher)

    with pytest.raises(Refused, match="topic «new» is not published"):
        actions.withdraw(kind="topic", slug="new", by=publisher, note="")


def test_withdraw_twice_is_refused(publisher):
    actions.withdraw(**LONELY, by=publisher, note="")

    with pytest.raises(Refused, match="is withdrawn, which does not allow this"):
        actions.withdraw(**LONELY, by=publisher, note="")


def test_withdraw_with_a_draft_open_keeps_the_draft(publisher):
    draft = desk.save(**LONELY, by=publisher, title="Changed")

    actions.withdraw(**LONELY, by=publisher, note="")

    assert desk.newest(**LONELY) == draft


def test_withdrawn_entry_can_be_published_again(publisher):
    actions.withdraw(**LONELY, by=publisher, note="")

    actions.save_draft(**LONELY, text=worlds.TEXTS["condition", "kummell-disease"], by=publisher, based_on=1)
    actions.publish(**LONELY, by=publisher)

    assert Entry.objects.get(**LONELY).version == 2
    assert search("kummell").count == 1
