"""Sections of a body: its `##` headings and what stands under each."""

import re
from dataclasses import dataclass

from procedures.text import marks

_HEADING = re.compile(r"^##[ ]+(.+?)[ ]*#*$")


@dataclass(frozen=True)
class Section:
    """A section: its anchor, its heading, its Markdown, and its line within the body, from 0."""

    id: str
    title: str
    text: str
    line: int


def anchor(title):
    """A heading as an anchor: `Pitfalls for residents` → `pitfalls-for-residents`."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def split(body):
    """The sections of a body; text before the first heading is a section with an empty title and id."""
    sections, title, lines, start = [], "", [], 0

    def close():
        text = "\n".join(lines).strip("\n").rstrip()
        if title or text:
            sections.append(Section(anchor(title), title, text, start))

    shown = marks.without_fenced(body).split("\n")
    for number, text in enumerate(body.split("\n")):
        heading = _HEADING.match(text) if shown[number] == text else None
        if heading:
            close()
            title, lines, start = heading.group(1), [], number
        else:
            lines.append(text)
    close()
    return sections
