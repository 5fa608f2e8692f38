"""Every page that a reader can reach by links, with all shipped entries."""

from collections import Counter
from itertools import pairwise
from urllib.parse import urldefrag, urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from procedures.models import PLURALS
from tests.views import markup
from tests.views.conftest import PAST


def test_crawl_answers_every_address(crawl):
    wrong = [f"{v.came_from} → {v.url}: {v.status}" for v in crawl.values() if v.status not in (200, 301)]

    assert wrong == []
    assert len(crawl) > 1000


def test_crawl_has_no_broken_link(crawl):
    """Links that were not followed: further choices of a list or a search, and the past of an entry that exists."""
    paths = {urlsplit(address).path for address in crawl}
    broken = set()
    for visit in crawl.values():
        for link in visit.links:
            address = urldefrag(link).url
            path = urlsplit(address).path
            past = PAST.match(path)
            is_known = path in paths or path.startswith("/admin/")
            if not is_known and not (past and path[: past.start(2)] in crawl):
                broken.add(f"{visit.url} → {link}")

    assert sorted(broken) == []


def test_crawl_has_no_broken_anchor(crawl):
    ids = {visit.url: set(visit.page.ids) for visit in crawl.values() if visit.page}
    broken = set()
    for visit in crawl.values():
        for link in visit.links:
            address, anchor = urldefrag(link)
            if anchor and address in ids and anchor not in ids[address]:
                broken.add(f"{visit.url} → {link}")

    assert sorted(broken) == []


def test_crawl_has_no_duplicate_id(crawl):
    twice = [
        f"{visit.url}: {name}"
        for visit in crawl.values()
        if visit.page
        for name, times in Counter(visit.page.ids).items()
        if times > 1
    ]

    assert twice == []


def test_crawl_has_no_label_or_description_of_nothing(crawl):
    lost = [
        f"{visit.url}: {name}"
        for visit in crawl.values()
        if visit.page
        for name in visit.page.refers
        if name not in visit.page.ids
    ]

    assert lost == []


def test_crawl_reaches_every_entry_within_three_clicks(crawl):
    """Terms stand on the glossary; everything else has a page."""
    depths = {visit.url: visit.depth for visit in crawl.values()}
    glossary = set(crawl["/glossary/"].page.ids)
    far = []
    for path in sorted((settings.BASE_DIR / "seeds").glob("*/*.md")):
        plural, slug = path.parent.name, path.stem
        if plural == PLURALS["term"]:
            reached = slug in glossary and depths["/glossary/"] <= 3
        else:
            reached = depths.get(f"/{plural}/{slug}/", 99) <= 3
        if not reached:
            far.append(f"{plural}/{slug}")

    assert far == []


def test_crawl_pages_are_well_nested(crawl):
    faults = [f"{v.url}: {fault}" for v in crawl.values() if v.page for fault in v.page.faults]

    assert faults == []


def test_crawl_titles_tell_pages_apart(crawl):
    """A list's pages and narrowings share their title; no two other pages do."""
    titles = {v.url: v.page.title for v in crawl.values() if v.page}
    of_paths = {}
    for url, title in titles.items():
        of_paths.setdefault(title, set()).add(urlsplit(url).path)

    assert [url for url, title in titles.items() if not title.removesuffix("· Pedicle").strip()] == []
    assert {title: sorted(paths) for title, paths in of_paths.items() if len(paths) > 1} == {}


def test_crawl_pages_have_one_main_heading_and_skip_none(crawl):
    wrong = []
    for visit in crawl.values():
        levels = visit.page.headings if visit.page else [1]
        if levels.count(1) != 1:
            wrong.append(f"{visit.url}: {levels.count(1)} h1")
        # What stands before the h1 (facets, contents) is outside the text's own order.
        text = levels[levels.index(1) :] if 1 in levels else []
        wrong += [f"{visit.url}: h{a} → h{b}" for a, b in pairwise(text) if b > a + 1]

    assert wrong == []


def test_crawl_assets_are_hashed_files_of_ours(crawl):
    assets = {asset for visit in crawl.values() if visit.page for asset in visit.page.assets}
    names = set(staticfiles_storage.hashed_files.values())
    files = {url for tag, rel, url in assets if rel not in ("alternate", "canonical")}

    assert files
    assert {url for url in files if url.removeprefix(settings.STATIC_URL) not in names} == set()


def test_crawl_external_links_say_so(crawl):
    """An address that leaves the site is a source's, given over HTTPS or as its record has it."""
    hosts = Counter(
        urlsplit(href).scheme
        for v in crawl.values()
        if v.page
        for href in v.page.links
        if not href.startswith(("/", "#", "?"))
    )

    assert set(hosts) <= {"http", "https"}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p><div></div></p>", "stands within <p>"),
        ("<ul><div></div></ul><li></li>", "<li> stands in <>"),
        ("<a href='/'><button></button></a>", "within a link"),
        ("<p><b></p>", "</p> closes <b>"),
        ("<p>", "never closed"),
        ("<p style='x'></p>", "attribute style"),
    ],
)
def test_markup_faults_are_seen(html, fault):
    assert any(fault in each for each in markup.read(html).faults)


def test_markup_of_a_page_is_read():
    page = markup.read("<title>A</title><h1 id=a>B <a href=/b>c</a></h1><h3>D</h3>")

    assert (page.title, page.links, page.ids, page.headings, page.faults) == ("A", ["/b"], ["a"], [1, 3], [])
