"""The command that lends another one a PostgreSQL."""

import sys
from pathlib import Path

import pytest

from tests import databases, postgres
from tests.processes import run

SAY = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"


def test_database_that_is_named_already_is_used():
    done = run({"DATABASE_URL": "postgres://u@h/mine"}, "-m", "tests.postgres", "--", sys.executable, "-c", SAY)

    assert done.stdout == "postgres://u@h/mine\n"
    assert done.returncode == 7


def test_server_is_lent_and_gone_afterwards(tmp_path):
    ask = (
        "import os, psycopg; from urllib.parse import urlsplit, unquote; url = os.environ['DATABASE_URL']; "
        "print(psycopg.connect(url).execute('SELECT version()').fetchone()[0]); print(unquote(urlsplit(url).netloc))"
    )

    # A folder that only its owner may enter, and a long name: neither hinders.
    done = run({"TMPDIR": str(tmp_path)}, "-m", "tests.postgres", "--", sys.executable, "-c", ask)

    assert done.returncode == 0, done.stderr
    version, address = done.stdout.splitlines()
    assert version.startswith("PostgreSQL 1")
    assert not Path(address.removeprefix("postgres@")).exists()


def test_command_must_be_named():
    with pytest.raises(SystemExit, match="usage"):
        postgres.main([])


def test_tests_do_not_touch_the_database_in_use(db, settings):
    name = databases.connection.settings_dict["NAME"]

    assert name.endswith("shared.sqlite3") or name.startswith("test_")
