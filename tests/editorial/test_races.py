"""Two writers at the same moment: one of them waits, and is told what the other did. Nothing is lost.

Each writer is a process of its own with a transaction of its own, as on a server.
"""

import subprocess
from contextlib import contextmanager

import pytest

WRITER = """
from django.db import transaction
from procedures.editorial.actions import Refused, publish, rename, save_draft, withdraw
from procedures.editorial.revisions import EditConflict
from procedures.models import Manuscript
from tests import worlds

def save(kind, slug, based_on=1, **values):
    return save_draft(kind=kind, slug=slug, text=worlds.changed(kind, slug, **values), by=None, based_on=based_on)

def say(word):
    print(word, flush=True)

{before}
say("ready")
sys.stdin.readline()
try:
    with transaction.atomic():
        {act}
        say("done")
        if {holds}:
            sys.stdin.readline()
    say("committed")
except (Refused, EditConflict) as error:
    say(f"{{type(error).__name__}}: {{error}} {{' '.join(map(str, getattr(error, 'faults', ())))}}")
"""

SAVE_ONE = 'save("topic", "bone-cement", title="One")'
SAVE_TWO = 'save("topic", "bone-cement", title="Two")'
PUBLISH_TOPIC = 'publish(kind="topic", slug="bone-cement", by=None)'
PUBLISH_PREGNANCY = 'publish(kind="condition", slug="pregnancy", by=None)'
PUBLISH_KYPHOPLASTY = 'publish(kind="procedure", slug="kyphoplasty", by=None)'
LINK_TO_KUMMELL = 'save("condition", "pregnancy", summary="[[condition:kummell-disease]]")'
WITHDRAW_KUMMELL = 'withdraw(kind="condition", slug="kummell-disease", by=None, note="")'


@contextmanager
def writer(scratch, act, *, before=(), holds=False):
    with scratch.start(WRITER.format(act=act, before="\n".join(before), holds=holds)) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process):
    return process.stdout.readline().strip() or process.stderr.read()


def go_on(process):
    process.stdin.write("\n")
    process.stdin.flush()


def race(scratch, first, second, *, before=()):
    """After what comes `before`, let the first writer hold what it wrote while the second begins; gives what the
    second says in the end.
    """
    with writer(scratch, first, before=before, holds=True) as one, writer(scratch, second) as two:
        assert (said(one), said(two)) == ("ready", "ready")
        go_on(one)
        assert said(one) == "done"
        go_on(two)
        with pytest.raises(subprocess.TimeoutExpired):
            two.wait(timeout=0.5)
        go_on(one)
        assert said(one) == "committed"
        heard = said(two)
        return said(two) if heard == "done" else heard


def versions(scratch, slug="bone-cement"):
    return scratch.rows(f"SELECT number, title FROM procedures_revision WHERE slug = '{slug}' ORDER BY number")


def test_second_save_begun_from_the_same_version_is_a_conflict(scratch_world):
    heard = race(scratch_world, SAVE_ONE, SAVE_TWO)

    assert heard.startswith("EditConflict: Version 2 was saved by the loader of files after you began.")
    assert versions(scratch_world) == [(1, "Bone cement"), (2, "One")]


def test_second_new_entry_of_a_name_is_a_conflict(scratch_world):
    new = 'save_draft(kind="topic", slug="new", text="---\\ntitle: {}\\nsummary: x\\n---\\n", by=None)'

    heard = race(scratch_world, new.format("One"), new.format("Two"))

    assert heard.startswith("EditConflict: Version 1 was saved by the loader of files")
    assert versions(scratch_world, "new") == [(1, "One")]


def test_second_publisher_finds_nothing_left_to_publish(scratch_world):
    heard = race(scratch_world, PUBLISH_TOPIC, PUBLISH_TOPIC, before=[SAVE_ONE])

    assert heard.startswith("Refused: topic «bone-cement» has no unpublished changes")
    assert scratch_world.rows("SELECT number FROM procedures_edition") == [(2,)]


def test_save_while_another_publishes_is_not_published_unseen(scratch_world):
    save_two = 'save("topic", "bone-cement", 2, title="Two")'

    assert race(scratch_world, PUBLISH_TOPIC, save_two, before=[SAVE_ONE]) == "committed"

    assert versions(scratch_world) == [(1, "Bone cement"), (2, "One"), (3, "Two")]
    state = "SELECT title, state FROM procedures_manuscript WHERE slug = 'bone-cement'"
    assert scratch_world.rows(state) == [("Two", "draft")]
    assert scratch_world.rows("SELECT title FROM procedures_entry WHERE slug = 'bone-cement'") == [("One",)]


def test_publishers_of_two_entries_make_two_editions(scratch_world):
    before = [SAVE_ONE, 'save("condition", "pregnancy", title="Two")']

    assert race(scratch_world, PUBLISH_TOPIC, PUBLISH_PREGNANCY, before=before) == "committed"

    acts = scratch_world.rows("SELECT slug, edition FROM procedures_act WHERE edition > 1 ORDER BY edition")
    assert acts == [("bone-cement", 2), ("pregnancy", 3)]


def test_link_to_a_part_that_is_being_dropped_is_refused(scratch_world):
    before = [
        'save("procedure", "kyphoplasty", body="## Balloon\\n\\nx")',
        PUBLISH_KYPHOPLASTY,
        'save("procedure", "kyphoplasty", 2, body="## Other\\n\\nx")',
        'save("condition", "pregnancy", summary="[[procedure:kyphoplasty#balloon]]")',
    ]

    heard = race(scratch_world, PUBLISH_KYPHOPLASTY, PUBLISH_PREGNANCY, before=before)

    assert heard.startswith("Refused: ")
    assert "procedure «kyphoplasty» has no part «balloon»" in heard


def test_link_to_an_entry_that_is_being_withdrawn_is_refused(scratch_world):
    heard = race(scratch_world, WITHDRAW_KUMMELL, PUBLISH_PREGNANCY, before=[LINK_TO_KUMMELL])

    assert heard.startswith("Refused: ")
    assert "there is no condition «kummell-disease»" in heard


def test_withdrawal_of_what_is_being_linked_to_is_refused(scratch_world):
    heard = race(scratch_world, PUBLISH_PREGNANCY, WITHDRAW_KUMMELL, before=[LINK_TO_KUMMELL])

    assert heard.startswith("Refused: condition «kummell-disease» is still named by condition «pregnancy»")


def test_rename_of_what_is_being_linked_to_takes_the_new_link_along(scratch_world):
    rename = 'rename(kind="condition", slug="kummell-disease", new_slug="kummell", by=None)'

    assert race(scratch_world, PUBLISH_PREGNANCY, rename, before=[LINK_TO_KUMMELL]) == "committed"

    summary = scratch_world.rows("SELECT summary FROM procedures_entry WHERE slug = 'pregnancy'")
    assert summary == [("[[condition:kummell]]",)]


def test_writers_who_try_again_all_get_their_turn(scratch_world):
    turns = """for turn in range(5):
            while True:
                newest = Manuscript.objects.get(kind="topic", slug="bone-cement").latest.number
                try:
                    save("topic", "bone-cement", newest, title=f"{} {{turn}}")
                    break
                except EditConflict:
                    pass
"""
    # Without the transaction around it: each save is one of its own.
    script = WRITER.replace("with transaction.atomic():", "if True:")
    names = "ABC"
    writers = [scratch_world.start(script.format(act=turns.format(name), before="", holds=False)) for name in names]
    assert [said(process) for process in writers] == ["ready"] * 3
    for process in writers:
        go_on(process)
    for process in writers:
        out, err = process.communicate(timeout=60)
        assert out.split() == ["done", "committed"], err

    found = versions(scratch_world)
    assert [number for number, _ in found] == list(range(1, 17))
    assert {title for _, title in found[1:]} == {f"{name} {turn}" for name in names for turn in range(5)}
