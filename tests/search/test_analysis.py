"""Words, stems, levels and codes: the same on every database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.search.analysis import stem, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("haemangioma", "hemangioma"),
        ("haemangiomata", "hemangiomata"),
        ("anaesthesia", "anesthesia"),
        ("tumour", "tumor"),
        ("tumours", "tumors"),
        ("oedema", "edema"),
        ("ischaemia", "ischemia"),
        ("Kümmell", "Kummell"),
        ("fractures", "fracture"),
        ("leakage", "Leakage"),
        ("embolisation", "embolization"),
        ("metastases", "metastase"),
    ],
)
def test_spellings_of_one_word_share_a_stem(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T12", ["t12"]),
        ("L5–S1", ["l5", "s1"]),
        ("L5-S1", ["l5", "s1"]),
        ("M80.08", ["m8008", "m80", "08"]),
        ("β-blocker 5 µg", ["beta", "blocker", "5", "ug"]),
        ("a\u0301", ["a"]),
        ("", []),
        ("!?…", []),
    ],
)
def test_words(text, expected):
    assert words(text) == expected


def test_commonest_words_are_not_indexed():
    assert stems("the cement in the lung") == [stem("cement"), stem("lung")]


def test_negations_are_kept():
    assert "no" in stems("no marrow edema")
    assert "not" in stems("not indicated")
    assert "without" in stems("without deficit")


@given(st.text(max_size=200))
def test_stems_are_letters_and_digits(text):
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in stems(text))


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd"]), max_size=40))
def test_words_do_not_depend_on_case(text):
    assert words(text.upper().lower()) == words(text.lower())
