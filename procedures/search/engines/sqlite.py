"""SQLite: FTS5 over the passages' stems, ranked by bm25 with a weight for each column."""

from django.db import connection

_WEIGHTS = "10.0, 6.0, 4.0, 1.0"


def match(stems, every, kind, limit):
    """[(passage id, score)], the best first; `every` asks for all stems, else any. Higher is better."""
    where, values = _where(stems, every, kind)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id, -bm25(procedures_passage_index, {_WEIGHTS}) AS score {where} "  # noqa: S608  no input in it
            "ORDER BY score DESC, p.entry_id, p.position LIMIT %s",
            [*values, limit],
        )
        return cursor.fetchall()


def count(stems, every, kind):
    """How many entries have a passage that matches."""
    where, values = _where(stems, every, kind)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT p.entry_id) {where}", values)  # noqa: S608  no input in it
        return cursor.fetchone()[0]


def _where(stems, every, kind):
    words = [f'"{stem}"' for stem in stems]  # stems are letters and digits only (search.analysis)
    sql = (
        "FROM procedures_passage_index JOIN procedures_passage p ON p.id = procedures_passage_index.rowid "
        "WHERE procedures_passage_index MATCH %s"
    )
    values = [(" AND " if every else " OR ").join(words)]
    if kind:
        sql += " AND p.entry_id >= %s AND p.entry_id < %s"
        values += [f"{kind}:", f"{kind};"]
    return sql, values
