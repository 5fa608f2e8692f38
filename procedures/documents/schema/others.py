"""The kinds without parts of their own: complication, case, topic, reference, term."""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from procedures.documents.schema.entry import EntryDocument
from procedures.documents.schema.types import Day, EntryLinks, Keys, Line, Part, Prose, slugs_of
from procedures.documents.schema.values import Code
from procedures.documents.schema.vocabulary import AgeBand, Evidence, ReferenceType, Seen, Sex


class ComplicationDocument(EntryDocument):
    """What can go wrong, across procedures; how often is derived from the risks of the procedures."""

    kind: ClassVar[str] = "complication"

    codes: list[Code] = []


class CaseDocument(EntryDocument):
    """A de-identified case study."""

    kind: ClassVar[str] = "case"

    age_band: AgeBand
    sex: Sex
    levels: Annotated[list[Line], Field(description="Spinal or sacral levels: T11, S1.")] = []
    conditions: slugs_of("condition") = []
    procedures: slugs_of("procedure") = []
    complications: slugs_of("complication") = []
    teaches: EntryLinks = Field(default=[], description="The steps, risks and topics that the case shows.")
    rights: Line = Field(description="Whose account it is and on what terms it is retold.")
    citations: Keys = Field(min_length=1)


class TopicDocument(EntryDocument):
    """Anatomy and cross-cutting knowledge."""

    kind: ClassVar[str] = "topic"


class TermDocument(EntryDocument):
    """A glossary term; its definition is the summary."""

    kind: ClassVar[str] = "term"


class Author(Part):
    """A person (family, given) or a body (literal), as in CSL."""

    family: Line | None = None
    given: Line | None = None
    literal: Line | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self):
        if bool(self.family) == bool(self.literal):
            raise ValueError("needs either family (a person) or literal (a body)")
        if self.given and not self.family:
            raise ValueError("given needs family")
        return self


class ReferenceDocument(EntryDocument):
    """One source, in CSL terms. Its slug is its citation key."""

    kind: ClassVar[str] = "reference"

    # A reference's summary is its own description line; sources need none.
    summary: Prose | None = None
    type: ReferenceType
    evidence: Evidence
    author: list[Author] = []
    issued: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")] | None = Field(
        default=None, description="Year, or year-month, or year-month-day."
    )
    container_title: Line | None = Field(default=None, alias="container-title")
    volume: Line | None = None
    issue: Line | None = None
    page: Line | None = None
    publisher: Line | None = None
    doi: Annotated[str, Field(pattern=r"^10\.[0-9]{4,9}/\S+$", max_length=200)] | None = Field(
        default=None, alias="DOI"
    )
    pmid: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] | None = Field(default=None, alias="PMID")
    pmcid: Annotated[str, Field(pattern=r"^PMC[0-9]{1,9}$")] | None = Field(default=None, alias="PMCID")
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$", max_length=500)] | None = Field(
        default=None, alias="URL"
    )
    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    seen: Seen = Field(description="How much of it was read.")
    checked: Day | None = Field(default=None, description="The day on which the record was compared with the source.")
    retracted: bool = False
    note: Prose | None = None

    @model_validator(mode="after")
    def _can_be_found(self):
        if not (self.doi or self.pmid or self.pmcid or self.url or self.note):
            raise ValueError("needs a DOI, PMID, PMCID or URL, or a note that says where the source is kept")
        return self
