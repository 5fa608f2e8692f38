"""The two marks that Markdown gains here: links between entries, and citations.

    [[condition:kummell-disease]]              the entry, under its own title
    [[procedure:vertebroplasty#inject|text]]   a part of it, under a text
    [@clark2016]  [@clark2016; @carli2023]     sources

Code spans and fenced blocks are not searched: there the marks are shown, not meant.
"""

import re
from dataclasses import dataclass

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KEY = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"

LINK = re.compile(r"\[\[([a-z]+):([a-z0-9_-]+)(?:#([a-z0-9_-]+))?(?:\|([^\[\]|]+))?\]\]")
CITATION = re.compile(rf"\[(@{KEY}(?:\s*;\s*@{KEY})*)\]")
# Code as `render` shows it too: a fenced block, and a span that begins and ends on one line, so that a stray
# backtick cannot take the marks of the paragraphs below for code.
CODE_SPAN = r"(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)"
_FENCED = re.compile(r"^(~{3,}|`{3,})[ ]*\.?[\w#.+-]*[ ]*\n(?s:.*?)(?<=\n)\1[ ]*$", re.MULTILINE)
_SPAN = re.compile(CODE_SPAN)
_LOOSE_LINK = re.compile(r"\[\[[^\n]{0,60}")
_LOOSE_CITATION = re.compile(r"\[@[^\n]{0,60}")


@dataclass(frozen=True)
class Link:
    """A link found in prose; `line` counts from 0 within the text."""

    line: int
    kind: str
    slug: str
    part: str | None
    text: str | None


@dataclass(frozen=True)
class Citation:
    """One key cited in prose; `line` counts from 0 within the text."""

    line: int
    key: str


def find(text):
    """All marks of a text, and the mistyped ones: (links, citations, [(line, message)])."""
    if "[[" not in text and "[@" not in text:
        return [], [], []
    text = _SPAN.sub(_blank, without_fenced(text))
    links, citations, faults = [], [], []

    def line(match):
        return text.count("\n", 0, match.start())

    for match in LINK.finditer(text):
        links.append(Link(line(match), *match.groups()))
    for match in CITATION.finditer(text):
        citations.extend(Citation(line(match), key) for key in keys(match))
    rest = CITATION.sub(_blank, LINK.sub(_blank, text))
    for match in _LOOSE_LINK.finditer(rest):
        faults.append((line(match), f"«{match.group()}» is not a link; write [[kind:slug]] or [[kind:slug#part|text]]"))
    for match in _LOOSE_CITATION.finditer(rest):
        faults.append((line(match), f"«{match.group()}» is not a citation; write [@key] or [@key1; @key2]"))
    return links, citations, faults


def without_fenced(text):
    """The text with its fenced blocks blanked, line for line and column for column."""
    return _FENCED.sub(_blank, text) if "```" in text or "~~~" in text else text


def renamed(text, kind, old, new):
    """The text with its links to `kind:old` (citations, where the kind is reference) naming `new`."""

    def link(match):
        if match.group(1, 2) != (kind, old):
            return match.group()
        start, end = match.start(2) - match.start(), match.end(2) - match.start()
        return match.group()[:start] + new + match.group()[end:]

    def citation(match):
        return "[" + "; ".join(f"@{new if key == old else key}" for key in keys(match)) + "]"

    if kind == "reference":
        text = _outside_code(CITATION, citation, text)
    return _outside_code(LINK, link, text)


def _outside_code(pattern, change, text):
    meant = _SPAN.sub(_blank, without_fenced(text))
    return pattern.sub(lambda match: change(match) if meant[match.start()] == "[" else match.group(), text)


def keys(match):
    """The keys of one CITATION match, in order."""
    return [part.strip().removeprefix("@") for part in match.group(1).split(";")]


def _blank(match):
    return re.sub(r"[^\n]", " ", match.group())
