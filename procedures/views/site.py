"""The site itself: home, about, health, what machines ask for."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from procedures.editorial import gate
from procedures.models import PLURALS, Entry, Vocabulary
from procedures.queries import browse
from procedures.queries import coverage as board
from procedures.text.plain import plain
from procedures.views.conditional import public

_SITEMAP_PAGE = 5_000
_EXAMPLES = ("T12 osteoporotic fracture posterior wall", "cement in the lung", "INR 2.1 SI joint", "M80.08")


@public
def home(request):
    return render(
        request,
        "pages/home.html",
        {
            "families": browse.procedures_by_family(),
            "conditions": browse.conditions_with_statements().filter(type="disease")[:24],
            "counts": browse.counts(),
            "latest": browse.latest(6),
            "examples": _EXAMPLES,
            "edition": browse.edition(),
        },
    )


@public
def about(request):
    return render(
        request,
        "pages/about.html",
        {
            "counts": browse.counts(),
            "edition": browse.edition(),
            "vocabularies": Vocabulary.objects.exclude(meaning="").order_by("name", "position"),
        },
    )


@public
def coverage(request):
    """Entries × checks of the publish gate: what is there and what is missing, computed."""
    kind = request.GET.get("kind") if request.GET.get("kind") in PLURALS else "procedure"
    counts, failed, (unlinked, uncited) = browse.counts(), board.failed(), board.unnamed()
    failed |= {(other, gate.LINKED): count for other, count in unlinked.items()}
    failed[("reference", gate.CITED)] = uncited
    checks = [(check.name, check.title, check.kinds) for check in gate.CHECKS]
    checks += [(name, title, kinds) for name, (title, kinds) in gate.ACROSS.items() if name != gate.REVIEWED]
    table = [
        (
            title,
            [
                (counts[other] - failed.get((other, name), 0), counts[other]) if other in kinds else None
                for other in PLURALS
            ],
        )
        for name, title, kinds in checks
    ]
    shown = Paginator(board.entries(kind), board.PAGE_SIZE).get_page(request.GET.get("page"))
    missing = board.shortfalls(shown)
    own = [(name, title) for name, title, kinds in checks if kind in kinds]
    rows = [(entry, [_mark(entry, name, missing[entry.pk]) for name, _ in own]) for entry in shown]
    return render(
        request,
        "pages/coverage.html",
        {
            "kind": kind,
            "plurals": PLURALS,
            "table": table,
            "own": own,
            "rows": rows,
            "shown": shown,
            "edition": browse.edition(),
        },
    )


def _mark(entry, name, missing):
    """None where the entry passes the check, else what is missing."""
    if name == gate.LINKED:
        return None if entry.is_linked else ["no other entry links to it"]
    if name == gate.CITED:
        return None if entry.is_cited else ["no entry cites it"]
    return missing.get(name)


@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """What serving needs, each as «ok» or what is missing; 503 where anything is missing."""
    state = {"database": "ok", "migrations": "ok", "content": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            state["migrations"] = "not applied; run manage.py migrate"
        elif not Entry.objects.exists():
            state["content"] = "nothing is published; run manage.py load_seeds"
    except DatabaseError:
        state = dict.fromkeys(state, "unknown") | {"database": "does not answer"}
    ready = all(value == "ok" for value in state.values())
    return JsonResponse(state, status=200 if ready else 503)


def site_url(request):
    """The site's own address without a slash at the end."""
    return settings.SITE_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", f"Sitemap: {site_url(request)}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@public
def sitemap(request):
    """An index of pages of at most five thousand addresses, as sitemaps.org has it."""
    pages = Paginator(_in_sitemap(), _SITEMAP_PAGE).page_range
    return render(
        request, "sitemap/index.xml", {"pages": pages, "site": site_url(request)}, content_type="application/xml"
    )


@public
def sitemap_page(request, number):
    paginator = Paginator(_in_sitemap(), _SITEMAP_PAGE)
    if number not in paginator.page_range:
        raise Http404("There is no such page of the sitemap.")
    lists = [reverse("home"), reverse("indications"), reverse("glossary"), reverse("about")] if number == 1 else []
    return render(
        request,
        "sitemap/page.xml",
        {
            "entries": paginator.page(number),
            "lists": lists,
            "site": site_url(request),
        },
        content_type="application/xml",
    )


def _in_sitemap():
    return Entry.objects.exclude(kind="term").order_by("id")


class Changes(Feed):
    """The entries published last."""

    feed_type = Atom1Feed
    title = "Pedicle: what changed"
    subtitle = "Entries published last in the open reference for vertebral augmentation"

    def __call__(self, request, *args, **kwargs):
        return public(super().__call__)(request, *args, **kwargs)

    def link(self):
        return reverse("home")

    def items(self):
        return browse.latest(30)

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return plain(item.summary or "")

    def item_updateddate(self, item):
        return item.published_at

    def item_pubdate(self, item):
        return item.published_at

    def item_guid(self, item):
        return f"{item.pk}@{item.version}"
