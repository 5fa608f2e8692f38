"""Text → Document, with every fault of the text and its line. Reads as much as it can before it refuses."""

import re
from dataclasses import dataclass, field

from pydantic import ValidationError

from procedures.documents.schema import KINDS, EntryDocument
from procedures.documents.schema.entry import anchor_faults
from procedures.documents.schema.types import FieldError
from procedures.documents.walk import Mention, anchors, mentions, part_ids
from procedures.text import frontmatter, marks, sections
from procedures.text.faults import Fault
from procedures.text.frontmatter import dotted

_SLUG = re.compile(marks.SLUG)
_KEY = re.compile(marks.KEY)


@dataclass
class Reading:
    """What reading a text gave: `document` is None where there are faults."""

    kind: str
    slug: str
    path: str
    document: EntryDocument | None = None
    faults: list[Fault] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    lines: dict = field(default_factory=dict)

    def fault(self, path, message, line_within=0):
        """Record a fault at a path of the data; the nearest known line above it is taken."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known, 1) + (line_within if known == path else 0)
        self.faults.append(Fault(self.path, line, dotted(path), message))


def read(kind, slug, text, path=None):
    """Read one entry's text. `path` is what faults are reported under."""
    reading = Reading(kind, slug, path or f"{kind}:{slug}")
    front = frontmatter.read(text)
    for line, where, message in front.faults:
        reading.faults.append(Fault(reading.path, line, where, message))
    reading.lines = front.lines
    if "body" in front.data:
        reading.fault(("body",), "the body stands after the front matter, not in it; move it there")
    reading.lines = front.lines | {("body",): front.body_line}
    if front.faults and not front.data:
        return reading
    return _check(reading, front.data | {"body": front.body})


def read_data(kind, slug, data, path=None):
    """Read one entry from data (dict, list, str), as a form gives it: the same checks, the same faults."""
    return _check(Reading(kind, slug, path or f"{kind}:{slug}"), data)


def _check(reading, data):
    if not slug_is_valid(reading.kind, reading.slug):
        reading.fault((), f"«{reading.slug}» cannot be a slug; use lower-case letters, digits and single hyphens")
    schema = KINDS[reading.kind]
    found = set()
    try:
        document = schema.model_validate(data)
    except ValidationError as error:
        document = None
        for problem in error.errors(include_url=False):
            path, message = _explain(problem)
            if (path, message) not in found:
                found.add((path, message))
                _report(reading, path, message)
    body = data.get("body") if isinstance(data.get("body"), str) else ""
    for path, message in anchor_faults(part_ids(reading.kind, data), sections.split(body), schema.part_fields):
        if (path, message) not in found:
            _report(reading, path, message)
    reading.mentions, mistyped = mentions(reading.kind, data)
    for path, line, message in mistyped:
        reading.fault(path, message, line)
    reading.anchors = anchors(reading.kind, data)
    if not reading.faults:
        reading.document = document
    return reading


def slug_is_valid(kind, slug):
    """References are named by their citation key, everything else by a slug."""
    pattern = _KEY if kind == "reference" else _SLUG
    return len(slug) <= 80 and pattern.fullmatch(slug) is not None


def _report(reading, path, message):
    if path[:1] == ("body",) and len(path) == 2:
        reading.fault(("body",), message, path[1])
    else:
        reading.fault(path, message)


# pydantic's error type → the sentence a person needs. What is not here keeps pydantic's own words.
_SENTENCES = {
    "missing": "is required; add it",
    "extra_forbidden": "is not a field here; remove it or mend its name",
    "string_type": "must be text",
    "list_type": "must be a list, one `- item` a line",
    "model_type": "must be a group of `name: value` fields",
    "model_attributes_type": "must be a group of `name: value` fields",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "decimal_parsing": "must be a number",
    "decimal_type": "must be a number",
    "bool_parsing": "must be true or false",
    "date_from_datetime_parsing": "must be a date such as 2026-11-20",
    "date_parsing": "must be a date such as 2026-11-20",
    "date_type": "must be a date such as 2026-11-20",
    "finite_number": "must be a number",
}


def _explain(problem):
    """(path, sentence) of one of pydantic's errors."""
    path, context = tuple(problem["loc"]), problem.get("ctx", {})
    error = context.get("error")
    value = problem.get("input")
    shown = f"«{value[:60]}» " if isinstance(value, str) and value else ""
    if isinstance(error, FieldError):
        return (*path, *error.path), str(error)
    if isinstance(error, Exception):
        return path, str(error)
    kind = problem["type"]
    if kind == "enum":
        return path, f"{shown}is not one of {context['expected'].replace(' or ', ', ')}"
    if kind == "string_pattern_mismatch":
        return path, f"{shown}does not have the form {context['pattern']}"
    if kind in ("less_than_equal", "greater_than_equal", "less_than", "greater_than"):
        bound = {
            "less_than_equal": ("at most", "le"),
            "greater_than_equal": ("at least", "ge"),
            "less_than": ("below", "lt"),
            "greater_than": ("above", "gt"),
        }[kind]
        return path, f"{shown}must be {bound[0]} {context[bound[1]]}"
    if kind in ("too_short", "too_long", "string_too_long"):
        return path, _length(kind, context)
    sentence = _SENTENCES.get(kind)
    if kind == "extra_forbidden" or kind == "missing":
        shown = ""
    return path, shown + sentence if sentence else problem["msg"]


def _length(kind, context):
    is_list = context.get("field_type") == "List"
    if kind == "too_short":
        least = context["min_length"]
        return f"needs at least {'one item' if least == 1 else f'{least} items'}" if is_list else "must not be empty"
    most = context["max_length"]
    return f"takes at most {most} items" if is_list else f"is longer than {most:,} characters"


def unresolved(readings, known):
    """Record a fault for every mention that leads nowhere.

    `known(kind, slug)` gives the anchors of an entry outside these readings, or None where there is none.
    """
    here = {(reading.kind, reading.slug): reading.anchors for reading in readings}
    for reading in readings:
        for mention in reading.mentions:
            if mention.kind not in KINDS:
                _leads_nowhere(
                    reading,
                    mention,
                    f"«{mention.kind}» is not a kind of entry; use one of {', '.join(KINDS)}",
                )
                continue
            target = here.get((mention.kind, mention.slug))
            if target is None:
                target = known(mention.kind, mention.slug)
            if target is None:
                others = [
                    kind
                    for kind in KINDS
                    if kind != mention.kind and ((kind, mention.slug) in here or known(kind, mention.slug) is not None)
                ]
                hint = f"; there is a {others[0]} of that name" if others else ""
                _leads_nowhere(reading, mention, f"there is no {mention.kind} «{mention.slug}»{hint}")
            elif mention.part and mention.part not in target:
                _leads_nowhere(reading, mention, f"{mention.kind} «{mention.slug}» has no part «{mention.part}»")
        if reading.faults:
            reading.document = None


def _leads_nowhere(reading, mention, message):
    reading.fault(mention.path, message, mention.line)
