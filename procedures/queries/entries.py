"""One published entry and all that its page shows, in a number of queries that depends on its kind only."""

from dataclasses import dataclass, field

from procedures.documents.schema import KINDS
from procedures.models import (
    MODELS,
    PLURALS,
    Alias,
    Citation,
    Contraindication,
    Entry,
    Hazard,
    Indication,
    Link,
    Redirect,
    Risk,
    Vocabulary,
    entry_id,
    entry_url,
)
from procedures.text import sections

# A page names at most so many entries that refer to it; what is more is counted.
MOST_BACKLINKS = 200


@dataclass
class Source:
    """A reference cited on a page, and its number there."""

    number: int
    reference: object


@dataclass
class EntryPage:
    """An entry with everything its page shows. Parts carry `cites`, the sources of that record."""

    entry: object
    sources: list = field(default_factory=list)
    labels: dict = field(default_factory=dict)
    parts: dict = field(default_factory=dict)
    sections: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    related: list = field(default_factory=list)
    backlinks: dict = field(default_factory=dict)
    backlinks_count: int = 0
    derived: dict = field(default_factory=dict)
    statements: int = 0
    _numbers: dict = field(default_factory=dict)
    _targets: dict = field(default_factory=dict)
    _records: dict = field(default_factory=dict)

    def cite(self, key):
        """(number, label) of a source cited on this page; None for one that is not."""
        source = self._numbers.get(entry_id("reference", key))
        return source and (source.number, source.reference.short)

    def target(self, kind, slug):
        """The entry that a link of this page names, or None."""
        return self._targets.get(entry_id(kind, slug))

    def cites(self, *path):
        """The sources that a record cites."""
        return self._records.get(".".join(map(str, path)), [])


def find(kind, slug):
    """The entry, of its kind's own model; None where nothing is published under this name."""
    return MODELS[kind].objects.filter(pk=entry_id(kind, slug)).first()


def moved_to(kind, slug):
    """The address of the entry that once bore this name, or None."""
    redirect = Redirect.objects.select_related("target").filter(kind=kind, slug=slug).first()
    return redirect and redirect.target.get_absolute_url()


def labels():
    """{"guidance:ct": Vocabulary} of every code."""
    return {row.pk: row for row in Vocabulary.objects.all()}


def load(entry):
    """All that the page of this entry shows."""
    page = EntryPage(entry, labels=labels(), sections=sections.split(entry.body))
    _load_citations(page)
    links = Link.objects.filter(source_id=entry.pk).select_related("target").order_by("position")
    page._targets = {link.target_id: link.target for link in links}
    page.related = [page._targets[link.target_id] for link in links if link.path.startswith("related.")]
    page.tags = list(entry.tags.order_by("name"))
    _load_backlinks(page)
    _PARTS.get(entry.kind, lambda page: None)(page)
    for name in KINDS[entry.kind].part_fields:
        page.statements += len(page.parts.get(name, ()))
    return page


def _load_citations(page):
    rows = Citation.objects.filter(source_id=page.entry.pk).select_related("reference").order_by("position")
    numbered = _number_sources(page, rows)
    # What a record's own prose cites already stands there; its list adds only the others.
    in_prose = {(row.path.rpartition(".")[0], row.reference_id) for row, _ in numbered}
    for row, source in numbered:
        record, _, _ = row.path.rpartition(".citations.")
        if ".citations." in f".{row.path}" and (record, row.reference_id) not in in_prose:
            page._records.setdefault(record, []).append(source)


def _number_sources(page, rows):
    """Number the sources in the order in which they are first cited; [(citation, Source)]."""
    numbered = []
    for row in rows:
        source = page._numbers.get(row.reference_id)
        if source is None:
            source = page._numbers[row.reference_id] = Source(len(page.sources) + 1, row.reference)
            page.sources.append(source)
        numbered.append((row, source))
    return numbered


def _load_backlinks(page):
    """Which published entries name this one, by kind; for a reference, which cite it and where."""
    if page.entry.kind == "reference":
        rows = Citation.objects.filter(reference_id=page.entry.pk)
    else:
        rows = Link.objects.filter(target_id=page.entry.pk).exclude(source_id=page.entry.pk)
    page.backlinks_count = rows.values("source_id").distinct().count()
    rows = rows.select_related("source").order_by("source__kind", "source__sort_key", "source_id", "position")
    seen = {}
    for row in rows[: MOST_BACKLINKS * 5]:
        if row.source_id not in seen and len(seen) == MOST_BACKLINKS:
            break
        anchors = seen.setdefault(row.source_id, (row.source, []))[1]
        if row.anchor and row.anchor not in anchors:
            anchors.append(row.anchor)
    for kind in PLURALS:
        found = [pair for pair in seen.values() if pair[0].kind == kind]
        if found:
            page.backlinks[kind] = found


def _parts(page, name, rows):
    """Keep the rows of one list of records, each with its sources."""
    page.parts[name] = found = list(rows)
    for index, row in enumerate(found):
        row.cites = page.cites(name, index)
    return found


def _load_procedure(page):
    entry = page.entry
    _parts(
        page,
        "indications",
        entry.indications.select_related("condition").prefetch_related("given").order_by("position"),
    )
    _parts(page, "contraindications", entry.contraindications.select_related("condition").order_by("position"))
    _parts(page, "equipment", entry.equipment.order_by("position"))
    steps = _parts(page, "steps", entry.steps.order_by("position"))
    by_step = {}
    hazards = (
        Hazard.objects.filter(step__entry_id=entry.pk).select_related("complication").order_by("step_id", "position")
    )
    for hazard in hazards:
        by_step.setdefault(hazard.step_id, []).append(hazard)
    for index, step in enumerate(steps):
        step.number = index + 1
        step.shown_hazards = by_step.get(step.pk, [])
        for number, hazard in enumerate(step.shown_hazards):
            hazard.cites = page.cites("steps", index, "hazards", number)
    _parts(page, "risks", entry.risks.select_related("complication").order_by("position"))
    _parts(page, "studies", entry.studies.select_related("reference").order_by("position"))
    _parts(page, "codes", entry.codes.order_by("position"))
    page.parts["glance_cites"] = page.cites("at_a_glance")


def _load_condition(page):
    _parts(page, "codes", page.entry.codes.order_by("position"))
    stances = _parts(page, "stances", page.entry.stances.prefetch_related("procedures").order_by("position"))
    # What is in force before what was superseded, the newest first.
    stances.sort(key=lambda stance: (stance.superseded_by is not None, -(stance.year or 0), stance.position))
    page.derived = statements_about([page.entry.pk]).get(page.entry.pk, {"for": [], "against": []})


def _load_complication(page):
    """How often, by procedure and population, and at which steps: from the procedures' own records."""
    _parts(page, "codes", page.entry.codes.order_by("position"))
    risks = list(
        Risk.objects.filter(complication_id=page.entry.pk)
        .select_related("entry")
        .order_by("entry__sort_key", "position")
    )
    hazards = list(
        Hazard.objects.filter(complication_id=page.entry.pk)
        .select_related("step__entry")
        .order_by("step__entry__sort_key", "step__position", "position")
    )
    _attach_sources(
        [(risk, risk.entry_id, f"risks.{risk.position}") for risk in risks]
        + [
            (hazard, hazard.step.entry_id, f"steps.{hazard.step.position}.hazards.{hazard.position}")
            for hazard in hazards
        ]
    )
    page.derived = {"risks": risks, "hazards": hazards}


def _load_case(page):
    entry = page.entry
    for name in ("procedures", "conditions", "complications"):
        page.parts[name] = [page._targets[row] for row in _targets_of(page, name)]
    page.parts["teaches"] = []
    for value in entry.teaches:
        target, _, anchor = value.partition("#")
        if target in page._targets:
            named = page._targets[target]
            page.parts["teaches"].append((named, anchor, entry_url(named.kind, named.slug, anchor)))
    page.parts["cites"] = page.cites()


def _targets_of(page, name):
    field_ = type(page.entry)._meta.get_field(name)
    return (
        field_.remote_field.through.objects.filter(**{field_.m2m_column_name(): page.entry.pk})
        .order_by(field_.m2m_reverse_name())
        .values_list(field_.m2m_reverse_name(), flat=True)
    )


_PARTS = {
    "procedure": _load_procedure,
    "condition": _load_condition,
    "complication": _load_complication,
    "case": _load_case,
}


def statements_about(conditions):
    """{condition id: {"for": [indications], "against": [contraindications]}}, each record with `sources`.

    Four queries for any number of conditions.
    """
    found = {pk: {"for": [], "against": []} for pk in conditions}
    order = ("entry__sort_key", "position")
    indications = list(
        Indication.objects.filter(condition_id__in=conditions)
        .select_related("entry")
        .prefetch_related("given")
        .order_by(*order)
    )
    contraindications = list(
        Contraindication.objects.filter(condition_id__in=conditions).select_related("entry").order_by(*order)
    )
    _attach_sources(
        [(row, row.entry_id, f"indications.{row.position}") for row in indications]
        + [(row, row.entry_id, f"contraindications.{row.position}") for row in contraindications]
    )
    for row in indications:
        found[row.condition_id]["for"].append(row)
    for row in contraindications:
        found[row.condition_id]["against"].append(row)
    return found


def _attach_sources(rows):
    """Give each (row, entry id, path of its record) the references that the record's list cites, as `sources`."""
    entries = {entry for _, entry, _ in rows}
    lists = sorted({path.partition(".")[0] for _, _, path in rows})
    cited = {}
    citations = Citation.objects.filter(source_id__in=entries, path__regex=rf"^({'|'.join(lists)})\..*citations\.")
    for citation in citations.select_related("reference").order_by("source_id", "position") if rows else ():
        record = citation.path.rpartition(".citations.")[0]
        cited.setdefault((citation.source_id, record), []).append(citation.reference)
    for row, entry, path in rows:
        # A hazard without sources of its own rests on those of its step.
        row.sources = cited.get((entry, path)) or cited.get((entry, path.partition(".hazards.")[0]), [])


def titles(kind, slugs):
    """{slug: Entry} of published entries of one kind."""
    return {row.slug: row for row in Entry.objects.filter(pk__in=[entry_id(kind, slug) for slug in slugs])}


def shared_page(rows):
    """A page that shows many entries' texts together: their links and sources, numbered across all."""
    page = EntryPage(None)
    ids = [row.pk for row in rows]
    for link in Link.objects.filter(source_id__in=ids).select_related("target"):
        page._targets[link.target_id] = link.target
    _number_sources(
        page,
        Citation.objects.filter(source_id__in=ids)
        .select_related("reference")
        .order_by("source__sort_key", "source_id", "position"),
    )
    return page


def glossary():
    """Every term as (slug, title, summary, [(name, is an abbreviation)]): two queries."""
    names = {}
    aliases = Alias.objects.filter(entry__kind="term", sort__in=("title", "synonym", "abbreviation"))
    for slug, name, sort in aliases.values_list("entry__slug", "name", "sort").order_by("id"):
        names.setdefault(slug, []).append((name, sort == "abbreviation"))
    terms = Entry.objects.filter(kind="term").values_list("slug", "title", "summary").order_by("id")
    return [(slug, title, summary, names.get(slug, [])) for slug, title, summary in terms]
