"""PURE: the piece of a text that answers a query best, with the matching words marked."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from procedures.search.analysis import stem
from procedures.text.clean import fold

_WORD = re.compile(r"\w+")
LENGTH = 220


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def cut(text, stems, length=LENGTH):
    """A tuple of `Piece`s of about `length` characters around the densest group of matching words."""
    wanted = set(stems)
    words = [
        (m.start(), m.end(), any(stem(w) in wanted for w in fold(m.group()).split())) for m in _WORD.finditer(text)
    ]
    hits = [index for index, word in enumerate(words) if word[2]]
    begin = 0
    if hits:
        ends = [words[index][1] for index in hits]
        most = max(range(len(hits)), key=lambda nth: (bisect_right(ends, words[hits[nth]][0] + length) - nth, -nth))
        begin = _start(text, words, hits[most])
    end = len(text) if begin + length >= len(text) else text.rfind(" ", begin, begin + length) or begin + length
    if end <= begin:
        end = begin + length
    pieces, at = ([Piece("… ")] if begin else []), begin
    for start, stop, marked in words:
        if marked and start >= begin and stop <= end:
            if start > at:
                pieces.append(Piece(text[at:start]))
            pieces.append(Piece(text[start:stop], True))
            at = stop
    if at < end:
        pieces.append(Piece(text[at:end]))
    if end < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _start(text, words, index):
    """A little before the word, at the beginning of a sentence or a word."""
    position = words[index][0]
    if position <= 60:
        return 0
    sentence = text.rfind(". ", position - 60, position)
    return sentence + 2 if sentence >= 0 else words[max(0, index - 4)][0]
