"""The difference of two texts as values."""

from hypothesis import given
from hypothesis import strategies as st

from procedures.text.diff import Span, apply, diff, hunks

_texts = st.lists(st.sampled_from(["", "a", "b", "a b", "a c", "b a c", "Kümmell 5 mm", "  x"]), max_size=12).map(
    "\n".join
)
_any = st.text(max_size=80)


@given(_texts | _any, _texts | _any)
def test_both_texts_come_back(old, new):
    lines = diff(old, new)

    assert apply(lines, "old") == old.splitlines()
    assert apply(lines, "new") == new.splitlines()


@given(_texts, _texts)
def test_line_numbers_count_each_side(old, new):
    lines = diff(old, new)

    assert [line.old for line in lines if line.old] == list(range(1, len(old.splitlines()) + 1))
    assert [line.new for line in lines if line.new] == list(range(1, len(new.splitlines()) + 1))


@given(_texts, _texts)
def test_sort_says_which_sides_have_the_line(old, new):
    for line in diff(old, new):
        assert (line.old is not None, line.new is not None) == {
            "same": (True, True),
            "removed": (True, False),
            "added": (False, True),
        }[line.sort]


@given(_texts | _any)
def test_same_text_has_no_difference(text):
    assert {line.sort for line in diff(text, text)} <= {"same"}
    assert hunks(diff(text, text)) == []


@given(_texts, _texts, st.integers(0, 4))
def test_hunks_hold_every_change_once(old, new, context):
    lines = diff(old, new)
    groups = hunks(lines, context)

    shown = [line for group in groups for line in group]
    assert [line for line in shown if line.sort != "same"] == [line for line in lines if line.sort != "same"]
    assert len(shown) == len(set(map(id, shown)))
    assert all(any(line.sort != "same" for line in group) for group in groups)


def test_changed_word_is_marked_within_its_line():
    removed, added = diff("Leakage in 12 of 61", "Leakage in 13 of 61")

    assert removed.spans == (Span("Leakage in "), Span("12", True), Span(" of 61"))
    assert added.spans == (Span("Leakage in "), Span("13", True), Span(" of 61"))


def test_hunks_keep_lines_around():
    old = "\n".join("abcdefghijklm")

    (first,) = hunks(diff(old, old.replace("g", "G")), context=2)

    assert [line.text for line in first] == ["e", "f", "g", "G", "h", "i"]
