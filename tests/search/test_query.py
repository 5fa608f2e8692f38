"""What was typed becomes a small, harmless value, whatever it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.search.query import MAX_LENGTH, MAX_WORDS, parse

HOSTILE = [
    "",
    " ",
    "!!!???",
    "\x00",
    "a\x00b",
    "\x1b[31m",
    "'; DROP TABLE procedures_entry; --",
    '" OR "" = "',
    "NEAR(cement lung, 5)",
    "cement* AND NOT lung OR (x)",
    "title:cement",
    "^cement",
    "{a b}: c",
    "cement & !lung | (x)",
    "<script>alert(1)</script>",
    "\u202eabc",
    "مثانة السمنت",
    "椎体成形术",
    "😀" * 50,
    "cement " * 2000,
    "x" * 10_000,
    "%" * 300,
    "\\" * 300,
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_anything_becomes_a_small_query(text):
    query = parse(text)
    assert len(query.text) <= MAX_LENGTH
    assert len(query.stems) <= MAX_WORDS
    assert all(stem.isascii() and stem.isalnum() for stem in query.stems)
    assert query.text.isprintable()


@given(st.text(max_size=500))
def test_parsing_is_total_and_idempotent(text):
    query = parse(text)
    assert parse(query.text) == query


def test_repetition_counts_once():
    assert len(parse("cement cement Cement cements").stems) == 1


def test_a_query_of_common_words_alone_still_means_them():
    assert parse("to be").stems


def test_what_holds_no_letter_is_empty():
    assert not parse("…!?")
