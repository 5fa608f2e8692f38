"""PURE: what was typed → a value. No SQL, no Django."""

from dataclasses import dataclass

from procedures.search.analysis import STOP, stem, words
from procedures.text.clean import fold

MAX_LENGTH = 200
MAX_WORDS = 12


@dataclass(frozen=True)
class Query:
    """A search: `text` as typed (cut to MAX_LENGTH), `folded` for names, `stems` to match, without repetition."""

    text: str
    folded: str
    stems: tuple[str, ...]

    def __bool__(self):
        return bool(self.stems)


def parse(text):
    """Any text → Query; what holds no letter or digit is an empty one."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text[: MAX_LENGTH * 4]).split())[:MAX_LENGTH]
    found = words(text)
    # A query of nothing but common words still means them.
    meant = [word for word in found if word not in STOP] or found
    return Query(text, fold(text), tuple(dict.fromkeys(stem(word) for word in meant))[:MAX_WORDS])
