"""The migrations make what the models say, on both databases, and can be taken back."""

from django.core.management import call_command
from django.db import connection

from tests import worlds


def _schema(scratch):
    if connection.vendor == "sqlite":
        return sorted(scratch.rows("SELECT type, name, sql FROM sqlite_master WHERE name LIKE 'procedures_%'"), key=str)
    columns = scratch.rows(
        "SELECT table_name, column_name, data_type, collation_name, is_nullable, generation_expression "
        "FROM information_schema.columns WHERE table_name LIKE 'procedures_%'"
    )
    indexes = scratch.rows("SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'procedures_%'")
    constraints = scratch.rows(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid::regclass::text LIKE 'procedures_%'"
    )
    triggers = scratch.rows("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
    return [sorted(rows, key=str) for rows in (columns, indexes, constraints, triggers)]


def test_models_have_their_migrations(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_can_be_taken_back_and_made_again(scratch, tmp_path):
    before = _schema(scratch)
    assert "append_only" in str(before) or "_no_update" in str(before)

    back = scratch.manage("migrate", "procedures", "zero", "--verbosity=0")
    assert back.returncode == 0, back.stderr
    assert scratch.rows("SELECT name FROM django_migrations WHERE app = 'procedures'") == []

    again = scratch.manage("migrate", "--verbosity=0")
    assert again.returncode == 0, again.stderr
    assert _schema(scratch) == before

    scratch.manage("loaddata", "vocabulary", "groups", "--verbosity=0")
    loaded = scratch.manage("load_seeds", worlds.write(tmp_path))
    assert loaded.returncode == 0, loaded.stderr
    assert scratch.rows("SELECT count(*) FROM procedures_entry") == [(len(worlds.TEXTS),)]
