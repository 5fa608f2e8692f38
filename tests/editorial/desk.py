"""An editor at work on the small world, in few words."""

from procedures.editorial import actions
from procedures.models import Edition, Entry, Manuscript
from tests import worlds

NEW = "---\ntitle: A new topic\nsummary: About it.\n---\n"


def newest(kind, slug):
    return Manuscript.objects.select_related("latest").get(kind=kind, slug=slug).latest


def save(kind, slug, *, by=None, **values):
    """Save a draft of an entry of the world with other values, begun from its newest revision."""
    text = worlds.changed(kind, slug, **values)
    return actions.save_draft(kind=kind, slug=slug, text=text, by=by, based_on=newest(kind, slug).number)


def publish(kind, slug, *, by=None, **values):
    save(kind, slug, by=by, **values)
    return actions.publish(kind=kind, slug=slug, by=by)


def title(kind, slug):
    """The title that readers see, None where there is no such page."""
    return Entry.objects.filter(kind=kind, slug=slug).values_list("title", flat=True).first()


def edition():
    return Edition.objects.get().number
