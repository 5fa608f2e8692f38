"""What Markdown becomes on a page: links between entries, citations, tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text import marks
from procedures.text.render import Renderer, Target

NUMBERS = {"clark2016": (1, "Clark 2016"), "nice2013": (2, "NICE 2013 & others")}


def _link(kind, slug, part):
    if slug == "nowhere":
        return None
    return Target(f"/{kind}s/{slug}/" + (f"#{part}" if part else ""), f"The {slug}")


renderer = Renderer(_link, NUMBERS.get)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("### Below", "<h3>Below</h3>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("Term\n:   Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("[site](https://a.org/?b=1&c=2)", '<p><a href="https://a.org/?b=1&amp;c=2">site</a></p>'),
        ("`a` and ``b ` c``", "<p><code>a</code> and <code>b ` c</code></p>"),
        ("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
    ],
)
def test_markdown_cases(text, html):
    assert renderer.block(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[topic:cement]]", '<a class="entry-link" href="/topics/cement/">The cement</a>'),
        ("[[topic:cement#use]]", '<a class="entry-link" href="/topics/cement/#use">The cement</a>'),
        ("[[topic:cement|a < b]]", '<a class="entry-link" href="/topics/cement/">a &lt; b</a>'),
        ("[[topic:nowhere]]", "nowhere"),
        ("[[topic:nowhere|some text]]", "some text"),
        ("*[[topic:cement]]*", '<em><a class="entry-link" href="/topics/cement/">The cement</a></em>'),
        ("`[[topic:cement]]`", "<code>[[topic:cement]]</code>"),
    ],
)
def test_entry_link_cases(text, html):
    assert renderer.inline(text).replace('href="/topics/cement/" class="entry-link"', 'class="entry-link" href="/topics/cement/"') == html  # fmt: skip


def test_citation_shows_its_number_and_says_its_source():
    assert renderer.inline("Seen [@clark2016].") == (
        'Seen<sup class="cites"><a aria-label="Source 1: Clark 2016" class="cite" href="#ref-clark2016" '
        'title="Clark 2016">1</a></sup>.'
    )


@pytest.mark.parametrize("text", ["- [@clark2016] a\n- b", "1. [@clark2016]\n2. b", "| a |\n|---|\n| [@clark2016] |"])
def test_citation_that_begins_a_block_leaves_the_block(text):
    html = renderer.block(text)

    assert html.count("<li>") + html.count("<td>") in (1, 2)
    assert "#ref-clark2016" in html


def test_citation_in_code_keeps_its_space():
    assert renderer.inline("`a [@clark2016]`") == "<code>a [@clark2016]</code>"


def test_citations_in_one_mark_keep_their_order():
    html = renderer.inline("[@nice2013; @clark2016]")

    assert html.count("<sup") == 1
    assert html.index("#ref-nice2013") < html.index("#ref-clark2016")
    assert "NICE 2013 &amp; others" in html


def test_unknown_citation_vanishes():
    assert "ghost" not in renderer.inline("a [@ghost] b")
    assert renderer.inline("[@ghost; @clark2016]").count("<a") == 1


def test_table_scrolls_in_a_box_that_the_keyboard_reaches():
    html = renderer.block("| a | b |\n|---|--:|\n| 1 | [@clark2016] |")

    assert html.startswith('<div class="table-scroll"')
    assert 'tabindex="0"' in html and html.endswith("</table></div>")
    assert "style=" not in html


def test_inline_of_one_paragraph_has_none():
    assert renderer.inline("one") == "one"
    assert renderer.inline("one\n\ntwo") == "<p>one</p>\n<p>two</p>"


def test_renderer_forgets_between_texts():
    renderer.block("[a]: https://a.org\n\n[a]")

    assert renderer.block("[a]") == "<p>[a]</p>"


_shreds = st.lists(
    st.sampled_from(
        ["[[topic:a]]", "[[topic:b|t]]", "[@c]", "[@d; @e]", "`", "``", "\n```\n", "\n~~~\n", "\n", "\n\n", "    ", " x ", "\n- ", "\n> ", "\\", "*", "\n| ", " | ", "\n|-|-|\n", "### h\n", "[", "]", "(u)"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(_shreds)
def test_every_mark_shown_was_found_and_so_checked(text):
    shown = set()

    def cite(key):
        shown.add(("reference", key))

    Renderer(lambda kind, slug, part: shown.add((kind, slug)), cite).block(text)

    links, citations, _ = marks.find(text)
    assert shown <= {(link.kind, link.slug) for link in links} | {("reference", cite.key) for cite in citations}
