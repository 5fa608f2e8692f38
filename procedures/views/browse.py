"""Lists: of each kind, by indication, by tag, the glossary."""

import re

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from procedures.models import PLURALS, Term
from procedures.pages import renderer
from procedures.queries import browse, entries
from procedures.views.conditional import public

_KINDS = {plural: kind for kind, plural in PLURALS.items()}
_CODE = re.compile(r"[a-z0-9-]{1,40}")
# So many values of one facet are combined; more would only ask for the same nothing.
_MOST_CODES = 5

_INTRODUCTIONS = {
    "procedure": "Image-guided procedures, each with its indications, steps, hazards, risks and evidence.",
    "condition": "Diseases, and the findings that speak for or against a procedure.",
    "complication": "What can go wrong, how often, how it shows, and what to do.",
    "case": "De-identified case studies and what they teach.",
    "topic": "Anatomy and knowledge that several procedures share.",
    "reference": "Every source, and the statements that rest on it.",
    "term": "The words of the field.",
}


@public
def listing(request, plural):
    kind = _KINDS[plural]
    if kind == "term":
        return _glossary(request)
    chosen = {name: _codes(request, name) for name in browse.FACETS.get(kind, ())}
    tag = next(iter(_codes(request, "tag")), None)
    rows = browse.listed(kind, chosen, tag)
    tags = browse.tags(rows, tag)
    shown = Paginator(rows, browse.PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/list.html",
        {
            "kind": kind,
            "plural": plural,
            "introduction": _INTRODUCTIONS[kind],
            "shown": shown,
            "tag": tag,
            "facets": [*browse.facets(kind, chosen, rows), *([("tag", tags)] if tags else [])],
            "narrowed": tag or any(chosen.values()),
        },
    )


@public
def indications(request):
    """Each condition with the procedures that sources speak for and against."""
    shown = Paginator(browse.conditions_with_statements(), 60).get_page(request.GET.get("page"))
    about = entries.statements_about([condition.pk for condition in shown])
    rows = [(condition, about[condition.pk]) for condition in shown]
    return render(
        request,
        "pages/indications.html",
        {"shown": shown, "rows": rows, "labels_page": _Labels(), "edition": browse.edition()},
    )


@public
def tag(request, slug):
    rows = browse.tagged(slug).order_by("kind", "sort_key", "id")
    shown = Paginator(rows, browse.PAGE_SIZE).get_page(request.GET.get("page"))
    if not shown.paginator.count:
        raise Http404(f"No entry has the tag «{slug}».")
    return render(request, "pages/tag.html", {"slug": slug, "shown": shown})


@public
def glossary(request):
    return _glossary(request)


def _glossary(request):
    terms = list(Term.objects.in_order()[:2000])
    page = entries.shared_page(terms)
    page.renderer = renderer(page)
    letters = {}
    for term in terms:
        letters.setdefault(term.sort_key[:1].upper() or "#", []).append(term)
    return render(request, "pages/glossary.html", {"page": page, "letters": letters, "count": len(terms)})


class _Labels:
    """The vocabulary's words for a page that is not an entry's."""

    def __init__(self):
        self.labels = entries.labels()


def _codes(request, name):
    values = request.GET.getlist(name)[: _MOST_CODES * 4]
    return [value for value in dict.fromkeys(values) if _CODE.fullmatch(value)][:_MOST_CODES]
