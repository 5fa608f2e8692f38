"""The publish gate: named checks of what a published entry must have beyond being free of faults.

A check looks at one document and yields (path, message); what it finds is kept in rows at publishing, so that the
coverage board only counts. What needs the rows of others (orphans, uncited references) is asked of the database.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from procedures.documents.read import read
from procedures.documents.schema.vocabulary import ReferenceType, Strength
from procedures.models import PLURALS, Citation, Entry, Link, Shortfall, entry_id
from procedures.text import marks
from procedures.text.plain import plain
from procedures.text.readability import grade

MIN_STEPS = 8
MIN_RISKS = 5
MAX_GRADE = 9

# Sections that every entry of a kind has; more are welcome.
SECTIONS = {
    "procedure": ("mechanism", "history", "work-up", "aftercare", "outcomes", "comparison", "pitfalls",
                  "what-is-not-known"),
    "condition": ("what-is-not-known",),
    "complication": ("mechanism", "early-signs", "prevention", "management"),
    "case": ("presentation", "imaging", "intervention", "outcome", "lesson"),
}  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A named check: `title` says what holds where it passes; `find(document)` yields (path, message)."""

    name: str
    title: str
    kinds: tuple[str, ...]
    find: Callable


def _sections_present(document):
    have = {section.id for section in document.sections}
    for wanted in SECTIONS[document.kind]:
        if wanted not in have:
            yield ("body",), f"the section «{wanted.replace('-', ' ')}» is missing"


def _summary_cited(document):
    if document.summary and not marks.find(document.summary)[1]:
        yield ("summary",), "cites no source"


def _records_cited(document):
    """Records that the schema lets stand without a source, and that need one all the same once published."""
    if document.kind == "procedure":
        if not document.at_a_glance.citations:
            yield ("at_a_glance",), "cites no source"
        for index, item in enumerate(document.equipment):
            if not item.citations and not (item.note and marks.find(item.note)[1]):
                yield ("equipment", index), f"«{item.item}» cites no source"
        for index, indication in enumerate(document.indications):
            if not indication.citations and indication.strength is not Strength.NO_STATEMENT:
                yield ("indications", index), "cites no source"
    for index, code in enumerate(getattr(document, "codes", ())):
        if not code.citations:
            yield ("codes", index), f"{code.system.value} {code.code} cites no source"


def _steps_complete(document):
    complete = sum(1 for step in document.steps if step.check and step.hazards)
    if complete < MIN_STEPS:
        yield ("steps",), f"has {complete} steps with a check and a hazard; at least {MIN_STEPS} are needed"
    for index, step in enumerate(document.steps):
        if not step.check and not step.hazards:
            yield ("steps", index), f"step «{step.id}» has neither a check nor a hazard"


def _risks_enough(document):
    if len(document.risks) < MIN_RISKS:
        yield ("risks",), f"has {len(document.risks)} risks; at least {MIN_RISKS} are needed"


def _speaks_for_something(document):
    if not any(indication.strength is not Strength.NO_STATEMENT for indication in document.indications):
        yield ("indications",), "no source speaks for this procedure in any condition"


_NUMBER = re.compile(r"\d")
# Digits that are names, not measurements: levels, codes, trials, dates, list marks, links and citations.
_NAMES = re.compile(
    r"\[\[[^\]]*\]\]|\[@[^\]]*\]|`[^`]*`|\b[A-Za-z]+-?\d[\w.-]*|\b(?:19|20)\d\d\b|^\s*\d+[.)]\s|^#+ .*$", re.MULTILINE
)


def _numbers_cited(document):
    """Every paragraph and every table that states a number cites a source."""
    for path, text in (("body", document.body), ("plain_summary", getattr(document, "plain_summary", None) or "")):
        start = 0
        for paragraph in re.split(r"\n{2,}", text):
            start = text.index(paragraph, start)
            if _NUMBER.search(_NAMES.sub(" ", paragraph)) and not marks.find(paragraph)[1]:
                yield (path, text.count("\n", 0, start)), f"states a number without a source: «{_opening(paragraph)}»"
            start += len(paragraph)


def _opening(paragraph):
    line = paragraph.split("\n", 1)[0]
    return line if len(line) <= 60 else f"{line[:60]}…"


def _plainly_said(document):
    if not document.plain_summary:
        yield ("plain_summary",), "is missing"
        return
    found = grade(plain(document.plain_summary))
    if found > MAX_GRADE:
        yield ("plain_summary",), f"reads at grade {found:.1f}; at most {MAX_GRADE} is wanted: shorten the sentences"


_IMAGE = re.compile(r"!\[\s*\]\(")


def _alternatives_given(document):
    for index, line in enumerate(document.body.split("\n")):
        if _IMAGE.search(line):
            yield ("body", index), "an image has no alternative text; say in words what it shows"
    for index, step in enumerate(getattr(document, "steps", ())):
        if step.schematic and not step.schematic.labels:
            yield ("steps", index, "schematic"), "a drawing has no label; name at least what is shown"


def _review_dated(document):
    if document.review_by is None:
        yield ("review_by",), "is missing: the day on which the entry is due for review"


def _findable(document):
    identified = document.doi or document.pmid or document.pmcid or document.url
    if not identified and document.type is not ReferenceType.DOCUMENT:
        yield ("DOI",), "has no DOI, PMID, PMCID or address"


def _attributed(document):
    if not document.author and not document.publisher and not document.container_title:
        yield ("author",), "has no author, publisher or container"


_TEXTS = tuple(kind for kind in PLURALS if kind not in ("reference", "term"))
CHECKS = (
    Check("sections-present", "Its sections are all there", tuple(SECTIONS), _sections_present),
    Check("summary-cited", "Its summary cites a source", ("procedure", "condition", "complication", "case", "topic"),
          _summary_cited),
    Check("records-cited", "Every record cites a source", ("procedure", "condition", "complication"), _records_cited),
    Check("numbers-cited", "Every number stands near its source", _TEXTS, _numbers_cited),
    Check("steps-complete", f"At least {MIN_STEPS} steps have a check and a hazard", ("procedure",), _steps_complete),
    Check("risks-enough", f"At least {MIN_RISKS} risks are recorded", ("procedure",), _risks_enough),
    Check("speaks-for-something", "A source speaks for it somewhere", ("procedure",), _speaks_for_something),
    Check("plainly-said", f"Its plain summary reads at grade {MAX_GRADE} or lower", ("procedure",), _plainly_said),
    Check("alternatives-given", "Pictures have words", _TEXTS, _alternatives_given),
    Check("review-dated", "A day of review is set", _TEXTS, _review_dated),
    Check("findable", "It has a DOI, PMID, PMCID or address", ("reference",), _findable),
    Check("attributed", "It says who stands behind it", ("reference",), _attributed),
)  # fmt: skip

# Checks that look at other entries or at the calendar; the database answers them for all entries at once.
LINKED, CITED, REVIEWED, NAMES_RESOLVE = "linked", "cited", "review-not-overdue", "names-resolve"
ACROSS = {
    LINKED: ("Another entry links to it", (*_TEXTS, "term")),
    CITED: ("An entry cites it", ("reference",)),
    REVIEWED: ("Its review is not overdue", _TEXTS),
}


def check(document):
    """[(check name, path, message)] of one document."""
    return [
        (named.name, path, message)
        for named in CHECKS
        if document.kind in named.kinds
        for path, message in named.find(document)
    ]


def faults(document, slug, text, path):
    """The same as Faults with the lines of the text, the check named at the end of each message."""
    found = check(document)
    if not found:
        return []
    reading = read(document.kind, slug, text, path)
    for name, where, message in found:
        line = where[1] if where[0] in ("body", "plain_summary") and len(where) == 2 else 0
        reading.fault(where[:1] if line else where, f"{message} [{name}]", line)
    return sorted(reading.faults)


def keep(slug, document):
    """Write what one published document falls short of into the rows that the coverage board counts."""
    identity = entry_id(document.kind, slug)
    Shortfall.objects.filter(entry_id=identity)._raw_delete("default")
    Shortfall.objects.bulk_create(
        Shortfall(entry_id=identity, check_name=name, path=".".join(map(str, path)), message=message)
        for name, path, message in check(document)
    )


def across(today):
    """[(check name, entry id, message)] of what only the rows of all entries, or the calendar, can show."""
    named = Link.objects.values("target_id")
    cited = Citation.objects.values("reference_id")
    texts = Entry.objects.exclude(kind="reference").exclude(kind="procedure")
    for pk in texts.exclude(pk__in=named).order_by("pk").values_list("pk", flat=True):
        yield LINKED, pk, "no other entry links to it"
    for pk in Entry.objects.filter(kind="reference").exclude(pk__in=cited).order_by("pk").values_list("pk", flat=True):
        yield CITED, pk, "no entry cites it"
    overdue = Entry.objects.filter(review_by__lt=today).order_by("pk")
    for pk, day in overdue.values_list("pk", "review_by"):
        yield REVIEWED, pk, f"its review was due on {day}"
