"""HTML as the tests of pages read it: links, ids, headings, title, and what is nested as it may not be."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "br", "hr", "img", "col", "source", "wbr"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "dt", "dd", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# Elements that hold text and phrases only; a browser closes some of them early, and all of them wrongly.
_PHRASES = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "strong", "em", "sup", "sub", "cite", "code", "pre", "time",
    "mark", "small", "label", "button", "summary", "abbr",
}  # fmt: skip
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "summary", "label"}
_PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "summary": {"details"},
    "option": {"select", "datalist", "optgroup"},
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass
class Page:
    """What a page holds. `links` are (href, text); `faults` are sentences about its nesting."""

    title: str = ""
    links: list = field(default_factory=list)
    assets: list = field(default_factory=list)
    ids: list = field(default_factory=list)
    headings: list = field(default_factory=list)
    refers: list = field(default_factory=list)
    faults: list = field(default_factory=list)


def read(html):
    """The page that this HTML makes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.faults += [f"<{tag}> of line {line} is never closed" for tag, line in reader.stack]
    return reader.page


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.stack = []
        self.open = {}
        self.text = None

    def handle_starttag(self, tag, attributes):
        self._check(tag)
        values = dict(attributes)
        if len(values) != len(attributes):
            self._fault(f"<{tag}> has an attribute twice")
        self._note(tag, values)
        if tag not in _VOID:
            self.stack.append((tag, self.getpos()[0]))
            self.open[tag] = self.open.get(tag, 0) + 1
        if tag in _HEADINGS or tag in ("title", "a"):
            self.text = []

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack[-1][0] != tag:
            self._fault(f"</{tag}> closes {f'<{self.stack[-1][0]}>' if self.stack else 'nothing'}")
            return
        self.stack.pop()
        self.open[tag] -= 1
        if tag == "title" and not self.page.title:
            self.page.title = "".join(self.text or ()).strip()
        if tag in _HEADINGS:
            self.page.headings.append(int(tag[1]))

    def handle_data(self, data):
        if self.text is not None:
            self.text.append(data)

    def _note(self, tag, values):
        if "id" in values:
            self.page.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.page.links.append(values["href"])
        elif tag in ("link", "script", "img"):
            self.page.assets.append((tag, values.get("rel", ""), values.get("href") or values.get("src")))
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            self.page.refers += (values.get(name) or "").split()
        for name in values:
            if name == "style" or name.startswith("on"):
                self._fault(f"<{tag}> has the attribute {name}")

    def _check(self, tag):
        parents = _PARENTS.get(tag)
        if parents and (not self.stack or self.stack[-1][0] not in parents):
            self._fault(f"<{tag}> stands in <{self.stack[-1][0] if self.stack else ''}>")
        if tag in _BLOCKS:
            around = [name for name in _PHRASES if self.open.get(name)]
            if around:
                self._fault(f"<{tag}> stands within <{around[0]}>")
        if tag in _INTERACTIVE and (self.open.get("a") or self.open.get("button")):
            self._fault(f"<{tag}> stands within a link or a button")

    def _fault(self, sentence):
        self.page.faults.append(f"line {self.getpos()[0]}: {sentence}")
