"""Revisions: record one, compare two, notice that someone else was faster."""

import hashlib

from django.utils import timezone

from procedures.models import Manuscript, Revision
from procedures.text import clean, frontmatter
from procedures.text.diff import diff


class EditConflict(Exception):
    """Another revision came after the one that this edit began from. `theirs` is the newest revision."""

    def __init__(self, theirs):
        self.theirs = theirs
        who = theirs.by.get_username() if theirs.by else "the loader of files"
        super().__init__(
            f"Version {theirs.number} was saved by {who} after you began. Nothing was overwritten: compare your text "
            f"with theirs, take over what is missing, and save again."
        )


def digest(text):
    """The fingerprint of a text, by which equal texts are known."""
    return hashlib.sha256(text.encode()).hexdigest()


def title_of(text, slug):
    """The title in a text that need not be free of faults; the slug where it has none that can be shown."""
    title = frontmatter.read(text).data.get("title")
    try:
        return (clean.line(title)[:600] if isinstance(title, str) else "") or slug
    except ValueError:
        return slug


def record(manuscript, *, kind, slug, text, by, origin, note="", based_on=None):
    """Append a revision. The caller holds the manuscript's lock; a manuscript of None is a new entry."""
    number = manuscript.latest.number + 1 if manuscript else 1
    return Revision.objects.create(
        kind=kind,
        slug=slug,
        number=number,
        title=title_of(text, slug),
        text=text,
        digest=digest(text),
        origin=origin,
        note=note,
        by=by,
        based_on=based_on,
        created_at=timezone.now(),
    )


def locked(kind, slug):
    """The manuscript, locked until the transaction ends; None where there is none.

    Locked first, read after: PostgreSQL would join a row it had to wait for with revisions as they were before.
    """
    key = Manuscript.objects.select_for_update().filter(kind=kind, slug=slug).values_list("pk", flat=True).first()
    return key and Manuscript.objects.select_related("latest__by", "live").get(pk=key)


def compare(old, new):
    """The difference of two revisions' texts as values (procedures.text.diff)."""
    return diff(old.text if old else "", new.text)


def history(kind, slug):
    """All revisions under this name, the newest first; what a rename left behind stays under the old name."""
    return Revision.objects.filter(kind=kind, slug=slug).select_related("by", "based_on").order_by("-number")
