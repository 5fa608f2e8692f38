"""Restoring is saving an old text as a new draft: it takes the road of every edit."""

import pytest

from procedures.editorial import actions
from procedures.editorial.actions import Refused
from procedures.editorial.revisions import compare, history
from procedures.models import Entry, Manuscript, Origin, State
from tests import worlds
from tests.editorial import desk

TOPIC = {"kind": "topic", "slug": "bone-cement"}


def test_restore_makes_a_draft_of_the_old_text(publisher):
    desk.publish(**TOPIC, by=publisher, title="Cement")

    revision = actions.restore(**TOPIC, number=1, by=publisher)

    assert (revision.number, revision.origin, revision.note) == (3, Origin.RESTORE, "Restored version 1.")
    assert revision.text == worlds.TEXTS["topic", "bone-cement"]
    assert desk.title(**TOPIC) == "Cement"


def test_restored_text_is_published_like_any_other(publisher):
    desk.publish(**TOPIC, by=publisher, title="Cement")
    actions.restore(**TOPIC, number=1, by=publisher)

    actions.publish(**TOPIC, by=publisher)

    assert desk.title(**TOPIC) == "Bone cement"
    assert Entry.objects.get(**TOPIC).version == 3


def test_restore_of_the_newest_changes_nothing(publisher):
    assert actions.restore(**TOPIC, number=1, by=publisher).number == 1


def test_restore_of_no_version_is_refused(publisher):
    with pytest.raises(Refused, match="topic «bone-cement» has no version 9"):
        actions.restore(**TOPIC, number=9, by=publisher)


def test_restore_of_a_withdrawn_entry_opens_a_draft(publisher):
    name = {"kind": "condition", "slug": "kummell-disease"}
    actions.withdraw(**name, by=publisher, note="")

    actions.restore(**name, number=1, by=publisher)

    assert Manuscript.objects.get(**name).state == State.DRAFT
    assert not Entry.objects.filter(**name).exists()


def test_history_has_every_revision_the_newest_first(publisher):
    desk.save(**TOPIC, by=publisher, title="Second")
    desk.save(**TOPIC, by=publisher, title="Third")

    assert [revision.title for revision in history(**TOPIC)] == ["Third", "Second", "Bone cement"]


def test_compare_shows_what_changed(publisher):
    desk.save(**TOPIC, by=publisher, title="Third")
    newest, oldest = history(**TOPIC)

    changed = [(line.sort, line.text) for line in compare(oldest, newest) if line.sort != "same"]

    assert changed == [("removed", "title: Bone cement"), ("added", "title: Third")]
    assert {line.sort for line in compare(None, oldest)} == {"added"}
