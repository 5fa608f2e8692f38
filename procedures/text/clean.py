"""What a string must be before it may stand in an entry.

Two shapes: a *line* (no line break) and *prose* (Markdown, many lines). Cleaning is idempotent:
`line(line(x)) == line(x)` and the same for prose, which is what makes a canonical text possible.
"""

import re
import unicodedata

# Controls, surrogates, private and unassigned code points, and the two Unicode line separators: none is
# text, several break YAML, and lone surrogates cannot be stored.
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
# Direction overrides can make a dose read differently from what is stored; a byte-order mark is not text.
_REFUSED = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def refuse_hidden(value):
    """Raise ValueError naming the first character that is not text."""
    for position, character in enumerate(value):
        if character == "\n":
            continue
        if character in _REFUSED or unicodedata.category(character) in _REFUSED_CATEGORIES:
            name = unicodedata.name(character, "control or unassigned character")
            raise ValueError(
                f"holds the hidden character U+{ord(character):04X} ({name.lower()}) at position "
                f"{position + 1}; delete it"
            )
    return value


def line(value):
    """One line: composed Unicode, single spaces, nothing at the ends. Raises ValueError."""
    value = unicodedata.normalize("NFC", value)
    if "\n" in value.strip():
        raise ValueError("must be one line; remove the line break")
    return " ".join(refuse_hidden(value.replace("\t", " ").strip()).split())


def prose(value):
    """Markdown: composed Unicode, LF ends, no trailing spaces, no outer blank lines. Raises ValueError."""
    value = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    refuse_hidden(value)
    return "\n".join(part.rstrip() for part in value.split("\n")).strip("\n").rstrip()


def fold(value):
    """For comparing and sorting: no case, no diacritics, words of letters and digits with single spaces."""
    value = value.translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


# Letters that decompose into nothing, and the Greek that medicine writes.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "đ": "d",
        "ı": "i",
        "α": " alpha ",
        "β": " beta ",
        "γ": " gamma ",
        "δ": " delta ",
        "μ": "u",
        "µ": "u",
        "κ": " kappa ",
    }
)
