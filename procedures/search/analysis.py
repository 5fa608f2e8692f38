"""PURE: text → the words that are indexed and searched, the same on every database.

Words are folded (no case, no diacritics), stemmed by the Snowball stemmer for English, and British spellings
take their American stem. Codes and spinal levels stay whole: `M80.08` is also `m8008`, `L5–S1` is `l5 s1`.
"""

import re
from functools import lru_cache

import snowballstemmer

from procedures.text.clean import fold

# Words too common to find anything by. Short on purpose: «no», «not» and «without» carry meaning here.
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "them",
        "these",
        "they",
        "this",
        "to",
        "was",
        "were",
        "which",
        "with",
    ]
)

_BRITISH = (
    (re.compile(r"aemia"), "emia"),
    (re.compile(r"haem"), "hem"),
    (re.compile(r"^oed"), "ed"),
    (re.compile(r"anaesth"), "anesth"),
    (re.compile(r"tumour"), "tumor"),
    (re.compile(r"colour"), "color"),
    (re.compile(r"ischaem"), "ischem"),
    (re.compile(r"oesoph"), "esoph"),
    (re.compile(r"fibre"), "fiber"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"litre"), "liter"),
    (re.compile(r"isation"), "ization"),
    (re.compile(r"is(e|ed|es|ing)$"), r"iz\1"),
    (re.compile(r"paed"), "ped"),
    (re.compile(r"gynaec"), "gynec"),
    (re.compile(r"ours?$"), "or"),
)
_CODE = re.compile(r"\b([A-Za-z]\d{2})\.(\w{1,4})\b")
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def stem(word):
    """The stem of one folded word. Words with a digit are codes or levels and stay as they are."""
    if not word.isalpha() or len(word) < 3:
        return word
    for pattern, american in _BRITISH:
        word = pattern.sub(american, word)
    return _stemmer.stemWord(word)


def words(text):
    """The folded words of a text, in order; a dotted code adds its undotted form."""
    return fold(_CODE.sub(r"\1\2 \1 \2", text)).split()


def stems(text):
    """The stems of a text, in order, without the commonest words."""
    return [stem(word) for word in words(text) if word not in STOP]
