"""YAML between two lines `---`, every scalar a text, with the line on which it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text import frontmatter
from tests.strategies import AWKWARD, lines, prose

_values = st.recursive(
    lines | prose | st.sampled_from(AWKWARD) | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(lines, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(lines, _values, min_size=1, max_size=4))
def test_read_of_write_is_the_data(data):
    read = frontmatter.read(frontmatter.write(data))

    assert read.faults == []
    assert read.data == data
    assert read.body == ""


@given(st.dictionaries(lines, _values, min_size=1, max_size=3), prose)
def test_body_comes_back(data, body):
    read = frontmatter.read(frontmatter.write(data, body))

    assert read.data == data
    assert read.body == f"{body}\n"


@pytest.mark.parametrize("value", AWKWARD)
def test_scalar_stays_the_text_it_was(value):
    assert frontmatter.read(frontmatter.write({"a": value, "b": [value]})).data == {"a": value, "b": [value]}


@pytest.mark.parametrize("value", ["no", "1.50", "2026-11-20", "null", "0777", "~", "12:30:45"])
def test_scalar_that_yaml_would_type_needs_no_quotes(value):
    assert frontmatter.write({"a": value}) == f"---\na: {value}\n---\n"


def test_long_paragraph_is_one_line():
    assert frontmatter.write({"a": "word " * 400 + "end"}).count("\n") == 3


def test_lines_are_those_of_the_file():
    text = "---\ntitle: A\nsteps:\n- id: one\n  body: |-\n    First.\n\n    Third.\n- id: two\n---\n\n\nBody\n"

    read = frontmatter.read(text)

    assert read.lines == {
        (): 2,
        ("title",): 2,
        ("steps",): 3,
        ("steps", 0): 4,
        ("steps", 0, "id"): 4,
        ("steps", 0, "body"): 6,
        ("steps", 1): 9,
        ("steps", 1, "id"): 9,
    }
    assert read.body_line == 13
    assert text.split("\n")[read.body_line - 1] == "Body"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_read_alike(ends):
    text = "---\na: b\nc:\n- d\n---\n\nBody\n\nmore\n"

    assert frontmatter.read(text.replace("\n", ends)) == frontmatter.read(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", (1, "front matter", "the file must begin with a line `---`")),
        ("\n---\na: b\n---\n", (1, "front matter", "the file must begin with a line `---`")),
        ("---\na: b\n", (1, "front matter", "the closing line `---` is missing")),
        ("---\n- a\n---\n", (2, "front matter", "must be fields, one `name: value` a line")),
        ("---\n---\n", (2, "front matter", "must be fields, one `name: value` a line")),
        ("---\na: b\na: c\n---\n", (3, "a", "this field stands twice; remove one")),
        ("---\na:\n- b: 1\n  b: 2\n---\n", (4, "a.1.b", "this field stands twice; remove one")),
        ("---\n[a]: b\n---\n", (2, "front matter", "a field's name must be a word")),
        ("---\na: !!python/object b\n---\n", (2, "front matter", "the tag tag:yaml.org,2002:python/object is not allowed; remove it")),
        ("---\na: &x b\n---\n", (2, "front matter", "anchors and aliases (& and *) are not allowed; write the value out, or quote it")),
        ("---\na: *x\n---\n", (2, "front matter", "anchors and aliases (& and *) are not allowed; write the value out, or quote it")),
        ("---\na: " + "[" * 12 + "]" * 12 + "\n---\n", (2, "front matter", "nested more than 10 deep")),
    ],
)  # fmt: skip
def test_fault_says_where_and_what(text, fault):
    assert frontmatter.read(text).faults == [fault]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\na: b\nc: [d\n---\n", 4),
        ("---\na: b\n c: d\n---\n", 3),
        ("---\na: b\n\tc: d\n---\n", 3),
        ('---\na: "b\n---\n', 3),
        ("---\na: b: c\n---\n", 2),
        ("---\na: b\n...\nc: d\n---\n", 4),
        ("---\na: b\nc: \x07\n---\n", 3),
        ("---\na: @b\n---\n", 2),
    ],
)
def test_bad_yaml_names_its_line(text, line):
    (fault,) = frontmatter.read(text).faults

    assert fault[0] == line
    assert fault[1] == "front matter"
    assert fault[2].startswith(("not valid YAML: ", "a character that YAML does not allow: "))


def test_alias_bomb_is_refused_before_it_is_built():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))

    read = frontmatter.read(f"---\n{bomb}---\n")

    assert read.data == {}
    assert len(read.faults) == 1


def test_deep_nesting_is_refused_before_it_is_built():
    read = frontmatter.read(f"---\na: {'[' * 100_000}\n---\n")

    assert read.faults == [(2, "front matter", "nested more than 10 deep")]


@given(st.text(max_size=200))
def test_read_never_raises(text):
    frontmatter.read(text)
    frontmatter.read(f"---\n{text}\n---\n")
