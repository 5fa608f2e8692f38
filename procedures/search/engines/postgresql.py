"""PostgreSQL: a generated tsvector of the passages' stems, ranked by cover density and weight."""

from django.db import connection

_WEIGHTS = "{0.1, 0.4, 0.6, 1.0}"


def match(stems, every, kind, limit):
    """[(passage id, score)], the best first; `every` asks for all stems, else any. Higher is better."""
    where, values = _where(stems, every, kind)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id, ts_rank_cd(%s::float4[], p.stems, q, 1) AS score {where} "  # noqa: S608  no input in it
            "ORDER BY score DESC, p.entry_id, p.position LIMIT %s",
            [_WEIGHTS, *values, limit],
        )
        return cursor.fetchall()


def count(stems, every, kind):
    """How many entries have a passage that matches."""
    where, values = _where(stems, every, kind)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT p.entry_id) {where}", values)  # noqa: S608  no input in it
        return cursor.fetchone()[0]


def _where(stems, every, kind):
    sql = "FROM procedures_passage p, to_tsquery('simple', %s) q WHERE p.stems @@ q"
    values = [(" & " if every else " | ").join(f"'{stem}'" for stem in stems)]
    if kind:
        sql += " AND starts_with(p.entry_id, %s)"
        values.append(f"{kind}:")
    return sql, values
