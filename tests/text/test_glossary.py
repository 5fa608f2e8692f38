"""Terms are found where they are first named, whole and only once."""

import re

import pytest

from procedures.text.glossary import Terms
from procedures.text.render import Renderer, Target

TERMS = Terms(
    [
        ("Neural foramen", "neural-foramen", False),
        ("foramen", "neural-foramen", False),
        ("pedicle", "pedicle", False),
        ("VAS", "visual-analog-scale", True),
        ("bone cement", "cement", False),
        ("bone", "bone", False),
        ("shared", "one", False),
        ("shared", "two", False),
        ("T1", "t1", True),
    ]
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The neural foramen is narrow.", ["neural foramen"]),
        ("Neural Foramen", ["Neural Foramen"]),
        ("Both pedicles", ["pedicles"]),
        ("VAS of 7, vas deferens", ["VAS"]),
        ("bone cement, not bone", ["bone cement", "bone"]),
        ("bone-cement", ["bone-cement"]),
        ("bone, cement", ["bone"]),
        ("pediclectomy", []),
        ("shared", []),
        ("pedicle pedicle", ["pedicle"]),
        ("the foramen and the neural foramen", ["foramen"]),
        ("", []),
    ],
)
def test_first_uses_are_found(text, named):
    assert [text[use.start : use.end] for use in TERMS.first_uses(text, set())] == named


def test_a_term_named_on_the_page_before_is_left_alone():
    seen = set()
    assert TERMS.first_uses("pedicle", seen)
    assert not TERMS.first_uses("pedicle", seen)


def test_links_code_and_headings_are_left_alone():
    renderer = Renderer(terms=TERMS, term=lambda slug: Target(f"/glossary/#{slug}", "what it is"))
    shown = renderer.block("### Pedicle\n\n`pedicle` [pedicle](/x) *pedicle* pedicle")
    assert shown.count('class="term"') == 1
    assert '<em><a class="term" href="/glossary/#pedicle" title="what it is">pedicle</a></em> pedicle' in shown


def test_text_around_the_terms_is_kept():
    renderer = Renderer(terms=TERMS, term=lambda slug: Target(f"#{slug}", ""))
    shown = renderer.inline("A **VAS** of 7 < 8 & a pedicle, then bone.")
    assert re.sub(r"</?a[^>]*>", "", shown) == "A <strong>VAS</strong> of 7 &lt; 8 &amp; a pedicle, then bone."
