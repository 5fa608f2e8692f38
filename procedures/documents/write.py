"""Document → data → canonical text. Deterministic: the same document, the same bytes."""

from datetime import date
from decimal import Decimal
from enum import Enum

from pydantic import BaseModel

from procedures.text import frontmatter


def to_data(document):
    """The document as dict, list and str, without what is absent or at its default; `body` among it."""
    return _part(document)


def write(document):
    """The canonical text of a document."""
    data = to_data(document)
    body = data.pop("body", "")
    return frontmatter.write(data, body)


def _part(part):
    data = {}
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if value is None or value == [] or (not field.is_required() and value == field.default):
            continue
        data[field.alias or name] = _value(value)
    return data


def _value(value):
    if isinstance(value, BaseModel):
        return _part(value)
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
