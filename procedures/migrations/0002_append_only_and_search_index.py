"""What only the database can keep: append-only tables, the full-text index, one order of titles everywhere.

A later migration that rebuilds `revision`, `act` or `passage` on SQLite (Django does so for most alterations)
drops their triggers; it must make them again with the functions below.
"""

from django.db import migrations

APPEND_ONLY = {"procedures_revision": "a revision is never changed or deleted", "procedures_act": "the log of acts is never changed or deleted"}
COLUMNS = "stems_title, stems_names, stems_heading, stems_text"

SQLITE = [
    statement
    for table, message in APPEND_ONLY.items()
    for statement in (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
    )
] + [
    f"CREATE VIRTUAL TABLE procedures_passage_index USING fts5({COLUMNS}, content='procedures_passage', "
    "content_rowid='id', tokenize='ascii', prefix='2 3 4')",
    "CREATE TRIGGER procedures_passage_indexed AFTER INSERT ON procedures_passage BEGIN "
    f"INSERT INTO procedures_passage_index(rowid, {COLUMNS}) "
    "VALUES (new.id, new.stems_title, new.stems_names, new.stems_heading, new.stems_text); END",
    "CREATE TRIGGER procedures_passage_unindexed AFTER DELETE ON procedures_passage BEGIN "
    f"INSERT INTO procedures_passage_index(procedures_passage_index, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.stems_title, old.stems_names, old.stems_heading, old.stems_text); END",
]
SQLITE_BACK = [
    "DROP TRIGGER procedures_passage_indexed",
    "DROP TRIGGER procedures_passage_unindexed",
    "DROP TABLE procedures_passage_index",
    *(f"DROP TRIGGER {table}_no_{act}" for table in APPEND_ONLY for act in ("update", "delete")),
]

POSTGRESQL = [
    "CREATE FUNCTION procedures_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only: its rows are never changed or deleted', TG_TABLE_NAME "
    "USING ERRCODE = 'integrity_constraint_violation'; END $$",
    *(f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
      "FOR EACH ROW EXECUTE FUNCTION procedures_append_only()" for table in APPEND_ONLY),
    "ALTER TABLE procedures_passage ADD COLUMN stems tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', stems_title), 'A') || setweight(to_tsvector('simple', stems_names), 'B') || "
    "setweight(to_tsvector('simple', stems_heading), 'C') || setweight(to_tsvector('simple', stems_text), 'D')) STORED",
    "CREATE INDEX procedures_passage_stems ON procedures_passage USING gin (stems)",
    # SQLite compares bytes; so must this column, or lists are in another order.
    'ALTER TABLE procedures_entry ALTER COLUMN sort_key TYPE varchar(600) COLLATE "C"',
]
POSTGRESQL_BACK = [
    'ALTER TABLE procedures_entry ALTER COLUMN sort_key TYPE varchar(600) COLLATE "default"',
    "ALTER TABLE procedures_passage DROP COLUMN stems",
    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in APPEND_ONLY),
    "DROP FUNCTION procedures_append_only()",
]


def run(statements):
    def forwards(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)  # so that a «%» stays one

    return forwards


class Migration(migrations.Migration):
    dependencies = [("procedures", "0001_initial")]
    operations = [
        migrations.RunPython(
            run({"sqlite": SQLITE, "postgresql": POSTGRESQL}),
            run({"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}),
        )
    ]
