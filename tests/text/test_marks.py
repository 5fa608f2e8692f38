"""Links `[[kind:slug#part|text]]` and citations `[@key; @key]`: found, refused where mistyped, renamed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text import marks
from procedures.text.marks import Citation, Link
from tests.strategies import slugs

_shreds = st.lists(
    st.sampled_from(
        ["[[", "]]", "[@", "]", "topic:a", "topic:b", "reference:a", "a", "b", "@a", "@b", "; ", "#p", "|", "`", "``", "```\n", "~~~", "\n", " ", "x"]
    )
    | slugs,
    max_size=14,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[[topic:a]]", [Link(0, "topic", "a", None, None)]),
        ("x [[topic:a#b-c]] y", [Link(0, "topic", "a", "b-c", None)]),
        ("\n\n[[topic:a|the *text*]]", [Link(2, "topic", "a", None, "the *text*")]),
        ("[[topic:a#b|t]][[case:c]]", [Link(0, "topic", "a", "b", "t"), Link(0, "case", "c", None, None)]),
        ("[[reference:cms_rac0139]]", [Link(0, "reference", "cms_rac0139", None, None)]),
        ("`[[topic:a]]` ``[[topic:b]] ` ``", []),
        ("```\n[[topic:a]]\n```\n[[topic:b]]", [Link(3, "topic", "b", None, None)]),
        ("~~~\n[[topic:a]]\n~~~", []),
        ("no marks", []),
    ],
)
def test_links_found(text, links):
    assert marks.find(text) == (links, [], [])


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("[@a]", [Citation(0, "a")]),
        ("x\n[@a; @b-c;@d_e]", [Citation(1, "a"), Citation(1, "b-c"), Citation(1, "d_e")]),
        ("`[@a]` [@b]", [Citation(0, "b")]),
        ("user@example.org", []),
    ],
)
def test_citations_found(text, citations):
    assert marks.find(text) == ([], citations, [])


@pytest.mark.parametrize(
    "text",
    [
        "[[topic:a]",
        "[[topic: a]]",
        "[[Topic:a]]",
        "[[topic]]",
        "[[topic:A]]",
        "[[topic:a|]]",
        "[[topic:a|b|c]]",
        "[[topic:a#]]",
        "[[:a]]",
        "[[topic:a\n]]",
        "[[topic:a|[b]]]",
    ],
)
def test_mistyped_link_is_a_fault(text):
    links, citations, faults = marks.find(f"x\n{text}")

    assert links == citations == []
    ((line, message),) = faults
    assert line == 1
    assert message.endswith("is not a link; write [[kind:slug]] or [[kind:slug#part|text]]")


@pytest.mark.parametrize("text", ["[@a", "[@]", "[@A]", "[@a, @b]", "[@a; b]", "[@a @b]", "[@a, p. 5]", "[@-a]"])
def test_mistyped_citation_is_a_fault(text):
    links, citations, faults = marks.find(f"x\n{text}")

    assert links == citations == []
    ((line, message),) = faults
    assert line == 1
    assert message.endswith("is not a citation; write [@key] or [@key1; @key2]")


def test_renamed_link_keeps_part_and_text():
    text = "[[topic:a]] [[topic:a#p|a]] [[topic:ab]] [[case:a]] `[[topic:a]]`"

    assert marks.renamed(text, "topic", "a", "z") == "[[topic:z]] [[topic:z#p|a]] [[topic:ab]] [[case:a]] `[[topic:a]]`"


def test_renamed_reference_changes_links_and_citations():
    text = "[@a; @b] [[reference:a]] [@ab]\n\n```\n[@a]\n```"

    assert marks.renamed(text, "reference", "a", "zz") == "[@zz; @b] [[reference:zz]] [@ab]\n\n```\n[@a]\n```"


@given(_shreds)
def test_renamed_mentions_the_new_name_where_it_mentioned_the_old(text):
    links, citations, faults = marks.find(text)

    after, cited_after, faults_after = marks.find(marks.renamed(text, "topic", "a", "zz"))

    assert cited_after == citations
    assert [(link.kind, link.slug, link.part) for link in after] == [
        (link.kind, "zz" if (link.kind, link.slug) == ("topic", "a") else link.slug, link.part) for link in links
    ]
    assert len(faults_after) == len(faults)


@given(_shreds)
def test_renamed_reference_cites_the_new_key_where_it_cited_the_old(text):
    links, citations, _ = marks.find(text)

    after, cited_after, _ = marks.find(marks.renamed(text, "reference", "a", "zz"))

    assert [cite.key for cite in cited_after] == ["zz" if cite.key == "a" else cite.key for cite in citations]
    assert [link.slug for link in after] == [
        "zz" if (link.kind, link.slug) == ("reference", "a") else link.slug for link in links
    ]


@given(_shreds)
def test_renamed_back_is_the_text(text):
    there = marks.renamed(text, "topic", "a", "zz")

    assert marks.renamed(there, "topic", "zz", "a") == text


@given(_shreds)
def test_every_opening_is_a_mark_or_a_fault(text):
    meant = marks._SPAN.sub(" ", marks.without_fenced(text))

    assert any(marks.find(text)) == ("[[" in meant or "[@" in meant)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("a ` b\n\n[[topic:a]] ` c", ["a"]),
        ("```\n[[topic:a]]", ["a"]),
        ("```\n[[topic:a]]\n``` x", ["a"]),
        ("~~~ text\n[[topic:a]]\n~~~", []),
        ("\\`[[topic:a]]`", ["a"]),
        ("`` ` [[topic:a]] ``", []),
    ],
)
def test_stray_backtick_hides_no_mark(text, slugs):
    assert [link.slug for link in marks.find(text)[0]] == slugs
