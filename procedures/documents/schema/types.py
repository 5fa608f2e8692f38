"""The types that all kinds share: cleaned text, slugs, numbers, and the markers that say what a field means.

Markers (`Refers`, `Cites`, `Markdown`) stand in a field's metadata, so that one walk over any document finds
every link and citation in it (`procedures.documents.walk`).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

from procedures.text import clean, marks


class FieldError(ValueError):
    """A fault that a whole-part rule finds in one field: `path` is relative to the part that raises."""

    def __init__(self, path, message):
        super().__init__(message)
        self.path = path


class Part(BaseModel):
    """A frozen value with no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


@dataclass(frozen=True)
class Refers:
    """The field holds the slug of an entry of this kind."""

    kind: str


@dataclass(frozen=True)
class RefersAny:
    """The field holds `kind:slug` or `kind:slug#part`."""


@dataclass(frozen=True)
class Cites:
    """The field holds the key of a reference."""


@dataclass(frozen=True)
class Markdown:
    """The field holds Markdown: links and citations in it count."""


def _unique(values):
    doubled = sorted({str(value) for value in values if values.count(value) > 1})
    if doubled:
        raise ValueError(f"holds {', '.join(doubled)} more than once; remove the repetition")
    return values


def _sorted(values):
    return sorted(_unique(values))


def _number(value):
    # 8.0 and 8 are the same measurement here: one canonical form, no exponent, no negative zero.
    value = value.normalize() + 0
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def _in_json(value):
    return int(value) if value == value.to_integral() else float(value)


Line = Annotated[str, AfterValidator(clean.line), Field(min_length=1, max_length=600)]
Prose = Annotated[str, AfterValidator(clean.prose), Field(min_length=1, max_length=20_000), Markdown()]
Body = Annotated[str, AfterValidator(clean.prose), Field(max_length=200_000), Markdown()]
Slug = Annotated[str, Field(pattern=rf"^{marks.SLUG}$", max_length=80)]
Key = Annotated[str, Field(pattern=rf"^{marks.KEY}$", max_length=80), Cites()]
EntryLink = Annotated[str, Field(pattern=rf"^[a-z]+:[a-z0-9_-]+(#{marks.SLUG})?$", max_length=200), RefersAny()]
Number = Annotated[
    Decimal,
    Field(max_digits=12, decimal_places=4, allow_inf_nan=False),
    AfterValidator(_number),
    PlainSerializer(_in_json, return_type=int | float, when_used="json"),
]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Year = Annotated[int, Field(ge=1800, le=2100)]
Day = date

Lines = Annotated[list[Line], AfterValidator(_unique)]
Keys = Annotated[list[Key], AfterValidator(_unique)]
EntryLinks = Annotated[list[EntryLink], AfterValidator(_unique)]
Tags = Annotated[list[Slug], AfterValidator(_sorted)]


def slug_of(kind):
    """The slug of an entry of this kind."""
    return Annotated[Slug, Refers(kind)]


def slugs_of(kind):
    """Slugs of entries of this kind: a set, kept sorted so that it has one canonical order."""
    return Annotated[list[slug_of(kind)], AfterValidator(_sorted)]


def choices(vocabulary):
    """Codes of a vocabulary in the order of the vocabulary: a set with one canonical order."""
    order = list(vocabulary)
    return Annotated[list[vocabulary], AfterValidator(lambda values: sorted(_unique(values), key=order.index))]
