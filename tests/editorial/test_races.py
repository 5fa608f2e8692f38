"""Two writers at the same moment: one of them waits, and is told what the other did. Nothing is lost.

Each writer is a process of its own with a transaction of its own, as on a server.
"""

from contextlib import contextmanager

import pytest

WRITER = """
from django.db import transaction
from procedures.editorial import actions
from procedures.editorial.revisions import EditConflict
from procedures.models import Manuscript
from tests import worlds

def save(kind, slug, based_on=1, **values):
    return actions.save_draft(kind=kind, slug=slug, text=worlds.changed(kind, slug, **values), by=None, based_on=based_on)

def say(word):
    print(word, flush=True)

say("ready")
sys.stdin.readline()
try:
    with transaction.atomic():
        {act}
        say("done")
        if {holds}:
            sys.stdin.readline()
    say("committed")
except (actions.Refused, EditConflict) as error:
    say(f"{{type(error).__name__}}: {{error}} {{' '.join(map(str, getattr(error, 'faults', ())))}}")
"""

SAVE = 'save("topic", "bone-cement", title="{}")'
PUBLISH = 'actions.publish(kind="{}", slug="{}", by=None)'


@contextmanager
def writer(scratch, act, *, holds=False):
    with scratch.start(WRITER.format(act=act, holds=holds)) as process:
        try:
            assert said(process) == "ready", process.stderr.read()
            yield process
        finally:
            process.kill()


def said(process):
    return process.stdout.readline().strip()


def go_on(process):
    process.stdin.write("\n")
    process.stdin.flush()


def race(scratch, first, second):
    """Let the first writer hold what it wrote while the second begins; gives what the second says in the end."""
    with writer(scratch, first, holds=True) as one, writer(scratch, second) as two:
        go_on(one)
        assert said(one) == "done"
        go_on(two)
        _wait_until_it_waits(two)
        go_on(one)
        assert said(one) == "committed"
        heard = said(two)
        return said(two) if heard == "done" else heard


def _wait_until_it_waits(process):
    with pytest.raises(Exception, match="timed out"):
        process.wait(timeout=0.7)


def prepare(scratch, act):
    with writer(scratch, act) as process:
        go_on(process)
        assert (said(process), said(process)) == ("done", "committed")


def versions(scratch, slug="bone-cement"):
    return scratch.rows(f"SELECT number, title FROM procedures_revision WHERE slug = '{slug}' ORDER BY number")


def test_second_save_begun_from_the_same_version_is_a_conflict(scratch_world):
    heard = race(scratch_world, SAVE.format("One"), SAVE.format("Two"))

    assert heard.startswith("EditConflict: Version 2 was saved by the loader of files after you began.")
    assert versions(scratch_world) == [(1, "Bone cement"), (2, "One")]


def test_second_new_entry_of_a_name_is_a_conflict(scratch_world):
    new = 'actions.save_draft(kind="topic", slug="new", text="---\\ntitle: {}\\nsummary: x\\n---\\n", by=None)'

    heard = race(scratch_world, new.format("One"), new.format("Two"))

    assert heard.startswith("EditConflict: Version 1 was saved by the loader of files")
    assert versions(scratch_world, "new") == [(1, "One")]


def test_second_publisher_finds_nothing_left_to_publish(scratch_world):
    prepare(scratch_world, SAVE.format("One"))
    publish = PUBLISH.format("topic", "bone-cement")

    heard = race(scratch_world, publish, publish)

    assert heard.startswith("Refused: topic «bone-cement» has no unpublished changes")
    assert scratch_world.rows("SELECT number FROM procedures_edition") == [(2,)]


def test_publishers_of_two_entries_make_two_editions(scratch_world):
    prepare(scratch_world, SAVE.format("One"))
    prepare(scratch_world, 'save("condition", "pregnancy", title="Two")')

    heard = race(scratch_world, PUBLISH.format("topic", "bone-cement"), PUBLISH.format("condition", "pregnancy"))

    assert heard == "committed"
    acts = scratch_world.rows("SELECT slug, edition FROM procedures_act WHERE edition > 1 ORDER BY edition")
    assert acts == [("bone-cement", 2), ("pregnancy", 3)]


def test_link_to_a_part_that_is_being_dropped_is_refused(scratch_world):
    prepare(scratch_world, 'save("procedure", "kyphoplasty", body="## Balloon\\n\\nx")')
    prepare(scratch_world, PUBLISH.format("procedure", "kyphoplasty"))
    prepare(scratch_world, 'save("procedure", "kyphoplasty", 2, body="## Other\\n\\nx")')
    prepare(scratch_world, 'save("condition", "pregnancy", summary="[[procedure:kyphoplasty#balloon]]")')

    heard = race(scratch_world, PUBLISH.format("procedure", "kyphoplasty"), PUBLISH.format("condition", "pregnancy"))

    assert heard.startswith("Refused: ")
    assert "procedure «kyphoplasty» has no part «balloon»" in heard


def test_link_to_an_entry_that_is_being_withdrawn_is_refused(scratch_world):
    prepare(scratch_world, 'save("condition", "pregnancy", summary="[[condition:kummell-disease]]")')

    heard = race(
        scratch_world,
        'actions.withdraw(kind="condition", slug="kummell-disease", by=None, note="")',
        PUBLISH.format("condition", "pregnancy"),
    )

    assert heard.startswith("Refused: ")
    assert "there is no condition «kummell-disease»" in heard


def test_withdrawal_of_what_is_being_linked_to_is_refused(scratch_world):
    prepare(scratch_world, 'save("condition", "pregnancy", summary="[[condition:kummell-disease]]")')

    heard = race(
        scratch_world,
        PUBLISH.format("condition", "pregnancy"),
        'actions.withdraw(kind="condition", slug="kummell-disease", by=None, note="")',
    )

    assert heard.startswith("Refused: condition «kummell-disease» is still named by condition «pregnancy»")


def test_writers_who_try_again_all_get_their_turn(scratch_world):
    crowd = """
for turn in range(5):
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
    processes = [scratch_world.start(script.format(act=crowd.strip().format(name), holds=False)) for name in "ABC"]
    for process in processes:
        assert said(process) == "ready"
    for process in processes:
        go_on(process)
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert out.split() == ["done", "committed"], err

    found = versions(scratch_world)
    assert [number for number, _ in found] == list(range(1, 17))
    assert {title for _, title in found[1:]} == {f"{name} {turn}" for name in "ABC" for turn in range(5)}
