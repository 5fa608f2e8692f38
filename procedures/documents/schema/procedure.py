"""A procedure: one image-guided procedure and its parts."""

from typing import ClassVar

from pydantic import Field, model_validator

from procedures.documents.schema.entry import EntryDocument, PartId
from procedures.documents.schema.schematic import Schematic
from procedures.documents.schema.types import (
    Count,
    Day,
    Key,
    Keys,
    Line,
    Part,
    Prose,
    choices,
    slug_of,
    slugs_of,
)
from procedures.documents.schema.values import Certainty, Code, Effect, Equipment, Incidence, Range
from procedures.documents.schema.vocabulary import (
    Anesthesia,
    Approach,
    Design,
    Family,
    Filler,
    Grade,
    Guidance,
    Phase,
    Position,
    Region,
    Setting,
    Severity,
    Strength,
    Verdict,
)


class AtAGlance(Part):
    family: Family
    regions: choices(Region) = []
    guidance: choices(Guidance) = []
    approaches: choices(Approach) = []
    position: choices(Position) = []
    anesthesia: choices(Anesthesia) = []
    access_gauge: Range | None = Field(default=None, description="Needle gauge (G), low to high number.")
    filler: choices(Filler) = []
    setting: choices(Setting) = []
    duration_minutes: Range | None = Field(default=None, description="Minutes, as the cited source measures it.")
    note: Prose | None = None
    citations: Keys = []


class Indication(Part):
    """Sources speak for the procedure in a condition, or say nothing about it although it was looked for."""

    id: PartId
    condition: slug_of("condition")
    strength: Strength
    certainty: Certainty | None = None
    given: slugs_of("condition") = Field(default=[], description="Findings that must be present for it to apply.")
    note: Prose
    searched: Day | None = Field(default=None, description="With no-statement: the day on which sources were sought.")
    citations: Keys = []

    @model_validator(mode="after")
    def _search_is_dated(self):
        if self.strength is Strength.NO_STATEMENT and self.searched is None:
            raise ValueError("no-statement needs `searched`: the day on which sources were sought")
        if self.strength is not Strength.NO_STATEMENT and not self.citations:
            raise ValueError("needs at least one citation; only no-statement stands without")
        return self


class Contraindication(Part):
    """Sources speak against the procedure in a condition."""

    id: PartId
    condition: slug_of("condition")
    grade: Grade
    why: Prose
    unless: Prose | None = Field(default=None, description="What would change it.")
    citations: Keys = Field(min_length=1)


class Hazard(Part):
    """What can go wrong at a step, and what to do then."""

    complication: slug_of("complication") | None = None
    text: Prose
    rescue: Prose | None = None
    citations: Keys = []


class Step(Part):
    id: PartId
    phase: Phase
    title: Line
    body: Prose
    check: Prose | None = Field(default=None, description="What must be seen before going on.")
    hazards: list[Hazard] = []
    schematic: Schematic | None = None
    citations: Keys = Field(min_length=1)


class Risk(Part):
    """A complication in a population: how often, how it shows, what to do."""

    id: PartId
    complication: slug_of("complication")
    population: Line = Field(description="Who: disease, procedure variant, how it was looked for.")
    incidence: Incidence | None = None
    time_point: Line | None = Field(
        default=None, description="When it was measured: «at 30 days», «on CT the same day»."
    )
    severity: Severity
    early_sign: Prose | None = None
    prevention: Prose | None = None
    management: Prose | None = None
    note: Prose | None = None
    citations: Keys = Field(min_length=1)


class Study(Part):
    id: PartId
    reference: Key
    design: Design
    n: Count | None = Field(default=None, description="Number analysed or randomised, in the unit of n_of.")
    n_of: Line = "patients"
    population: Line
    comparator: Line | None = None
    outcome: Line
    result: Prose = Field(description="What was found, in words, with the figures of the source.")
    effect: Effect | None = None
    verdict: Verdict
    citations: Keys = Field(default=[], description="Sources besides the reference itself.")


class ProcedureDocument(EntryDocument):
    kind: ClassVar[str] = "procedure"
    part_fields: ClassVar[tuple[str, ...]] = ("indications", "contraindications", "steps", "risks", "studies")

    plain_summary: Prose | None = Field(default=None, description="For patients, without jargon.")
    at_a_glance: AtAGlance
    indications: list[Indication] = []
    contraindications: list[Contraindication] = []
    equipment: list[Equipment] = []
    steps: list[Step] = []
    risks: list[Risk] = []
    studies: list[Study] = []
    codes: list[Code] = []
