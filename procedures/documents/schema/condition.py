"""A condition: a disease or a finding that speaks for or against a procedure."""

from typing import ClassVar

from pydantic import Field, model_validator

from procedures.documents.schema.entry import EntryDocument, PartId
from procedures.documents.schema.types import FieldError, Keys, Line, Part, Prose, Slug, Year, slugs_of
from procedures.documents.schema.values import Code
from procedures.documents.schema.vocabulary import ConditionType, Direction, Seen


class Stance(Part):
    """What one body says, in one document, of one procedure or more."""

    id: PartId
    body: Line = Field(description="The body, as it names itself: «NICE», «ASBMR».")
    document: Line
    year: Year | None = Field(default=None, description="Left out where the document shows none.")
    procedures: slugs_of("procedure") = []
    subject: Line | None = Field(default=None, description="What is judged, where it is none of our procedures.")
    direction: Direction
    strength: Line = Field(description="In the body's own grading: «option», «usually appropriate», «grade not seen».")
    scheme: Line | None = Field(default=None, description="The grading's name: «GRADE», «RAND/UCLA».")
    population: Line
    note: Prose | None = None
    status: Line | None = Field(default=None, description="«in force when read», «current status not seen».")
    superseded_by: Slug | None = Field(default=None, description="The id of the stance that replaces it.")
    seen: Seen
    citations: Keys = Field(min_length=1)

    @model_validator(mode="after")
    def _judges_something(self):
        if not self.procedures and not self.subject:
            raise ValueError("needs `procedures` or, where it judges none of ours, `subject`")
        return self


class ConditionDocument(EntryDocument):
    kind: ClassVar[str] = "condition"
    part_fields: ClassVar[tuple[str, ...]] = ("stances",)

    type: ConditionType = Field(description="A disease, or a finding that the finder offers.")
    codes: list[Code] = []
    stances: list[Stance] = []

    @model_validator(mode="after")
    def _superseded_by_a_stance(self):
        ids = {stance.id for stance in self.stances}
        for index, stance in enumerate(self.stances):
            if stance.superseded_by and stance.superseded_by not in ids - {stance.id}:
                raise FieldError(
                    ("stances", index, "superseded_by"),
                    f"no other stance here has the id «{stance.superseded_by}»",
                )
        return self
