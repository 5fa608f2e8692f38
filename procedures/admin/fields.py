"""Schema → field tree: what the form of a kind consists of, generated from its pydantic schema.

Pure: no Django, no database. Nothing here knows a kind or a field by name, but that the body stands last.
"""

import types
import typing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from procedures.documents.schema import KINDS
from procedures.documents.schema.types import Cites, Markdown, Refers, RefersAny
from procedures.documents.schema.vocabulary import VOCABULARIES
from procedures.text import marks

_VOCABULARY = {codes: name for name, codes in VOCABULARIES.items()}
# A larger bound than this keeps the database whole and tells an editor nothing.
_TOLD_BOUND = 1_000_000


@dataclass(frozen=True)
class Field:
    """One field of a form. `sort` names its template:

    line, text, number, date, choice, flag    one value
    lines, choices                            a list of values
    group                                     `fields`, nested
    parts                                     a list of groups that grows, shrinks and is put in order
    """

    name: str
    sort: str
    required: bool = False
    help: str = ""
    hint: str = ""
    default: str = ""
    codes: tuple[str, ...] = ()
    vocabulary: str = ""
    names: str = ""  # the kind whose slugs it holds; "entry" where it holds kind:slug
    fields: tuple["Field", ...] = ()

    @property
    def label(self):
        words = self.name.replace("_", " ").replace("-", " ")
        return words[0].upper() + words[1:] if len(words) > 1 else words

    @property
    def is_compact(self):
        """A few short values: shown in one row."""
        return len(self.fields) <= 4 and all(field.sort in ("line", "number", "choice") for field in self.fields)


@cache
def fields_of(kind):
    """The form of a kind, as one group without a name."""
    fields = _fields(KINDS[kind])
    return Field(
        "", "group", fields=(*(f for f in fields if f.name != "body"), *(f for f in fields if f.name == "body"))
    )


def _fields(schema):
    return tuple(_field(info.alias or name, info) for name, info in schema.model_fields.items())


def _field(name, info):
    base, is_list, own, item = _unwrapped(info.annotation, info.metadata)
    common = {"name": name, "required": info.is_required() or (is_list and bool(_bound(own, "min_length")))}
    is_part = isinstance(base, type) and issubclass(base, BaseModel)
    if is_part:
        described = info.description or base.__doc__ or ""
        return Field(sort="parts" if is_list else "group", help=described, fields=_fields(base), **common)
    marker = next((m for m in (*own, *item) if isinstance(m, Cites | Markdown | Refers | RefersAny)), None)
    common |= {"help": info.description or "", "hint": _hint(base, is_list, marker, (*own, *item))}
    if issubclass(base, Enum):
        codes = tuple(code.value for code in base)
        return Field(
            sort="choices" if is_list else "choice", codes=codes, vocabulary=_VOCABULARY.get(base, ""), **common
        )
    if is_list:
        return Field(sort="lines", names=_names(marker), **common)
    if base is bool:
        return Field(sort="flag", **common)
    default = "" if info.is_required() or info.default is None else str(info.default)
    sort = {int: "number", Decimal: "number", date: "date"}.get(base, "text" if marker == Markdown() else "line")
    return Field(sort=sort, names=_names(marker), default=default, **common)


def _unwrapped(annotation, metadata=()):
    """(type, is it a list, its metadata, the metadata of the list's items) behind Annotated, | None and list."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _unwrapped(inner, (*metadata, *_constraints(more)))
    if origin in (types.UnionType, typing.Union):
        inner = next(arg for arg in typing.get_args(annotation) if arg is not types.NoneType)
        return _unwrapped(inner, metadata)
    if origin is list:
        item, _, constraints, _ = _unwrapped(typing.get_args(annotation)[0])
        return item, True, tuple(metadata), constraints
    return annotation, False, tuple(metadata), ()


def _constraints(metadata):
    for each in metadata:
        if isinstance(each, FieldInfo):
            yield from each.metadata
        else:
            yield each


def _bound(metadata, name):
    """The last value that a constraint of this name has; later metadata narrows earlier."""
    return next((getattr(m, name) for m in reversed(metadata) if getattr(m, name, None) is not None), None)


def _names(marker):
    if isinstance(marker, Refers):
        return marker.kind
    return "reference" if isinstance(marker, Cites) else "entry" if isinstance(marker, RefersAny) else ""


def _hint(base, is_list, marker, metadata):
    """What may be written, in a few words."""
    hints = ["one a line"] if is_list and not issubclass(base, Enum) else []
    pattern = _bound(metadata, "pattern")
    if isinstance(marker, Refers):
        hints.insert(0, f"slugs of {marker.kind} entries" if is_list else f"the slug of a {marker.kind}")
    elif isinstance(marker, Cites):
        hints.insert(0, "keys of references" if is_list else "the key of a reference")
    elif isinstance(marker, RefersAny):
        hints.insert(0, "kind:slug or kind:slug#part")
    elif isinstance(marker, Markdown):
        hints.append("Markdown")
    elif pattern == f"^{marks.SLUG}$":
        hints.insert(0, "lower-case letters, digits and hyphens")
    elif pattern:
        hints.append(f"of the form {pattern}")
    if base is date:
        hints.append("year-month-day, such as 2026-11-20")
    if base in (int, Decimal):
        hints += ["whole number"] * (base is int) + _range(metadata)
    return "; ".join(hints)


def _range(metadata):
    words = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}
    bounds = {name: _bound(metadata, name) for name in words}
    bounds = {name: bound for name, bound in bounds.items() if bound is not None and abs(bound) < _TOLD_BOUND}
    if {"ge", "le"} <= set(bounds):
        return [f"{bounds['ge']} to {bounds['le']}"]
    return [f"{words[name]} {bound}" for name, bound in bounds.items()]
