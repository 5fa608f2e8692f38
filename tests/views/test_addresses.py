"""Addresses: what moved, what is gone, what never was, what machines ask for, and what nobody should send."""

import json
import re
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest

from procedures.editorial import actions
from procedures.models import Entry
from tests import processes, worlds

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ATOM = "{http://www.w3.org/2005/Atom}"


# -- moved, gone, never there -------------------------------------------------------------------------------


def test_renamed_entry_leads_to_its_new_address(client, publisher):
    actions.rename(kind="topic", slug="bone-cement", new_slug="pmma-cement", by=publisher)

    response = client.get("/topics/bone-cement/")

    assert response.status_code == 301
    assert response["Location"] == "/topics/pmma-cement/"
    assert client.get("/topics/pmma-cement/").status_code == 200


def test_renamed_entry_keeps_its_past_under_the_old_name(client, publisher):
    actions.rename(kind="topic", slug="bone-cement", new_slug="pmma-cement", by=publisher)

    for path in ("/topics/bone-cement/history/", "/topics/bone-cement/versions/1/"):
        page = client.get(path).content.decode()
        assert 'href="/topics/pmma-cement/"' in page
        assert "ithdrawn" not in page
    assert 'href="/topics/bone-cement/history/"' in client.get("/topics/pmma-cement/history/").content.decode()


def test_entry_renamed_twice_leads_to_its_last_address(client, publisher):
    actions.rename(kind="topic", slug="bone-cement", new_slug="pmma-cement", by=publisher)
    actions.rename(kind="topic", slug="pmma-cement", new_slug="acrylic-cement", by=publisher)

    for slug in ("bone-cement", "pmma-cement"):
        assert client.get(f"/topics/{slug}/")["Location"] == "/topics/acrylic-cement/"


def test_withdrawn_entry_is_gone_and_says_so(client, publisher):
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="Doubtful source.")

    response = client.get("/conditions/kummell-disease/")

    assert response.status_code == 410
    assert "withdrawn" in response.content.decode()
    assert 'href="/conditions/kummell-disease/history/"' in response.content.decode()
    assert "Doubtful source." in client.get("/conditions/kummell-disease/history/").content.decode()
    assert "Withdrawn" in client.get("/conditions/kummell-disease/versions/1/").content.decode()


@pytest.mark.parametrize("path", ["/conditions/", "/sitemap-1.xml", "/feed/", "/search/?q=cleft", "/", "/indications/"])
def test_withdrawn_entry_leaves_every_list(client, publisher, path):
    assert path in ("/", "/indications/") or "kummell-disease" in client.get(path).content.decode()
    actions.withdraw(kind="condition", slug="kummell-disease", by=publisher, note="Doubtful source.")

    assert "kummell-disease" not in client.get(path).content.decode()


def test_term_leads_to_its_place_in_the_glossary(client, db):
    response = client.get("/terms/pmma/")

    assert response.status_code == 301
    assert response["Location"] == "/glossary/#pmma"
    assert 'id="pmma"' in client.get("/glossary/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/procedures/nothing/",
        "/procedures/nothing/history/",
        "/procedures/nothing/versions/1/",
        "/procedures/vertebroplasty/versions/99/",
        "/conditions/vertebroplasty/",
        "/terms/nothing/",
        "/tags/nothing/",
        "/sitemap-2.xml",
        "/sitemap-0.xml",
        "/procedure/",
        "/Procedures/",
        "/procedures/Vertebroplasty/",
    ],
)
def test_unknown_address_is_not_found_and_helps(client, db, path):
    response = client.get(path)

    assert response.status_code == 404
    assert "nothing at this address" in response.content.decode()
    assert 'role="search"' in response.content.decode()


@pytest.mark.parametrize("path", ["/procedures", "/procedures/vertebroplasty", "/search", "/feed", "/admin"])
def test_address_without_its_slash_leads_to_the_one_with_it(client, db, path):
    response = client.get(path)

    assert response.status_code in (301, 302)
    assert response["Location"] == f"{path}/"


# -- what machines ask for ----------------------------------------------------------------------------------


def test_health_is_of_the_process_alone(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_readiness_names_what_serving_needs(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "content": "ok"}


def test_readiness_fails_without_content(scratch):
    answer = processes.get(scratch.environment, "/readyz")

    assert answer["status"] == 503
    assert json.loads(answer["text"])["content"] == "nothing is published; run manage.py load_seeds"


def test_readiness_fails_without_migrations(scratch):
    undone = scratch.manage("migrate", "axes", "zero", "-v0")
    assert undone.returncode == 0, undone.stderr

    answer = processes.get(scratch.environment, "/readyz")

    assert answer["status"] == 503
    assert json.loads(answer["text"])["migrations"] == "not applied; run manage.py migrate"


@pytest.mark.parametrize("url", ["postgres://nobody@127.0.0.1:1/nothing", "sqlite:///{folder}"])
def test_readiness_fails_without_database(tmp_path, url):
    environment = {"DATABASE_URL": url.format(folder=tmp_path)}

    answer = processes.get(environment, "/readyz")

    assert answer["status"] == 503
    assert json.loads(answer["text"])["database"] == "does not answer"
    assert processes.get(environment, "/healthz")["status"] == 200


def test_page_without_database_fails_with_help(tmp_path):
    answer = processes.get({"DATABASE_URL": f"sqlite:///{tmp_path}"}, "/procedures/")

    assert answer["status"] == 500
    assert "This page could not be made" in answer["text"]
    assert "OperationalError" not in answer["text"]


def test_robots_may_read_all_but_the_desk_and_searches(client, db):
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()

    assert response["Content-Type"].startswith("text/plain")
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /search/", "Sitemap: http://testserver/sitemap.xml"} == set(lines[1:])


def test_sitemap_names_every_page_once(client, db):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = []
    for place in index.iter(f"{_SITEMAP}loc"):
        response = client.get(urlsplit(place.text).path)
        assert response["Content-Type"] == "application/xml"
        found += [loc.text for loc in ElementTree.fromstring(response.content).iter(f"{_SITEMAP}loc")]

    paths = [urlsplit(address).path for address in found]
    assert len(paths) == len(set(paths))
    assert {entry.get_absolute_url() for entry in Entry.objects.exclude(kind="term")} < set(paths)
    assert all(client.get(path).status_code == 200 for path in paths)
    assert all(address.startswith("http://testserver/") for address in found)


def test_sitemap_dates_are_dates(client, db):
    page = ElementTree.fromstring(client.get("/sitemap-1.xml").content)

    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", mod.text) for mod in page.iter(f"{_SITEMAP}lastmod"))


def test_feed_names_what_was_published_last(client, publisher):
    text = worlds.changed("topic", "bone-cement", title="Cement & <bone>")
    actions.save_draft(kind="topic", slug="bone-cement", text=text, by=publisher, based_on=1)
    actions.publish(kind="topic", slug="bone-cement", by=publisher, note="Renamed.")

    response = client.get("/feed/")
    entries = ElementTree.fromstring(response.content).findall(f"{_ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert entries[0].findtext(f"{_ATOM}title") == "Cement & <bone>"
    assert entries[0].find(f"{_ATOM}link").get("href") == "http://testserver/topics/bone-cement/"
    assert entries[0].findtext(f"{_ATOM}updated")
    ids = [entry.findtext(f"{_ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))


# -- what nobody should send --------------------------------------------------------------------------------

_WORDS = [
    "",
    " ",
    "%",
    "\0",
    "cement\0leak",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202ecement",
    "\x07\x1b[31m\x7f",
    "\u0301\u0301\u0301",
    "😀" * 50,
    "ﬁbrosis ＣＥＭＥＮＴ ⅷ ²",
    "x" * 10_000,
    "cement " * 2_000,
    '"', '""', "'", "*", "cement*", "NEAR(a b)", "a AND", "OR OR OR", "NOT", "-a", "title:cement", "{a b}:c", "^a",
    "(((", ")))", "a:*", "!a", "& |", "a <-> b", "a\\", "a:b:c", "+", "&", "M80.08", "....",
    "' OR 1=1 --", "'; DROP TABLE procedures_entry; --", '" OR ""="', "%' AND '1'='1", "1) UNION SELECT 1,2 --", "%s %d %(x)s",
    "../../etc/passwd", "..\\..\\", "/etc/passwd", "file:///etc/passwd",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{% load static %}", "${7*7}", "javascript:alert(1)",
]  # fmt: skip
_NUMBERS = [
    "",
    "abc",
    "0",
    "-1",
    "1.5",
    "1e3",
    "٣",
    "²",
    "10" * 9,
    "9" * 5_000,
    "1 OR 1=1",
    "\0",
    "last",
    "1&page=2",
    "[]",
    "None",
]
_SLUGS = [
    "../admin",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "vertebroplasty%00",
    "%ff",
    "a" * 80,
    "a" * 81,
    "a" * 9_000,
    "-",
    "_",
    "%20",
    "%0d%0aX-Y:1",
]


def _quoted(value):
    return quote(value, safe="")


@pytest.mark.parametrize("words", _WORDS, ids=lambda words: ascii(words)[:20])
@pytest.mark.parametrize(
    "path", ["/search/?q={}", "/search/?q=cement&kind={}", "/procedures/?guidance={}", "/references/?tag={}", "/?{}"]
)
def test_any_words_are_answered(client, db, path, words):
    response = client.get(path.format(_quoted(words)))

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert "<img" not in response.content.decode()


@pytest.mark.parametrize("number", _NUMBERS, ids=lambda number: ascii(number)[:20])
@pytest.mark.parametrize(
    "path",
    [
        "/procedures/?page={}",
        "/indications/?page={}",
        "/tags/cement/?page={}",
        "/search/?q=cement&page={}",
        "/procedures/vertebroplasty/history/?old={}",
        "/procedures/vertebroplasty/history/?new={}&old={}",
    ],
)
def test_any_number_is_answered(client, db, path, number):
    assert client.get(path.format(_quoted(number), _quoted(number))).status_code == 200


@pytest.mark.parametrize(
    "number", ["0", "99999999999999999999", "9" * 400, "9" * 5_000, "-1", "1.0", "٣", "abc"], ids=lambda n: n[:20]
)
@pytest.mark.parametrize("path", ["/procedures/vertebroplasty/versions/{}/", "/sitemap-{}.xml"])
def test_any_number_in_a_path_is_not_found(client, db, path, number):
    assert client.get(path.format(_quoted(number))).status_code == 404


@pytest.mark.parametrize("slug", _SLUGS, ids=lambda slug: slug[:20])
@pytest.mark.parametrize("path", ["/procedures/{}/", "/procedures/{}/history/", "/tags/{}/", "/{}/", "/terms/{}/"])
def test_any_slug_in_a_path_is_not_found(client, db, path, slug):
    assert client.get(path.format(slug)).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/procedures/?" + "&".join(f"guidance=v{number}" for number in range(1_000)),
        "/procedures/?" + "guidance=ct&" * 1_000,
        "/procedures/?" + "&".join(f"unknown{number}=1" for number in range(1_000)),
        "/conditions/?guidance=ct",
        "/references/?tag=" + "&tag=".join(f"t{number}" for number in range(1_000)),
        "/search/?" + "q=cement&" * 1_000,
    ],
    ids=["values", "repeated", "unknown", "of-another-list", "tags", "queries"],
)
def test_any_choices_are_answered(client, db, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        assert client.get(path).status_code == 200


def test_more_fields_than_a_page_can_have_are_refused(client, db):
    assert client.get("/search/?" + "a=1&" * 20_001).status_code == 400


def test_unknown_host_is_refused(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
