"""Hypothesis strategies: awkward text, and documents of every kind, drawn from the schemas themselves.

One walk over the annotations makes data as front matter holds it; what a whole-part rule asks for beyond its fields
stands in a function named after the part. A field added to a schema is drawn without a change here.
"""

import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from procedures.documents.schema import KINDS
from procedures.documents.schema.entry import RESERVED_IDS
from procedures.documents.schema.types import Cites, Refers, RefersAny
from procedures.documents.schema.vocabulary import CodeSystem, Strength
from procedures.text import clean, marks, sections

_HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
characters = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"], exclude_characters=_HIDDEN)

# What YAML, Markdown or Unicode could take for something else.
AWKWARD = [
    "no", "Yes", "null", "~", "true", "1.50", "0x1F", "1e3", "0777", "12:30:45", "2026-11-20", ".inf", "=", "<<",
    "- x", "-", "---", "--- x", "...", "a: b", "a:", ": a", "# c", "a #b", "#", "? q", "! tag", "!!str x", "& a", "* b",
    "&anchor", "*alias", "%TAG", "@at", "`code`", "| pipe", "> fold", "'single'", '"double"', "it's", "'", '"', "''",
    "{a: 1}", "[1, 2]", "{", "]", ",", "a, b", "\\", "\\n", "back\\slash", "a\u00a0b", "\u200bzero", "\u00adsoft",
    "e\u0301", "\u1e9b\u0323", "Å", "ﬁ", "Kümmell", "κ", "日本語", "עברית", "العربية", "👩‍⚕️", "🩻 x", "\U0001f9b4",
    "**bold**", "_em_", "<b>", "&amp;", "![x](y)", "[x](y)", "|a|b|", "~~~", "```", "## heading", "* item", "1. one",
    "> quote", "=====", "a  b", " lead", "trail ", "{{ x }}", "{% x %}", "$x", "${x}", "%s", "‘’“”", "…", "≥ 5 mm",
]  # fmt: skip

raw_text = st.text(characters | st.sampled_from("\n\r\t\u2028\x00\x07\x85\ufeff\u202e "), max_size=60)
pieces = st.sampled_from(AWKWARD) | st.text(characters, min_size=1, max_size=30)


def _has_no_mark(text):
    return "[[" not in text and "[@" not in text


lines = (
    st.lists(pieces, min_size=1, max_size=3)
    .map(" ".join)
    .map(clean.line)
    .filter(lambda text: text and _has_no_mark(text))
)
_paragraphs = st.lists(pieces | st.sampled_from(["", "  indented", "    code"]), min_size=1, max_size=4).map("\n".join)
prose = (
    st.lists(_paragraphs, min_size=1, max_size=3)
    .map("\n\n".join)
    .map(clean.prose)
    .filter(lambda text: text and _has_no_mark(text))
)
slugs = st.from_regex(marks.SLUG, fullmatch=True).filter(lambda slug: len(slug) <= 80)


class Names:
    """Which entries documents may name. Without any given, every well-formed name."""

    def __init__(self, known=None):
        self._known = known

    def slug(self, kind):
        if self._known is None:
            return slugs
        return st.sampled_from(sorted(slug for known_kind, slug in self._known if known_kind == kind))

    def entry(self):
        kinds = sorted(KINDS if self._known is None else {kind for kind, _ in self._known})
        return st.sampled_from(kinds).flatmap(lambda kind: self.slug(kind).map(lambda slug: f"{kind}:{slug}"))

    def mark(self):
        keys = st.lists(self.slug("reference"), min_size=1, max_size=2, unique=True)
        return keys.map(lambda found: "[" + "; ".join(f"@{key}" for key in found) + "]") | self.entry().map(
            lambda name: f"[[{name}]]"
        )

    def prose(self):
        return prose | st.tuples(prose, self.mark()).map(lambda pair: clean.prose(f"{pair[0]}\n{pair[1]}"))


def documents(kind, known=None):
    """Any valid document of a kind; `known` {(kind, slug)} limits what it names."""
    return data(kind, known).map(KINDS[kind].model_validate)


def data(kind, known=None):
    """The same as front matter and body hold it."""
    return _part(KINDS[kind], Names(known)).flatmap(lambda found: _with_body(kind, found, Names(known)))


# -- the walk -----------------------------------------------------------------------------------------------


def _part(schema, names):
    required, optional = {}, {}
    for name, info in schema.model_fields.items():
        strategy = _BY_FIELD.get((schema.__name__, name))
        if strategy is None:
            strategy = _value(info.annotation, info.metadata, names)
        (required if info.is_required() else optional)[info.alias or name] = strategy
    optional.pop("body", None)
    drawn = st.fixed_dictionaries(required, optional=optional)
    mend = _MENDED.get(schema.__name__)
    return drawn.flatmap(lambda found: mend(found, names)) if mend else drawn


def _value(annotation, metadata, names):
    metadata = [part for item in metadata for part in (item.metadata if isinstance(item, FieldInfo) else [item])]
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _value(inner, [*more, *metadata], names)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (arg for arg in typing.get_args(annotation) if arg is not type(None))
        return _value(inner, metadata, names)
    if origin is list:
        least, most = _bound(metadata, "min_length", 0), _bound(metadata, "max_length", 3)
        of = _value(typing.get_args(annotation)[0], [], names)
        one_each = typing.get_args(annotation)[0]
        return st.lists(of, min_size=least, max_size=min(most, 3), unique_by=None if _is_part(one_each) else str)
    if _is_part(annotation):
        return _part(annotation, names)
    if issubclass(annotation, Enum):
        return st.sampled_from([code.value for code in annotation])
    return _scalar(annotation, metadata, names)


def _is_part(annotation):
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _scalar(annotation, metadata, names):
    for marker in metadata:
        if isinstance(marker, Refers):
            return names.slug(marker.kind)
        if isinstance(marker, Cites):
            return names.slug("reference")
        if isinstance(marker, RefersAny):
            return st.tuples(names.entry(), slugs, st.booleans()).map(
                lambda t: f"{t[0]}#{t[1]}"[:200] if t[2] else t[0]
            )
    cleaner = next((m.func for m in metadata if hasattr(m, "func")), None)
    if cleaner is clean.line:
        return lines
    if cleaner is clean.prose:
        return names.prose()
    if annotation is bool:
        return st.sampled_from(["true", "false"])
    if annotation is date:
        return st.dates().map(date.isoformat)
    if annotation in (int, Decimal):
        low = max(_bound(metadata, "ge", -99_999_999), _bound(metadata, "gt", -99_999_999))
        high = min(_bound(metadata, "le", 99_999_999), _bound(metadata, "lt", 99_999_999))
        if annotation is int:
            return st.integers(int(low), int(high)).map(str)
        above = _bound(metadata, "gt", None)
        below = _bound(metadata, "lt", None)
        numbers = st.decimals(low, high, allow_nan=False, places=4) | st.integers(int(low), int(high)).map(Decimal)
        return numbers.filter(lambda number: number not in (above, below)).map(lambda number: f"{number:f}")
    pattern = _bound(metadata, "pattern", None)
    assert annotation is str and pattern, f"no strategy for {annotation} {metadata}"
    longest = _bound(metadata, "max_length", 80)
    return st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True).filter(
        lambda text: len(text) <= longest and text.isascii() and text.isprintable()
    )


def _bound(metadata, name, otherwise):
    found = [getattr(item, name) for item in metadata if getattr(item, name, None) is not None]
    return found[-1] if found else otherwise


# -- rules of whole parts -----------------------------------------------------------------------------------


def _ordered(found, low="low", high="high"):
    if (low in found) != (high in found):
        found.pop(low, None), found.pop(high, None)
    elif low in found and Decimal(found[low]) > Decimal(found[high]):
        found[low], found[high] = found[high], found[low]
    return found


def _range(found, names):
    return st.just(_ordered(found))


def _incidence(found, names):
    found = _ordered(_ordered(found), "events", "total")
    if "low" not in found:
        found.pop("range_is", None)
    if "events" in found:
        found.pop("percent", None)
    elif "percent" not in found and "low" not in found:
        found["percent"] = "0"
    return st.just(found)


def _effect(found, names):
    if "low" not in _ordered(found):
        found.pop("level", None)
    return st.just(found)


def _code(found, names):
    if found["system"] == CodeSystem.CPT:
        found.pop("label", None)
    else:
        found.setdefault("label", "label")
    return st.just(found)


def _author(found, names):
    if "family" in found:
        found.pop("literal", None)
    else:
        found.pop("given", None)
        found.setdefault("literal", "A body")
    return st.just(found)


def _indication(found, names):
    if found["strength"] == Strength.NO_STATEMENT:
        found.setdefault("searched", "2026-11-20")
    elif not found.get("citations"):
        return names.slug("reference").map(lambda key: found | {"citations": [key]})
    return st.just(found)


def _stance(found, names):
    found.pop("superseded_by", None)
    if not found.get("procedures"):
        found.setdefault("subject", "subject")
    return st.just(found)


def _reference(found, names):
    if not {"DOI", "PMID", "PMCID", "URL", "note"} & set(found):
        found["note"] = "In the library."
    return st.just(found)


_MENDED = {
    "Range": _range,
    "Incidence": _incidence,
    "Effect": _effect,
    "Code": _code,
    "Author": _author,
    "Indication": _indication,
    "Stance": _stance,
    "ReferenceDocument": _reference,
}
# Drawn from their patterns these would never look like themselves.
_BY_FIELD = {
    ("ReferenceDocument", "doi"): st.integers(1000, 10**8).map(lambda n: f"10.{n}/a(b)<c>;{n}"),
    ("ReferenceDocument", "url"): st.integers(1, 10**8).map(lambda n: f"https://example.org/{n}?a=b&c#d"),
}


def _with_body(kind, found, names):
    """Give every part an id of its own, and a body whose headings take none of them."""
    taken = set(RESERVED_IDS) | set(KINDS[kind].part_fields)
    for field in KINDS[kind].part_fields:
        for index, part in enumerate(found.get(field, [])):
            if part["id"] in taken:
                part["id"] = f"{field}-{index}"
            taken.add(part["id"])
    for index, stance in enumerate(found.get("stances", [])[1:]):
        if index % 2 == 0:
            stance["superseded_by"] = found["stances"][0]["id"]
    text = names.prose().filter(lambda text: not sections._HEADING.search(text) and "## " not in text)
    section = st.tuples(lines, text)

    def body(parts):
        written, seen = [], set(taken)
        for heading, text in parts:
            anchor = sections.anchor(heading)
            if anchor and anchor not in seen and not heading.endswith("#"):
                seen.add(anchor)
                written.append(f"## {heading}\n\n{text}")
        return found | {"body": clean.prose("\n\n".join(written))} if written else found

    return st.lists(section, max_size=3).map(body)
