"""The publish gate: named checks of what a published entry must have beyond being free of faults.

A check looks at one document and yields (path, message). What needs the rows of others (orphans, uncited
references) is asked for all entries at once in `shortfalls`.
"""

import re
from dataclasses import dataclass

from procedures.documents.read import read
from procedures.documents.schema.vocabulary import Strength
from procedures.editorial.actions import check as check_names
from procedures.models import PLURALS, Citation, Entry, Link, Manuscript
from procedures.text import marks
from procedures.text.faults import Fault

MIN_STEPS = 8
MIN_RISKS = 5

# Sections that every entry of a kind has; more are welcome.
SECTIONS = {
    "procedure": ("mechanism", "work-up", "aftercare", "what-is-not-known"),
    "condition": ("what-is-not-known",),
    "complication": ("mechanism", "early-signs", "prevention", "management"),
    "case": ("presentation", "imaging", "intervention", "outcome", "lesson"),
}


@dataclass(frozen=True)
class Check:
    """A named check of one document: `find(document)` yields (path, message)."""

    name: str
    kinds: tuple[str, ...]
    find: callable


def _sections_present(document):
    have = {section.id for section in document.sections}
    for wanted in SECTIONS[document.kind]:
        if wanted not in have:
            yield ("body",), f"the section «{wanted.replace('-', ' ')}» is missing"


def _summary_cited(document):
    if document.summary and not marks.find(document.summary)[1]:
        yield ("summary",), "cites no source"


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
    """Every paragraph of the body that states a number cites a source; so does every table."""
    start = 0
    for paragraph in re.split(r"\n{2,}", document.body):
        line = document.body.count("\n", 0, document.body.find(paragraph, start))
        start = document.body.find(paragraph, start) + len(paragraph)
        if _NUMBER.search(_NAMES.sub(" ", paragraph)) and not marks.find(paragraph)[1]:
            yield ("body", line), f"states a number without a source: «{paragraph[:60]}…»"


_ALL = tuple(kind for kind in PLURALS if kind not in ("reference", "term"))
CHECKS = (
    Check("sections-present", tuple(SECTIONS), _sections_present),
    Check("summary-cited", ("procedure", "condition", "complication", "case"), _summary_cited),
    Check("steps-complete", ("procedure",), _steps_complete),
    Check("risks-enough", ("procedure",), _risks_enough),
    Check("speaks-for-something", ("procedure",), _speaks_for_something),
    Check("numbers-cited", _ALL, _numbers_cited),
)
# Checks that need to know what other entries say.
NAMES_RESOLVE, ORPHAN, UNCITED = "names-resolve", "no-orphan", "reference-cited"


def check(document):
    """[(check name, path, message)] of one document."""
    return [
        (named.name, path, message)
        for named in CHECKS
        if document.kind in named.kinds
        for path, message in named.find(document)
    ]


def shortfalls(progress=lambda done, total: None):
    """What falls short of the gate among all published entries: sorted Faults, the check named in each message."""
    found = []
    rows = Manuscript.objects.filter(live__isnull=False).select_related("live").order_by("kind", "slug")
    total = rows.count()
    for done, manuscript in enumerate(rows.iterator(chunk_size=200), 1):
        path = f"{manuscript.plural}/{manuscript.slug}.md"
        reading = read(manuscript.kind, manuscript.slug, manuscript.live.text, path)
        check_names([reading])
        for fault in set(reading.faults):
            found.append(Fault(fault.path, fault.line, fault.field, f"{fault.message} [{NAMES_RESOLVE}]"))
        if reading.document:
            reading.faults.clear()
            for name, where, message in check(reading.document):
                reading.fault(
                    where[:1] if where[:1] == ("body",) else where,
                    f"{message} [{name}]",
                    where[1] if where[:1] == ("body",) and len(where) == 2 else 0,
                )
            found += reading.faults
        progress(done, total)
    return sorted(found + list(_unlinked()))


def _unlinked():
    """Entries that no other entry names, and references that none cites."""
    named = set(Link.objects.values_list("target_id", flat=True)) | set(
        Citation.objects.values_list("reference_id", flat=True)
    )
    for pk, kind, slug in Entry.objects.values_list("pk", "kind", "slug").order_by("pk"):
        if pk in named:
            continue
        path = f"{PLURALS[kind]}/{slug}.md"
        if kind == "reference":
            yield Fault(path, 1, "reference", f"no entry cites it [{UNCITED}]")
        elif kind != "procedure":
            yield Fault(path, 1, kind, f"no other entry links to it [{ORPHAN}]")
