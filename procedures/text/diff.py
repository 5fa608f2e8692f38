"""The difference of two texts, as values: lines kept, taken away, added; words marked within changed lines."""

import difflib
import re
from dataclasses import dataclass

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing costs the product of the lengths: beyond this, frequent lines and words are no longer matched.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True)
class Span:
    """A run of text within a line; `changed` where the other side differs."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Line:
    """One line: `sort` is "same", "removed" or "added"; line numbers count from 1, None where the side has none."""

    sort: str
    spans: tuple[Span, ...]
    old: int | None = None
    new: int | None = None

    @property
    def text(self):
        return "".join(span.text for span in self.spans)


def diff(old, new):
    """All lines of both texts, in reading order, as a tuple of `Line`."""
    before, after = old.splitlines(), new.splitlines()
    result = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if tag == "equal":
            result += [Line("same", (Span(before[i]),), i + 1, j1 + i - i1 + 1) for i in range(i1, i2)]
            continue
        removed, added = before[i1:i2], after[j1:j2]
        marked = [_words(a, b) for a, b in zip(removed, added, strict=False)]
        for index, text in enumerate(removed):
            spans = marked[index][0] if index < len(marked) else (Span(text, True),)
            result.append(Line("removed", spans, old=i1 + index + 1))
        for index, text in enumerate(added):
            spans = marked[index][1] if index < len(marked) else (Span(text, True),)
            result.append(Line("added", spans, new=j1 + index + 1))
    return tuple(result)


def apply(lines, side):
    """One of the two texts, rebuilt from a difference: side is "old" or "new"."""
    return [line.text for line in lines if getattr(line, side) is not None]


def hunks(lines, context=3):
    """The changed lines with `context` kept lines around them: a list of tuples of `Line`."""
    wanted = set()
    for index, line in enumerate(lines):
        if line.sort != "same":
            wanted.update(range(max(0, index - context), min(len(lines), index + context + 1)))
    groups, last = [], None
    for index in sorted(wanted):
        if last is None or index != last + 1:
            groups.append([])
        groups[-1].append(lines[index])
        last = index
    return [tuple(group) for group in groups]


def _opcodes(before, after):
    return difflib.SequenceMatcher(None, before, after, autojunk=len(before) * len(after) > _MOST_PAIRS).get_opcodes()


def _words(old, new):
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    left, right = [], []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if i2 > i1:
            left.append(Span("".join(before[i1:i2]), tag != "equal"))
        if j2 > j1:
            right.append(Span("".join(after[j1:j2]), tag != "equal"))
    return tuple(left) or (Span(""),), tuple(right) or (Span(""),)
