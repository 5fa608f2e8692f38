"""An entry on the editor's desk: one document, held as the form's data and as text, with its faults."""

from dataclasses import dataclass, field

from procedures.admin import forms
from procedures.admin.fields import fields_of
from procedures.documents.read import read, read_data
from procedures.documents.write import to_data, write
from procedures.editorial import actions
from procedures.text import frontmatter

# Names of the form's own controls. A field of a schema cannot begin so.
TEXT, DO, BASED_ON, NOTE = "_text", "_do", "_based_on", "_note"


@dataclass
class Sheet:
    """`data` is None where only text can show the document (unreadable, or fields that the form lacks)."""

    kind: str
    slug: str
    text: str
    data: dict | None
    document: object = None
    faults: list = field(default_factory=list)

    @classmethod
    def of_text(cls, kind, slug, text):
        reading = read(kind, slug, text)
        if reading.document:
            return cls(kind, slug, text, to_data(reading.document), reading.document)
        front = frontmatter.read(text)
        body = front.body.rstrip("\n")
        data = front.data | ({"body": body} if body else {})
        is_shown = not front.faults and "body" not in front.data and forms.shows(fields_of(kind), data)
        return cls(kind, slug, text, data if is_shown else None)

    @classmethod
    def of_data(cls, kind, slug, data):
        document = read_data(kind, slug, data).document
        return cls(kind, slug, write(document) if document else _text(data), data, document)

    @classmethod
    def posted(cls, kind, slug, post):
        """What a browser sent, from either mode. Parts without any value are dropped."""
        if TEXT in post:
            return cls.of_text(kind, slug, forms.normal(post[TEXT]))
        return cls.of_data(kind, slug, forms.prune(forms.parse(fields_of(kind), dict(post.lists()))))

    def examine(self, *, as_text=False):
        """Gather the faults that bar publishing: as the loader of seeds finds them, with lines where `as_text`."""
        if as_text or self.data is None:
            reading = read(self.kind, self.slug, self.text)
        else:
            reading = read_data(self.kind, self.slug, self.data)
        actions.check([reading])
        self.faults = sorted(set(reading.faults))
        return self


def _text(data):
    return frontmatter.write({name: value for name, value in data.items() if name != "body"}, data.get("body", ""))
