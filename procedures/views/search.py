"""Search over everything."""

from django.shortcuts import render

from procedures.models import PLURALS
from procedures.search import search as find
from procedures.views.conditional import public

PAGE_SIZE = 20
# Beyond the candidates that search ranks there is nothing to page through.
_MOST_PAGES = 10


@public
def search(request):
    text = request.GET.get("q", "")
    kind = request.GET.get("kind") if request.GET.get("kind") in PLURALS else None
    number = request.GET.get("page", "1")
    number = min(max(int(number), 1), _MOST_PAGES) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    found = find(text, kind=kind, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
    return render(
        request,
        "pages/search.html",
        {
            "found": found,
            "start": (number - 1) * PAGE_SIZE + 1,
            "previous": number - 1,
            "next": number + 1,
            "kind": kind,
            "kinds": PLURALS,
            "number": number,
            "has_next": found.count > number * PAGE_SIZE and number < _MOST_PAGES and len(found.results) == PAGE_SIZE,
        },
    )
