"""An entry's page: what it shows, and its HTML. One road for readers and for the preview of a draft."""

from functools import lru_cache

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from procedures.documents.read import read_data
from procedures.documents.write import to_data
from procedures.editorial import actions
from procedures.models import MODELS, entry_id, entry_url
from procedures.projection import apply
from procedures.queries import browse, entries
from procedures.text.glossary import Terms
from procedures.text.plain import first_sentence, plain
from procedures.text.render import Renderer, Target

# Sections that a reader needs before the steps of a procedure; all others follow the records.
_BEFORE_STEPS = ("work-up", "approaches")

_RECORDS = {
    "procedure": (
        ("indications", "Indications"),
        ("contraindications", "Contraindications"),
        ("before", None),
        ("equipment", "Equipment"),
        ("steps", "Steps"),
        ("risks", "Risks"),
        ("studies", "Evidence"),
        ("after", None),
        ("in-plain-words", "In plain words"),
        ("codes", "Codes"),
    ),
    "condition": (
        ("procedures", "Procedures for and against"),
        ("stances", "What societies say"),
        ("after", None),
        ("codes", "Codes"),
    ),
    "complication": (
        ("incidence", "How often, by procedure"),
        ("hazards", "At which steps"),
        ("after", None),
        ("codes", "Codes"),
    ),
}


def context(entry, glossary=None):
    """The template context of an entry's page. `glossary`: instead of the one that is published."""
    page = entries.load(entry)
    page.renderer = renderer(page, glossary)
    before = [section for section in page.sections if section.id in _BEFORE_STEPS]
    after = [section for section in page.sections if section not in before and section.id]
    if entry.kind != "procedure":
        before, after = [], [section for section in page.sections if section.id]
    return {
        "page": page,
        "entry": entry,
        "intro": next((section for section in page.sections if not section.id), None),
        "before": before,
        "after": after,
        "contents": list(_contents(page, before, after)),
        "glance": list(_glance(page)) if entry.kind == "procedure" else [],
        "description": plain(entry.summary or entry.title)[:300],
        "history_url": reverse("history", kwargs={"plural": entry.plural, "slug": entry.slug}),
    }


def html(request, entry, glossary=None, **extra):
    """The page as readers get it."""
    return render_to_string(f"pages/{entry.kind}.html", context(entry, glossary) | extra, request)


def preview(request, kind, slug, document):
    """The page that publishing this document would give, as HTML; nothing is kept.

    The document is applied to the rows and taken back in one transaction, so that a draft is shown by the very
    code that will show it to readers. Raises actions.Refused where it cannot be applied.
    """
    reading = read_data(kind, slug, to_data(document))
    actions.check([reading])
    if reading.faults:
        raise actions.Refused("This draft cannot be shown; mend these faults first.", reading.faults)
    with transaction.atomic():
        apply(slug, document, version=0, at=timezone.now())
        entry = MODELS[kind].objects.get(pk=entry_id(kind, slug))
        # A glossary of its own: the one that readers' pages share must never learn the definition in a draft.
        shown = html(request, entry, _read_glossary(), preview=True)
        transaction.set_rollback(True)
    return shown


def renderer(page, glossary=None):
    """Renders Markdown with the links and source numbers of this page."""

    def link(kind, slug, part):
        target = page.target(kind, slug)
        return target and Target(entry_url(kind, slug, part or ""), target.title)

    terms, definitions = (glossary or _glossary(browse.edition())) if page.entry else (None, None)
    return Renderer(link, page.cite, terms, lambda slug: Target(entry_url("term", slug), definitions[slug]))


@lru_cache(maxsize=2)
def _glossary(edition):
    """The glossary of an edition; made anew only when something was published."""
    return _read_glossary()


def _read_glossary():
    """(Terms, {slug: definition}) of the rows as they are."""
    found = entries.glossary()
    names = [(name, slug, exact) for slug, _, _, own in found for name, exact in own]
    return Terms(names), {slug: first_sentence(summary or title) for slug, title, summary, _ in found}


def _contents(page, before, after):
    """(anchor, title) of everything on the page that can be jumped to."""
    shown = {
        "in-plain-words": bool(getattr(page.entry, "plain_summary", None)),
        "procedures": any(page.derived.get(way) for way in ("for", "against")),
        "incidence": bool(page.derived.get("risks")),
        "hazards": bool(page.derived.get("hazards")),
    }
    for anchor, title in _RECORDS.get(page.entry.kind, (("after", None),)):
        if anchor in ("before", "after"):
            yield from ((section.id, section.title) for section in (before if anchor == "before" else after))
        elif shown.get(anchor, bool(page.parts.get(anchor))):
            yield anchor, title
    if page.related:
        yield "related", "Related"
    if page.backlinks:
        yield "referred-to-by", "Cited by" if page.entry.kind == "reference" else "Referred to by"
    if page.sources:
        yield "sources", f"Sources ({len(page.sources)})"


def _glance(page):
    """(label, value) rows of the at-a-glance card."""
    entry = page.entry

    def words(vocabulary, codes):
        return ", ".join(page.labels[f"{vocabulary}:{code}"].label for code in codes)

    def span(low, high):
        low, high = f"{low.normalize():f}", f"{high.normalize():f}"
        return low if low == high else f"{low}–{high}"

    yield "Family", words("family", [entry.at_a_glance_family])
    for label, vocabulary, codes in (
        ("Region", "region", entry.at_a_glance_regions),
        ("Guidance", "guidance", entry.at_a_glance_guidance),
        ("Approach", "approach", entry.at_a_glance_approaches),
    ):
        if codes:
            yield label, words(vocabulary, codes)
    if entry.at_a_glance_access_gauge_low is not None:
        yield "Needle", f"{span(entry.at_a_glance_access_gauge_low, entry.at_a_glance_access_gauge_high)} gauge"
    for label, vocabulary, codes in (
        ("Filler", "filler", entry.at_a_glance_filler),
        ("Anesthesia", "anesthesia", entry.at_a_glance_anesthesia),
        ("Position", "position", entry.at_a_glance_position),
        ("Setting", "setting", entry.at_a_glance_setting),
    ):
        if codes:
            yield label, words(vocabulary, codes)
    if entry.at_a_glance_duration_minutes_low is not None:
        yield "Duration", f"{span(entry.at_a_glance_duration_minutes_low, entry.at_a_glance_duration_minutes_high)} min"
