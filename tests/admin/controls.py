"""A form as a browser would send it: the controls of an HTML page, without the buttons."""

from html.parser import HTMLParser

EDIT = "/admin/procedures/manuscript"


def posted(response):
    """{name: value or [values]} of the editor's form, ready for `client.post`."""
    reader = _Reader()
    reader.feed(response.content.decode())
    reader.close()
    return reader.values


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.values = {}
        self.within = False
        self.area = self.select = None
        self.text = ""

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.within = values.get("id") == "entry-form"
        if not self.within:
            return
        name = values.get("name")
        if tag == "input" and name:
            if values.get("type") != "checkbox":
                self._send(name, values.get("value", ""))
            elif "checked" in values:
                self._send(name, values["value"])
        elif tag == "textarea":
            self.area, self.text = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in values:
            self._send(self.select, values["value"])

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            # A browser drops the first line break and sends CRLF.
            self._send(self.area, self.text.removeprefix("\n").replace("\n", "\r\n"))
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.within = False

    def handle_data(self, data):
        if self.area:
            self.text += data

    def _send(self, name, value):
        self.values.setdefault(name, []).append(value)
