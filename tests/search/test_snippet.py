"""The piece of a text that answers best."""

from hypothesis import given
from hypothesis import strategies as st

from procedures.search.analysis import stems
from procedures.search.snippet import LENGTH, cut

TEXT = (
    "A long beginning that has nothing to do with it. " * 8
    + "Cement may leak into the spinal canal. The end of the text follows here."
)


def shown(pieces):
    return "".join(piece.text for piece in pieces)


def test_snippet_is_cut_around_the_words():
    pieces = cut(TEXT, stems("cement leak canal"))
    assert "Cement may leak into the spinal canal" in shown(pieces)
    assert [piece.text for piece in pieces if piece.marked] == ["Cement", "leak", "canal"]


def test_snippet_of_a_short_text_is_the_text():
    assert shown(cut("Cement leaks.", stems("cement"))) == "Cement leaks."


def test_snippet_without_a_match_is_the_beginning():
    assert shown(cut(TEXT, stems("piriformis"))).startswith("A long beginning")


def test_british_words_are_marked():
    assert [p.text for p in cut("A haemangioma of L3", stems("hemangioma L3")) if p.marked] == ["haemangioma", "L3"]


@given(st.text(max_size=1500), st.text(max_size=30))
def test_snippet_is_a_piece_of_the_text(text, query):
    pieces = cut(text, stems(query))
    inner = shown(pieces).removeprefix("… ").removesuffix(" …")
    assert inner in text
    assert len(inner) <= LENGTH
