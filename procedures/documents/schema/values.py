"""Values that records of several kinds hold: ranges, incidences, effects, codes."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from procedures.documents.schema.types import Count, Keys, Line, Number, Part, Percent, Prose
from procedures.documents.schema.vocabulary import CodeSystem


def low_to_high(part):
    """Raise ValueError where a range runs backwards or has one end only."""
    if (part.low is None) != (part.high is None):
        raise ValueError("low and high go together; give both or neither")
    if part.low is not None and part.low > part.high:
        raise ValueError(f"low {part.low} is above high {part.high}; exchange them")


class Range(Part):
    """A range whose unit is in the name of the field that holds it."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _ordered(self):
        low_to_high(self)
        return self


class Incidence(Part):
    """How often: n of N, a percentage, or a range of percentages, as the source prints it."""

    events: Count | None = Field(default=None, description="n: how many had the event.")
    total: Annotated[Count, Field(ge=1)] | None = Field(default=None, description="N: out of how many.")
    percent: Percent | None = Field(default=None, description="In percent, as the source prints it.")
    low: Percent | None = Field(default=None, description="Lower end, in percent.")
    high: Percent | None = Field(default=None, description="Upper end, in percent.")
    range_is: Line | None = Field(default=None, description="What low and high are: «95% CI», «across 12 series».")
    of: Line = Field(description="What is counted: patients, levels, vertebrae, procedures.")

    @model_validator(mode="after")
    def _agrees(self):
        if (self.events is None) != (self.total is None):
            raise ValueError("events and total go together; give both or neither")
        low_to_high(self)
        if self.events is None and self.percent is None and self.low is None:
            raise ValueError("holds no number; give events and total, percent, or low and high, or leave incidence out")
        if self.events is not None and self.events > self.total:
            raise ValueError(f"events {self.events} is more than total {self.total}")
        if self.events is not None and self.percent is not None:
            exact = Decimal(100 * self.events) / self.total
            if abs(exact - self.percent) > 1:
                raise ValueError(
                    f"percent {self.percent} does not agree with {self.events}/{self.total} "
                    f"({exact:.1f}%); give the source's own figures and say so in the note"
                )
        if self.range_is and self.low is None:
            raise ValueError("range_is needs low and high")
        return self


class Effect(Part):
    """A measured effect: difference, ratio or change, with its interval where the source gives one."""

    measure: Line = Field(description="What is measured: «difference in VAS at 12 months», «hazard ratio».")
    value: Number
    low: Number | None = None
    high: Number | None = None
    level: Annotated[Percent, Field(gt=0, lt=100)] | None = Field(
        default=None, description="Confidence level, percent."
    )
    unit: Line | None = Field(default=None, description="Unit or scale: «points of 10», «degrees», «mm».")

    @model_validator(mode="after")
    def _ordered(self):
        low_to_high(self)
        if self.level is not None and self.low is None:
            raise ValueError("level needs low and high")
        return self


class Certainty(Part):
    """How sure a source is, in the words of the scheme it uses."""

    level: Line = Field(description="As the scheme words it: «moderate», «B», «usually appropriate».")
    scheme: Line = Field(description="The scheme's name: «GRADE», «ACR Appropriateness Criteria».")


class Code(Part):
    """A code with its label. CPT descriptors are licensed: CPT codes stand as bare numbers."""

    system: CodeSystem
    code: Line
    label: Line | None = None
    citations: Keys = []

    @model_validator(mode="after")
    def _labelled(self):
        if self.system is CodeSystem.CPT and self.label:
            raise ValueError("a CPT code takes no label: its descriptor is licensed; remove the label")
        if self.system is not CodeSystem.CPT and not self.label:
            raise ValueError(f"a {self.system.value} code needs its label")
        return self


class Equipment(Part):
    """One thing that must be in the room."""

    item: Line
    note: Prose | None = None
    citations: Keys = []
