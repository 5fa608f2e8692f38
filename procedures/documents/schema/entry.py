"""What every entry has, whatever its kind."""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from procedures.documents.schema.types import (
    Body,
    Day,
    EntryLinks,
    FieldError,
    Line,
    Lines,
    Part,
    Prose,
    Slug,
    Tags,
)
from procedures.text import sections

PartId = Annotated[Slug, Field(description="Stable id of this part: its anchor on the page.")]

# As long as a slug: in links an anchor stands beside one.
MAX_ANCHOR = 80
# Anchors that pages use themselves; a part or a section must not take them.
RESERVED_IDS = frozenset(
    [
        "main",
        "contents",
        "search",
        "summary",
        "at-a-glance",
        "in-plain-words",
        "equipment",
        "codes",
        "procedures",
        "incidence",
        "cases",
        "sources",
        "related",
        "referred-to-by",
        "tags",
        "top",
    ]
)


class EntryDocument(Part):
    """Title, other names, summary, tags and prose: common to all kinds."""

    kind: ClassVar[str]
    # Fields that hold lists of parts with an `id`, in the order of the page.
    part_fields: ClassVar[tuple[str, ...]] = ()

    title: Line
    synonyms: Lines = Field(default=[], description="Other names, British spellings among them.")
    abbreviations: Lines = []
    summary: Prose = Field(description="What it is, in one to three sentences, with citations.")
    tags: Tags = []
    related: EntryLinks = Field(default=[], description="Entries worth reading next, as kind:slug.")
    review_by: Day | None = Field(default=None, description="The entry is due for review on this day.")
    body: Body = Field(default="", description="The prose after the front matter, in `##` sections.")

    @property
    def sections(self):
        return sections.split(self.body)

    def parts(self):
        """(field, index, part) of every part that has an id."""
        for field in self.part_fields:
            for index, part in enumerate(getattr(self, field)):
                yield field, index, part

    @model_validator(mode="after")
    def _anchors_are_unique(self):
        ids = [((field, index, "id"), part.id) for field, index, part in self.parts()]
        for path, message in anchor_faults(ids, self.sections, self.part_fields):
            raise FieldError(path, message)
        return self


def anchor_faults(ids, parts_sections, part_fields):
    """(path, message) for every id or heading whose anchor is taken. `ids`: (path, id) in page order."""
    seen = dict.fromkeys(RESERVED_IDS | set(part_fields), "the page itself")
    for path, part_id in ids:
        if part_id in seen:
            yield path, f"the id «{part_id}» is taken by {seen[part_id]}; choose another"
        else:
            seen[part_id] = f"{path[0]}.{path[1] + 1}"
    for section in parts_sections:
        if not section.title:
            continue
        if not section.id:
            yield (
                ("body", section.line),
                f"the heading «{section.title}» has no letter or digit to make an anchor of",
            )
        elif len(section.id) > MAX_ANCHOR:
            yield (
                ("body", section.line),
                f"the heading «{section.title[:40]}…» makes an anchor of more than {MAX_ANCHOR} characters; shorten it",
            )
        elif section.id in seen:
            yield (
                ("body", section.line),
                f"the heading «{section.title}» makes the anchor «{section.id}», which is "
                f"taken by {seen[section.id]}; reword the heading",
            )
        else:
            seen[section.id] = f"the section «{section.title}»"
