"""A body's `##` headings, their anchors and lines."""

import pytest
from hypothesis import given

from procedures.text import sections
from procedures.text.sections import Section
from tests.strategies import prose


def test_split_names_anchor_title_text_and_line():
    body = "Before.\n\n## First one\n\nText.\n\n### Below\n\nMore.\n\n## Second ##\n"

    assert sections.split(body) == [
        Section("", "", "Before.", 0),
        Section("first-one", "First one", "Text.\n\n### Below\n\nMore.", 2),
        Section("second", "Second", "", 10),
    ]


@pytest.mark.parametrize("body", ["", "\n\n", "# One\n\nnot a section", "#### Four", "##none", "\\## none", "a ## b"])
def test_split_without_heading_makes_no_anchor(body):
    assert [section.id for section in sections.split(body) if section.id] == []


@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_heading_in_a_fence_is_code(fence):
    body = f"{fence}\n## not\n{fence}\n\n## yes"

    assert [section.id for section in sections.split(body)] == ["", "yes"]


def test_heading_after_a_fence_never_closed_is_a_heading():
    assert [section.id for section in sections.split("```\n\n## yes")] == ["", "yes"]


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Pitfalls for residents", "pitfalls-for-residents"),
        ("What is *not* known?", "what-is-not-known"),
        ("T11–L1", "t11-l1"),
        ("Kümmell", "k-mmell"),
        ("—", ""),
        ("日本", ""),
    ],
)
def test_anchor_cases(title, anchor):
    assert sections.anchor(title) == anchor


@given(prose)
def test_split_loses_no_line(body):
    found = sections.split(body)
    lines = body.split("\n")

    written = [line for section in found for line in section.text.split("\n") if line]
    headings = [lines[section.line] for section in found if section.title]
    assert sorted(written + headings) == sorted(line for line in lines if line)
