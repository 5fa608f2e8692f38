"""Search: the only door. `search` gives ranked entries, each with the part that answers and a snippet."""

from dataclasses import dataclass, field
from importlib import import_module

from django.db import connection

from procedures.models import PLURALS, Alias, Entry, Passage, entry_url
from procedures.search import query as queries
from procedures.search.snippet import Piece, cut

# Passages ranked for one page of results; an entry is represented by its best one.
_CANDIDATES = 400


@dataclass(frozen=True)
class Result:
    """An entry that answers: `anchor` names the part, `heading` says which, `snippet` is text with marks."""

    kind: str
    slug: str
    title: str
    anchor: str
    heading: str
    snippet: tuple[Piece, ...]

    @property
    def url(self):
        return entry_url(self.kind, self.slug, self.anchor)


@dataclass(frozen=True)
class Results:
    query: queries.Query
    results: tuple[Result, ...] = ()
    count: int = 0
    every: bool = field(default=True)


def search(text, *, kind=None, limit=20, offset=0):
    """Results for any text. Bounded work: at most twelve words, four hundred passages, six queries."""
    query = queries.parse(text)
    kind = kind if kind in PLURALS else None
    if not query:
        return Results(query)
    engine = import_module(f"procedures.search.engines.{connection.vendor}")
    every = True
    found = engine.match(query.stems, True, kind, _CANDIDATES)
    if not found and len(query.stems) > 1:
        every = False
        found = engine.match(query.stems, False, kind, _CANDIDATES)
    count = engine.count(query.stems, every, kind) if found else 0
    passages = {
        row.pk: row
        for row in Passage.objects.filter(pk__in=[pk for pk, _ in found]).defer(
            "stems_title", "stems_names", "stems_heading", "stems_text"
        )
    }
    best = {}
    for pk, _ in found:
        best.setdefault(passages[pk].entry_id, passages[pk])
    named = [pk for pk in _named(query, kind) if pk in best]
    order = [*named, *(pk for pk in best if pk not in named)][offset : offset + limit]
    entries = Entry.objects.in_bulk(order)
    results = tuple(_result(entries[pk], best[pk], query.stems) for pk in order)
    return Results(query, results, count, every)


def _named(query, kind):
    """Entries whose title, synonym, abbreviation or code is just what was typed."""
    rows = Alias.objects.filter(folded=query.folded).exclude(sort="author")
    if kind:
        rows = rows.filter(entry__kind=kind)
    rank = {name: index for index, name in enumerate(("title", "abbreviation", "synonym", "code", "label"))}
    kinds = list(PLURALS)

    def order(row):
        sort, kind, pk = row
        # A procedure lists the codes of what it treats: the code's own meaning is the condition.
        return rank[sort], kind != "condition" if sort in ("code", "label") else False, kinds.index(kind), pk

    found = sorted(rows.values_list("sort", "entry__kind", "entry_id")[:50], key=order)
    return list(dict.fromkeys(pk for _, _, pk in found))


def _result(entry, passage, stems):
    whole = not passage.anchor
    return Result(
        entry.kind,
        entry.slug,
        entry.title,
        passage.anchor,
        "" if whole else passage.heading,
        cut(passage.text, stems),
    )
