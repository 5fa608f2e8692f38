"""What may stand in an entry, and how texts are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text import clean
from tests.strategies import raw_text


def _or_none(cleaner, value):
    try:
        return cleaner(value)
    except ValueError:
        return None


@given(raw_text | st.text(max_size=40))
def test_line_cleaned_twice_is_the_same(value):
    once = _or_none(clean.line, value)

    if once is not None:
        assert clean.line(once) == once
        assert once == once.strip()
        assert len(once.splitlines()) <= 1
        assert "  " not in once
        assert unicodedata.is_normalized("NFC", once)


@given(raw_text | st.text(max_size=40))
def test_prose_cleaned_twice_is_the_same(value):
    once = _or_none(clean.prose, value)

    if once is not None:
        assert clean.prose(once) == once
        assert all(line == line.rstrip() for line in once.split("\n"))
        assert once == once.strip("\n")
        assert unicodedata.is_normalized("NFC", once)


@given(raw_text | st.text(max_size=40))
def test_line_break_in_prose_is_the_only_one(value):
    once = _or_none(clean.prose, value)

    if once is not None:
        assert once.splitlines() == (once.split("\n") if once else [])


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u2028", "U+2028"),
        ("\u2029", "U+2029"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ufeff", "U+FEFF"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("\uffff", "U+FFFF"),
    ],
)
@pytest.mark.parametrize("cleaner", [clean.line, clean.prose])
def test_hidden_character_is_refused_by_name(cleaner, character, name):
    with pytest.raises(ValueError, match=rf"{name.replace('+', '.')}.*position 3; delete it"):
        cleaner(f"ab{character}c")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a \t b  ", "a b"),
        ("a\u00a0b", "a b"),
        ("e\u0301", "é"),
        ("a\n", "a"),
        ("", ""),
        ("👩‍⚕️", "👩‍⚕️"),
    ],
)
def test_line_cases(raw, cleaned):
    assert clean.line(raw) == cleaned


def test_line_of_two_lines_is_refused():
    with pytest.raises(ValueError, match="must be one line; remove the line break"):
        clean.line("a\nb")


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("\n\na  \r\nb\r\n\n", "a\nb"),
        ("a\tb", "a    b"),
        ("    code\n", "    code"),
        ("a\n\n\n\nb", "a\n\n\n\nb"),
        (" \n ", ""),
    ],
)
def test_prose_cases(raw, cleaned):
    assert clean.prose(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Kümmell’s disease", "kummell s disease"),
        ("L5–S1", "l5 s1"),
        ("Ödem", "odem"),
        ("Sjögren", "sjogren"),
        ("Ångström", "angstrom"),
        ("Østergaard", "ostergaard"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("β-blocker", "beta blocker"),
        ("5 µm", "5 um"),
        ("5 μm", "5 um"),
        ("ﬁbre", "fibre"),
        ("M80.08XA", "m80 08xa"),
        ("  ", ""),
        ("日本", ""),
    ],
)
def test_fold_cases(raw, folded):
    assert clean.fold(raw) == folded


@given(st.text(max_size=60))
def test_fold_twice_is_the_same(value):
    once = clean.fold(value)

    assert clean.fold(once) == once
    assert set(once) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert once == " ".join(once.split())


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=60))
def test_fold_does_not_know_case_of_latin(value):
    assert clean.fold(value.upper().lower()) == clean.fold(value.lower())
