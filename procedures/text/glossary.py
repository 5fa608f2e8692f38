"""Terms in running text: where each is first named, so that it can be linked to its definition."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
# Between the words of one term there is a space, a hyphen or a line's end, nothing else.
_BETWEEN = re.compile(r"[ \n\u2010\u2011-]")


@dataclass(frozen=True)
class Name:
    """A name of a term. An abbreviation is matched as written; anything else whatever its case."""

    words: tuple[str, ...]
    slug: str
    exact: bool


@dataclass(frozen=True)
class Use:
    """A term named in a text from `start` to `end`."""

    start: int
    end: int
    slug: str


class Terms:
    """The names of all terms, ready for finding them: made once, used for many texts."""

    def __init__(self, names):
        """`names`: (name, slug, is it an abbreviation). A name that two terms share is left out."""
        owners = {}
        for text, slug, exact in names:
            words = tuple(_WORD.findall(text if exact else text.lower()))
            if words and (len(words) > 1 or len(words[0]) > 1):
                owners.setdefault((words, exact), set()).add(slug)
        self._by_first_word = {}
        for (words, exact), slugs in owners.items():
            if len(slugs) == 1:
                self._by_first_word.setdefault(words[0].lower(), []).append(Name(words, *slugs, exact))
        for found in self._by_first_word.values():
            found.sort(key=lambda name: -len(name.words))

    def first_uses(self, text, seen):
        """The terms named in a text that are not in `seen`, each once; `seen` learns them."""
        words = list(_WORD.finditer(text))
        uses, index = [], 0
        while index < len(words):
            name = self._at(text, words, index)
            if name and name.slug not in seen:
                seen.add(name.slug)
                uses.append(Use(words[index].start(), words[index + len(name.words) - 1].end(), name.slug))
            index += len(name.words) if name else 1
        return uses

    def _at(self, text, words, index):
        for name in self._by_first_word.get(_singular(words[index].group().lower()), ()) or self._by_first_word.get(
            words[index].group().lower(), ()
        ):
            if index + len(name.words) > len(words):
                continue
            run = words[index : index + len(name.words)]
            if all(
                _same(word.group(), wanted, name.exact) for word, wanted in zip(run, name.words, strict=True)
            ) and all(
                _BETWEEN.fullmatch(text[one.end() : other.start()]) for one, other in zip(run, run[1:], strict=False)
            ):
                return name
        return None


def _singular(word):
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _same(word, wanted, exact):
    if exact:
        return word == wanted
    word = word.lower()
    return word == wanted or _singular(word) == wanted
