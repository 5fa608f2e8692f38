"""How hard a text is to read: the Flesch–Kincaid grade (Kincaid et al. 1975), with syllables counted by pyphen."""

import re
from functools import lru_cache

import pyphen

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)")


@lru_cache(maxsize=1)
def _hyphenator():
    # Counting syllables wants every break, also next to a single letter («a-ble»).
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def syllables(word):
    """The number of syllables of an English word, at least one."""
    return max(1, len(_hyphenator().positions(word.lower())) + 1)


def grade(text):
    """The US school grade at which a plain text is read; 0.0 for a text without words."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
