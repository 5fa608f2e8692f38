"""The world that the tests share.

The database under test is SQLite, or the PostgreSQL that DATABASE_URL names (see tests.postgres). It is made once
a run, with the vocabularies, the groups and the small world of tests.worlds, published through the real actions.
Each test reads it in a transaction that is rolled back.

    db (pytest-django)   the small world
    shipped              every entry of seeds/ instead of it
    scratch              an empty database for other processes (tests.databases.Scratch)
    scratch_world        the same, with the small world
    scratch_shipped      the same, with every entry of seeds/
    author, reviewer, publisher   an account in that group
"""

import itertools

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from procedures import edition, seeds
from tests import databases, worlds
from tests.workers import pytest_xdist_make_scheduler  # noqa: F401  a hook

hypothesis_settings.register_profile(
    "pedicle",
    max_examples=100,
    deadline=None,  # two runs share two cores
    derandomize=True,  # the same examples every time: a red run can be run again
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("pedicle")

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """A file as in use, with its write-ahead log, rather than Django's database in memory."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("databases") / "shared.sqlite3"
        connections.settings["default"]["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker, tmp_path_factory):
    """Always a database of the tests' own. (pytest-django makes one only where a collected test is marked for it,
    and what asks for `shipped` or `scratch` alone would write to the database in use.)
    """
    in_use = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        assert connection.settings_dict["NAME"] != in_use
        call_command("loaddata", "vocabulary", "groups", verbosity=0)
        _keep_as("empty")
        report = seeds.load(worlds.write(tmp_path_factory.mktemp("world")))
        assert not report.faults, "\n".join(map(str, report.faults))
        _keep_as("world")
    yield
    databases.drop(databases.sibling("empty"))
    databases.drop(databases.sibling("world"))
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def _keep_as(name):
    """Copy the shared database as it is now, for databases that other processes write to."""
    connection.close()
    databases.drop(databases.sibling(name))
    databases.copy(connection.settings_dict["NAME"], databases.sibling(name))


@pytest.fixture(scope="session")
def shipped_database(django_db_setup, django_db_blocker):
    """The name of a database that holds every shipped entry."""
    name = databases.sibling("shipped")
    databases.drop(name)
    databases.copy(databases.sibling("empty"), name)
    with django_db_blocker.unblock(), databases.pointed_at(name):
        report = seeds.load(settings.BASE_DIR / "seeds")
        connection.check_constraints()
    assert not report.faults, "\n".join(map(str, report.faults))
    yield name
    databases.drop(name)


@pytest.fixture
def shipped(shipped_database, django_db_blocker, request):
    """The database under test holds every shipped entry, and takes back what the test does."""
    assert "db" not in request.fixturenames, "ask for db or for shipped: they are two databases"
    with django_db_blocker.unblock(), databases.pointed_at(shipped_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def transactional_db():
    pytest.fail("revisions cannot be deleted, so nothing could be taken back: use `scratch` (tests.databases)")


@pytest.fixture
def scratch(django_db_setup):
    yield from _scratch(databases.sibling("empty"))


@pytest.fixture
def scratch_world(django_db_setup):
    yield from _scratch(databases.sibling("world"))


@pytest.fixture
def scratch_shipped(shipped_database):
    yield from _scratch(shipped_database)


def _scratch(source):
    made = databases.Scratch(databases.sibling(f"scratch{next(_numbers)}"))
    databases.drop(made.name)
    databases.copy(source, made.name)
    yield made
    databases.drop(made.name)


@pytest.fixture
def author(db):
    return worlds.account("author")


@pytest.fixture
def reviewer(db):
    return worlds.account("reviewer")


@pytest.fixture
def publisher(db):
    return worlds.account("publisher")


@pytest.fixture(autouse=True)
def no_ready_pages():
    """Every test makes its pages itself: what an earlier one left in memory is forgotten."""
    edition.clear()
