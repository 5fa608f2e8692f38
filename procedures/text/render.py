"""Markdown → safe HTML, with links between entries and citations.

What a mark becomes is asked of two functions, so that this module knows neither entries nor addresses. Raw HTML
is not rendered, and whatever comes out passes nh3 with a short list of elements and schemes.
"""

import html
from dataclasses import dataclass
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, code_escape

from procedures.text import marks

_TAGS = {
    "a", "abbr", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "div",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes={
        "a": {"href", "title", "aria-label"},
        "ol": {"start"},
        "th": {"scope"},
        "div": {"tabindex", "role", "aria-label"},
    },
    allowed_classes={"a": {"cite", "entry-link", "term"}, "sup": {"cites"}, "div": {"table-scroll"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


@dataclass(frozen=True)
class Target:
    """Where a link leads: its address and the text it shows where the author gave none."""

    url: str
    title: str


class Renderer:
    """Renders the texts of one page. `link(kind, slug, part)` gives a Target or None; `cite(key)` gives
    (number, label) or None. `terms` (procedures.text.glossary) and `term(slug)`, which gives a Target, link the
    first use of each term. One instance serves many texts; it is not shared between threads.
    """

    def __init__(self, link=lambda kind, slug, part: None, cite=lambda key: None, terms=None, term=None):
        self._markdown = Markdown(extensions=["tables", "sane_lists", "def_list", "fenced_code"], output_format="html")
        # Raw HTML is text here: neither blocks nor inline HTML are passed on.
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")
        self._markdown.inlinePatterns.deregister("image_link")
        self._markdown.inlinePatterns.deregister("image_reference")
        self._markdown.inlinePatterns.register(_Code(marks.CODE_SPAN), "backtick", 190)
        self._markdown.inlinePatterns.register(_Links(marks.LINK.pattern, link), "entry-link", 175)
        # A source's number stands close to what it supports, however the author spaced it.
        self._markdown.inlinePatterns.register(
            _Citations(rf"(?<! )[ ]*{marks.CITATION.pattern}", cite), "citation", 174
        )
        if terms:
            # After the inline patterns, so that it sees what is a link already.
            self._markdown.treeprocessors.register(_FirstUses(terms, term), "terms", 5)

    def block(self, text):
        """HTML of a text of several paragraphs."""
        if not text:
            return ""
        self._markdown.reset()
        return _CLEANER.clean(_scrollable(self._markdown.convert(text)))

    def inline(self, text):
        """HTML of a short text: a single paragraph loses its <p>."""
        out = self.block(text)
        if out.startswith("<p>") and out.endswith("</p>") and out.count("<p>") == 1:
            return out[3:-4]
        return out


def _scrollable(out):
    # A wide table scrolls in its own box, which a keyboard can reach; the page itself never scrolls sideways.
    return out.replace(
        "<table>", '<div class="table-scroll" role="group" aria-label="Table" tabindex="0"><table>'
    ).replace("</table>", "</table></div>")


class _Code(InlineProcessor):
    """Code spans as `marks` sees them, so that no mark is live here that was taken for code there."""

    def handleMatch(self, match, data):  # noqa: N802  the library's name
        element = ElementTree.Element("code")
        element.text = AtomicString(code_escape(match["code"].strip()))
        return element, match.start(), match.end()


class _FirstUses(Treeprocessor):
    """Links the first use of each term on the page; links, code, headings and citations are left alone."""

    _LEFT_ALONE = {"a", "code", "pre", "sup", "th", "h1", "h2", "h3", "h4", "h5", "h6"}

    def __init__(self, terms, term):
        super().__init__()
        self._terms, self._term, self._seen = terms, term, set()

    def run(self, root):
        for child in list(root):
            self._visit(root, child)

    def _visit(self, parent, element):
        if element.tag not in self._LEFT_ALONE:
            if element.text:
                element.text, links = self._split(element.text)
                for position, link in enumerate(links):
                    element.insert(position, link)
                inside = list(element)[len(links) :]
            else:
                inside = list(element)
            for child in inside:
                self._visit(element, child)
        if element.tail and parent.tag not in self._LEFT_ALONE:
            element.tail, links = self._split(element.tail)
            at = list(parent).index(element) + 1
            for position, link in enumerate(links):
                parent.insert(at + position, link)

    def _split(self, text):
        """(text before the first term, [link elements, each with the text after it])."""
        uses = self._terms.first_uses(text, self._seen)
        if not uses:
            return text, []
        links = []
        for use, following in zip(uses, [*uses[1:], None], strict=True):
            target = self._term(use.slug)
            link = ElementTree.Element("a", {"href": target.url, "class": "term", "title": target.title})
            link.text = text[use.start : use.end]
            link.tail = text[use.end : following.start if following else len(text)]
            links.append(link)
        return text[: uses[0].start], links


class _Links(InlineProcessor):
    def __init__(self, pattern, link):
        super().__init__(pattern)
        self._link = link

    def handleMatch(self, match, data):  # noqa: N802  the library's name
        kind, slug, part, text = match.groups()
        target = self._link(kind, slug, part)
        if target is None:
            return html.escape(text or slug.replace("-", " ")), match.start(), match.end()
        element = ElementTree.Element("a", {"href": target.url, "class": "entry-link"})
        element.text = text or target.title
        return element, match.start(), match.end()


class _Citations(InlineProcessor):
    def __init__(self, pattern, cite):
        super().__init__(pattern)
        self._cite = cite

    def handleMatch(self, match, data):  # noqa: N802  the library's name
        group = ElementTree.Element("sup", {"class": "cites"})
        last = None
        for key in marks.keys(match):
            found = self._cite(key)
            if found is None:
                continue
            number, label = found
            if last is not None:
                last.tail = " "
            last = ElementTree.SubElement(
                group,
                "a",
                {"href": f"#ref-{key}", "class": "cite", "aria-label": f"Source {number}: {label}", "title": label},
            )
            last.text = str(number)
        return group, match.start(), match.end()
