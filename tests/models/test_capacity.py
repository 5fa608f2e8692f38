"""What the schema accepts, the columns hold: every field at its longest, of every kind.

SQLite takes texts of any length; PostgreSQL does not, and would fail in the middle of publishing.
"""

import itertools
import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from django.db import connection
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from procedures.documents.read import read
from procedures.documents.schema import KINDS
from procedures.documents.schema.types import Cites, Refers, RefersAny
from procedures.documents.write import write
from procedures.editorial import actions
from procedures.models import MODELS, Entry
from procedures.projection import document_of
from procedures.text import clean, frontmatter

# A letter that folds into five: names for comparison are longer than the names.
WIDE = "β"
PATTERNS = {
    "issued": "2026-12-31",
    "doi": "10.123456789/" + "x" * 187,
    "pmid": "9" * 9,
    "pmcid": "PMC" + "9" * 9,
    "url": "https://example.org/" + "x" * 480,
    "language": "en-US",
}
EXISTING = {
    "condition": "pregnancy",
    "complication": "cement-leakage",
    "procedure": "kyphoplasty",
    "reference": "nice2013",
}
_numbers = itertools.count()


def largest(schema):
    """Data of a schema with every field at its longest, and lists of one."""
    return {
        info.alias or name: PATTERNS.get(name) or _value(info.annotation, info.metadata)
        for name, info in schema.model_fields.items()
    }


def _value(annotation, metadata=()):
    metadata = [part for item in metadata for part in (item.metadata if isinstance(item, FieldInfo) else [item])]
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _value(inner, [*more, *metadata])
    if origin in (types.UnionType, typing.Union):
        return _value(next(arg for arg in typing.get_args(annotation) if arg is not type(None)), metadata)
    if origin is list:
        least = max((getattr(item, "min_length", None) or 1) for item in [*metadata, None])
        return [_value(typing.get_args(annotation)[0]) for _ in range(least)]
    if issubclass(annotation, BaseModel):
        return largest(annotation)
    if issubclass(annotation, Enum):
        return max((code.value for code in annotation), key=len)
    return _scalar(annotation, metadata)


def _scalar(annotation, metadata):
    for marker in metadata:
        if isinstance(marker, Refers):
            return EXISTING[marker.kind]
        if isinstance(marker, Cites):
            return EXISTING["reference"]
        if isinstance(marker, RefersAny):
            return "procedure:kyphoplasty#access"
    functions = [getattr(item, "func", None) for item in metadata]
    if clean.line in functions:
        return WIDE * 600
    if clean.prose in functions:
        return WIDE * 1000
    if annotation is bool:
        return "true"
    if annotation is date:
        return "9999-12-31"
    if annotation in (int, Decimal):
        top = min(
            (getattr(item, name) for item in metadata for name in ("le", "lt") if hasattr(item, name)),
            default=99_999_999,
        )
        return str(top - 1 if annotation is int else Decimal(top) - Decimal("0.0001"))
    return f"{next(_numbers):05}".rjust(80, "a")


def mended(kind, data):
    """The rules of whole parts kept."""
    for risk in data.get("risks", []):
        risk["incidence"] |= {"percent": "50", "events": "1000000000", "total": "2000000000"}
    for stance in data.get("stances", []):
        stance.pop("superseded_by")
    for author in data.get("author", []):
        author.pop("literal")
    data["body"] = "## " + "x" * 80 + f"\n\n{WIDE * 1000}"
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_longest_values_fit_their_columns(kind, db):
    slug = "a" * 80
    data = mended(kind, largest(KINDS[kind]))
    body = data.pop("body")
    text = frontmatter.write(data, body)
    reading = read(kind, slug, text)
    assert reading.faults == []

    actions.save_draft(kind=kind, slug=slug, text=text, by=None)
    actions.publish(kind=kind, slug=slug, by=None)
    connection.check_constraints()

    entry = Entry.objects.get(kind=kind, slug=slug)
    assert entry.title == WIDE * 600
    assert write(document_of(MODELS[kind].objects.get(slug=slug))) == write(reading.document)
