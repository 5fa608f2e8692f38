"""An entry, its history, its earlier versions."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from procedures import pages
from procedures.editorial.revisions import compare
from procedures.models import PLURALS, entry_url
from procedures.queries import browse, entries
from procedures.text.diff import hunks
from procedures.views.conditional import public

_KINDS = {plural: kind for kind, plural in PLURALS.items()}


@public
def entry(request, plural, slug):
    kind = _KINDS[plural]
    if kind == "term":
        return _moved(entry_url(kind, slug)) if browse.is_published(kind, slug) else _absent(request, kind, slug)
    found = entries.find(kind, slug)
    if found is None:
        return _absent(request, kind, slug)
    return HttpResponse(pages.html(request, found))


@public
def history(request, plural, slug):
    """The published versions; between two of them, named by ?old= and ?new=, the difference."""
    kind = _KINDS[plural]
    revisions = browse.published_revisions(kind, slug)
    if not revisions:
        return _absent(request, kind, slug)
    by_number = {revision.number: revision for revision in revisions}
    new = by_number.get(_number(request, "new"), revisions[0])
    earlier = [revision for revision in revisions if revision.number < new.number]
    old = by_number.get(_number(request, "old")) or (earlier[0] if earlier else None)
    is_live = browse.is_published(kind, slug)
    return render(
        request,
        "pages/history.html",
        {
            "kind": kind,
            "plural": plural,
            "slug": slug,
            "title": revisions[0].title,
            "revisions": revisions,
            "old": old,
            "new": new,
            "hunks": hunks(compare(old, new)) if old else None,
            "url": entry_url(kind, slug),
            "is_live": is_live,
            "moved": None if is_live else entries.moved_to(kind, slug),
            "withdrawal": None if is_live else browse.withdrawal(kind, slug),
            "earlier_names": browse.earlier_names(kind, slug),
        },
    )


@public
def version(request, plural, slug, number):
    kind = _KINDS[plural]
    revision = browse.published_revision(kind, slug, number)
    if revision is None:
        raise Http404(f"There is no published version {number} of this entry.")
    live = entries.find(kind, slug)
    return render(
        request,
        "pages/version.html",
        {
            "revision": revision,
            "plural": plural,
            "slug": slug,
            "live": live,
            "moved": None if live else entries.moved_to(kind, slug),
            "url": entry_url(kind, slug),
            "is_current": live is not None and live.version == number,
        },
    )


def _number(request, name):
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def _moved(url):
    return HttpResponsePermanentRedirect(url)


def _absent(request, kind, slug):
    """Moved, withdrawn or never there: three different answers."""
    url = entries.moved_to(kind, slug)
    if url:
        return _moved(url)
    if browse.was_published(kind, slug):
        return render(request, "pages/gone.html", {"kind": kind, "plural": PLURALS[kind], "slug": slug}, status=410)
    raise Http404(f"There is no {kind} «{slug}».")
