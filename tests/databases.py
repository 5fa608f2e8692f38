"""Databases beside the one that tests roll back: copies, and scratch ones that other processes write to for good.

Revisions and acts can never be deleted, so no test may commit to the shared database. What needs real commits
(the commands, a crash, two writers at once) gets a database of its own and is driven through `manage.py`.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection


def sibling(name):
    """The name of a database beside the shared one."""
    shared = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return str(Path(shared).with_name(f"{name}.sqlite3"))
    return f"{shared}_{name}"


def copy(source, target):
    """Make the database `target` a copy of `source`, to which nobody may be connected."""
    if connection.vendor == "sqlite":
        shutil.copyfile(source, target)
    else:
        _serve(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def drop(name):
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(name + end).unlink(missing_ok=True)
    else:
        _serve(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _serve(statement):
    with psycopg.connect(url("postgres"), autocommit=True) as server:
        server.execute(statement)


def url(name):
    """DATABASE_URL for a database of this name, on the server that the tests use."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    at = {key: quote(str(connection.settings_dict[key]), safe="") for key in ("USER", "PASSWORD", "HOST", "PORT")}
    password = f":{at['PASSWORD']}" if at["PASSWORD"] else ""
    port = f":{at['PORT']}" if at["PORT"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}{port}/{name}"


@contextmanager
def pointed_at(name):
    """Within, Django's connection is to another database."""
    shared = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = shared


@dataclass(frozen=True)
class Scratch:
    """A database of its own, used through processes of their own."""

    name: str

    @property
    def environment(self):
        # Nothing else is handed on: the commands need no home, no path and no locale.
        return {"DATABASE_URL": url(self.name), "PYTHONWARNINGS": "error"}

    def manage(self, *arguments, **environment):
        """Run manage.py to its end."""
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, code, *arguments):
        """Start Python code that has Django set up; the process talks through its pipes."""
        setup = "import os, sys, time, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'procedures.settings'; "
        return subprocess.Popen(
            [sys.executable, "-c", f"{setup}django.setup()\n{code}", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def rows(self, query):
        """What one query answers."""
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.name)) as base:
                return base.execute(query).fetchall()
        with psycopg.connect(url(self.name)) as base:
            return base.execute(query).fetchall()

    def fingerprint(self):
        """Of the bytes of an SQLite file; of every row of every table of a PostgreSQL."""
        if connection.vendor == "sqlite":
            wal = Path(f"{self.name}-wal")
            assert not wal.exists() or wal.stat().st_size == 0
            return hashlib.sha256(Path(self.name).read_bytes()).hexdigest()
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        found = {table: sorted(map(repr, self.rows(f'SELECT t.* FROM "{table}" t'))) for (table,) in tables}
        found["sequences"] = sorted(map(repr, self.rows("SELECT sequencename, last_value FROM pg_sequences")))
        return hashlib.sha256(json.dumps(found).encode()).hexdigest()
