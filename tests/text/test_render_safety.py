"""Whatever is written, nothing that comes out of `render` is active: no element, attribute or address beyond a few."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text.render import Renderer, Target
from tests.strategies import AWKWARD

ELEMENTS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "div",
}  # fmt: skip
ATTRIBUTES = {"href", "title", "aria-label", "start", "scope", "tabindex", "role", "class"}

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/src=data:,alert(1)>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "</p><script>alert(1)</script><p>",
    "--><script>alert(1)</script><!--",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><?xml version='1.0'?>",
    "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    "<img src='x' onerror='alert(1)' <b>",
    "<IMG SRC=JaVaScRiPt:alert(1)>",
    "<image href=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select onfocus=alert(1) autofocus>",
    "<textarea onfocus=alert(1) autofocus>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a onclick=alert(1) href=#>x</a>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style=width:expression(alert(1))>x</p>",
    "<style>@import '//evil.example';</style>",
    "<table background=javascript:alert(1)><td>x",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<xss id=x tabindex=1 onfocus=alert(1)></xss>",
    "<a id=x name=y class=admin>x</a>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)`",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&#58;alert(1)",
    "&#106;&#97;&#118;&#97;script:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript:%61lert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "jar:javascript:alert(1)!/x",
    "{{constructor.constructor('alert(1)')()}}",
    "\u2028<script>alert(1)</script>",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "\x02klzzwxh:0000\x03",
    "\x0260\x03script\x0262\x03alert(1)",
]

# Where a payload can stand, in place of §. Within names of entries and keys of sources only what their patterns allow is read.
PLACES = {
    "raw": "§",
    "in a sentence": "before § after",
    "emphasis": "**§** *§*",
    "heading": "### §",
    "list": "- §\n- §",
    "quotation": "> §",
    "table": "| § | b |\n|---|---|\n| § | § |",
    "definition": "§\n:   §",
    "code span": "`§`",
    "code span of two": "`` § ``",
    "fenced code": "```\n§\n```",
    "fenced code of a language": "```§\n§\n```",
    "fenced code with attributes": "``` { .x onclick=§ }\n§\n```",
    "indented code": "    §",
    "address": "[x](§)",
    "address in brackets": "[x](<§>)",
    "address with a title": "[x](https://a.org \"§\") [x](https://a.org '§')",
    "link text": "[§](https://a.org)",
    "image": "![§](§)",
    "reference": "[x][y]\n\n[y]: §",
    "reference with a title": '[x][y]\n\n[y]: https://a.org "§"',
    "autolink": "<§>",
    "mail": "<a@b.org§>",
    "entry link text": "[[topic:a|§]]",
    "entry link kind": "[[§:a]]",
    "entry link slug": "[[topic:§]]",
    "citation": "[@§]",
    "attributes": "# x {: onclick=§ }\n\n§{: style=x }",
}


class _Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.other = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_comment(self, data):
        self.other.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_is_harmless(html):
    page = _Page(html)
    assert page.other == []
    for tag, attributes in page.tags:
        assert tag in ELEMENTS
        for name, value in attributes:
            assert name in ATTRIBUTES
            if name == "href":
                assert_address_is_harmless(value)


def assert_address_is_harmless(address):
    # As browsers read it: controls and spaces before an address, tabs and line breaks within it do not count.
    read = re.sub(r"[\t\n\r]", "", (address or "").lstrip("".join(map(chr, range(33)))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", read, re.IGNORECASE)
    assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")


@pytest.fixture(scope="module")
def renderer():
    return Renderer(lambda kind, slug, part: Target(f"/{kind}s/{slug}/", "Title <b>"), lambda key: (1, "L <i> \"'"))


@pytest.mark.parametrize("place", PLACES)
def test_payload_is_harmless(place, renderer):
    for payload in PAYLOADS:
        text = PLACES[place].replace("§", payload)
        assert_is_harmless(renderer.block(text))
        assert_is_harmless(renderer.inline(text))


def test_payloads_and_places_are_many():
    assert len(set(PAYLOADS)) >= 60
    assert len(PLACES) >= 20


def test_shown_names_are_text():
    hostile = Renderer(
        lambda kind, slug, part: Target("javascript:alert(1)", "<img src=x onerror=alert(1)>"),
        lambda key: ('<img src=x onerror="alert(1)">', '" onmouseover="alert(1)'),
    )
    html = hostile.block("[[topic:a]] [[topic:a|<b>]] [@a]")

    assert_is_harmless(html)
    assert "<img" not in html
    assert "javascript:" not in html


def test_text_of_unknown_entry_is_text(renderer):
    assert Renderer().block("[[topic:a|<img src=x>]]") == "<p>&lt;img src=x&gt;</p>"


@pytest.mark.parametrize(
    "address", ["https://a.org", "http://a.org/?q=1", "mailto:a@b.org", "/topics/a/", "#ref-a", "../b/"]
)
def test_honest_address_stays(address, renderer):
    (link,) = [dict(attributes) for tag, attributes in _Page(renderer.block(f"[x]({address})")).tags if tag == "a"]

    assert link["href"] == address


def test_raw_html_is_shown_as_text(renderer):
    assert renderer.block("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>"


_shreds = st.lists(
    st.sampled_from([*PAYLOADS, *AWKWARD])
    | st.sampled_from(["<", ">", '"', "'", "`", "[", "]", "(", ")", "|", "\n", "\n\n", "    ", "&", "#", ":", "\\", "[[topic:a|", "]]", "[@", "\x02", "\x03", "href=", "on", "="])
    | st.text(max_size=8),
    max_size=10,
).map("".join)  # fmt: skip


@given(_shreds)
def test_any_text_is_harmless(text):
    renderer = Renderer(lambda kind, slug, part: Target(f"/{kind}s/{slug}/", "T"), lambda key: (1, "L"))

    assert_is_harmless(renderer.block(text))


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        "<p onclick=x>",
        "<a href='java\tscript:x'>",
        "<a href=' JAVASCRIPT:x'>",
        "<a href='data:x'>",
        "<p style=x>",
        "<!-- x -->",
        "<?x?>",
    ],
)
def test_the_test_itself_sees_harm(html):
    with pytest.raises(AssertionError):
        assert_is_harmless(html)
