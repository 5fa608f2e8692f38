"""`kill -9` in the middle of a load leaves all or nothing, and the next load finishes the work."""

import random
import time

import pytest
from django.db import connection

from tests import worlds

COUNT = 60
LOAD = """
from procedures import seeds
def tell(done, total):
    print(done, flush=True)
    if done >= int(sys.argv[2]):
        sys.stdin.readline()
seeds.load(sys.argv[1], progress=tell)
print("loaded", flush=True)
"""


@pytest.fixture
def folder(tmp_path):
    """The small world and topics enough that a load takes a while."""
    worlds.write(tmp_path)
    text = worlds.TEXTS["topic", "bone-cement"]
    more = {("topic", f"topic-{n}"): text.replace("Bone cement", f"Topic {n}") for n in range(COUNT)}
    return worlds.write(tmp_path, more)


def counts(scratch):
    """How many rows there are of what a load writes: everything, or nothing."""
    tables = ("entry", "revision", "manuscript", "act", "passage", "alias", "citation")
    return [scratch.rows(f"SELECT count(*) FROM procedures_{table}")[0][0] for table in tables]


def wait_until_forgotten(scratch):
    """PostgreSQL notices that a client is gone when it next speaks to it."""
    if connection.vendor == "sqlite":
        return
    others = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{scratch.name}' AND pid <> pg_backend_pid()"
    for _ in range(200):
        if scratch.rows(others) == [(0,)]:
            return
        time.sleep(0.05)
    raise AssertionError("the killed client is still connected")


@pytest.mark.parametrize("at", [1, COUNT // 2, COUNT + len(worlds.TEXTS)])
def test_load_killed_while_it_writes_leaves_nothing(at, scratch, folder):
    with scratch.start(LOAD, folder, at) as process:
        for line in process.stdout:
            if line.strip() == str(at):
                break
        process.kill()
    wait_until_forgotten(scratch)

    assert set(counts(scratch)) == {0}
    assert scratch.manage("load_seeds", folder).returncode == 0
    assert counts(scratch)[0] == COUNT + len(worlds.TEXTS)


def test_reload_killed_while_it_writes_leaves_the_old(scratch, folder):
    scratch.manage("load_seeds", folder)
    before = scratch.rows("SELECT id, title, version FROM procedures_entry ORDER BY id")
    for path in (folder / "topics").iterdir():
        path.write_text(path.read_text().replace("title: ", "title: New "))

    with scratch.start(LOAD, folder, COUNT // 2) as process:
        for line in process.stdout:
            if line.strip() == str(COUNT // 2):
                break
        process.kill()
    wait_until_forgotten(scratch)

    assert scratch.rows("SELECT id, title, version FROM procedures_entry ORDER BY id") == before
    if connection.vendor == "sqlite":
        assert scratch.rows("PRAGMA integrity_check") == [("ok",)]


def test_load_killed_at_any_moment_leaves_all_or_nothing(scratch, folder):
    chance = random.Random(1)
    seen = set()
    for _ in range(4):
        with scratch.start(LOAD, folder, 1_000_000) as process:
            time.sleep(chance.uniform(0.3, 2))
            process.kill()
        wait_until_forgotten(scratch)
        seen.add(counts(scratch)[0])

    assert seen <= {0, COUNT + len(worlds.TEXTS)}


def test_load_not_killed_is_finished(scratch, folder):
    with scratch.start(LOAD, folder, 1_000_000) as process:
        out, err = process.communicate(timeout=60)

    assert out.split()[-1] == "loaded", err
    assert counts(scratch)[0] == COUNT + len(worlds.TEXTS)
