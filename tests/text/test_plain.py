"""Markdown as plain words, for snippets and the index."""

import pytest
from hypothesis import given

from procedures.text.plain import plain
from tests.strategies import prose


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, ""),
        ("", ""),
        ("A *b* **c** `d` ~~e~~", "A b c d e"),
        ("Stop. [@a; @b]", "Stop."),
        ("Seen [@a], then", "Seen, then"),
        ("See [[topic:bone-cement]] now", "See bone cement now"),
        ("See [[topic:bone-cement#x|the cement]]", "See the cement"),
        ("[text](https://x.org) ![alt](y.png)", "text alt"),
        ("## Heading\n\n- one\n- two\n\n1. three\n> four", "Heading one two three four"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("snake_case and 2*3*4", "snake_case and 2*3*4"),
        ("```\ncode\n```", "code"),
        ("L5–S1, ≥ 5 mm", "L5–S1, ≥ 5 mm"),
    ],
)
def test_plain_cases(text, words):
    assert plain(text) == words


def test_plain_asks_for_titles():
    assert plain("[[topic:a]] [[case:b|c]]", title=lambda kind, slug: f"<{kind} {slug}>") == "<topic a> c"


@given(prose)
def test_plain_is_one_line(text):
    assert plain(text) == " ".join(plain(text).split())
