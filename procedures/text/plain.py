"""Markdown → plain text, for snippets, meta descriptions and the search index."""

import re

from procedures.text import marks

_MARKS = (
    (re.compile(r"^```.*?$", re.MULTILINE), ""),
    (re.compile(r"!\[([^\[\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s{0,3}(#{1,6}|>|[-*+]|\d+[.)])\s+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__|`|~~)"), ""),
    (re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)"), ""),
    (re.compile(r"^(?=.*\|)[ :|-]+$", re.MULTILINE), ""),
)


def plain(text, title=lambda kind, slug: slug.replace("-", " ")):
    """The words of a Markdown text: citations dropped, links as their text or `title(kind, slug)`."""
    if not text:
        return ""
    text = marks.CITATION.sub("", text)
    text = marks.LINK.sub(lambda match: match.group(4) or title(match.group(1), match.group(2)), text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    text = " ".join(text.replace("|", " ").split())
    return re.sub(r" ([.,;:])", r"\1", text)


_SENTENCE = re.compile(r"(?<=[a-z0-9)%»”][.?!])\s+(?=[A-Z«“(])")


def first_sentence(text, limit=220):
    """The first sentence of a Markdown text in plain words, cut at a word where it is longer than `limit`."""
    sentence = _SENTENCE.split(plain(text), maxsplit=1)[0]
    return sentence if len(sentence) <= limit else sentence[:limit].rsplit(" ", 1)[0] + " …"
