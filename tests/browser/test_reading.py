"""What readers come to do, with JavaScript and without it, on a desktop and on a phone."""

import re
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.pages import VERTEBROPLASTY

PHONE = {"width": 390, "height": 844}


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def reader(window, request):
    """A reader with a phone."""
    return window(viewport=PHONE, java_script_enabled=request.param == "with JavaScript")


def test_page_sets_no_cookie(window):
    page = window().goto("/")
    page.get_by_role("link", name="Procedures").first.click()

    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("fault", "heard"),
    [
        ("console.log('a word')", "console: a word"),
        ("document.body.setAttribute('style', 'color: red')", "Content Security Policy"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "Content Security Policy"),
        ("fetch('/nothing.json')", "/nothing.json: 404"),
        ("setTimeout(() => { throw Error('a fault') })", "a fault"),
    ],
)
def test_window_hears_what_goes_wrong(window, fault, heard):
    """The other half of the proof that pages are quiet: every test that opens one would fail of these."""
    shown = window()
    page = shown.goto("/about/")
    page.evaluate(f"() => {{ {fault} }}")
    page.wait_for_timeout(200)

    assert any(heard in each for each in shown.faults), shown.faults
    shown.faults.clear()


def test_reader_searches_from_home_and_reads_the_entry(reader):
    page = reader.goto("/")

    page.get_by_role("searchbox").fill("cement bag")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    page.get_by_role("link", name=re.compile("Vesselplasty")).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("esselplasty")
    expect(page.locator("#indications")).to_be_visible()


def test_reader_finds_by_indication(reader):
    page = reader.goto("/")

    page.get_by_role("link", name="Find by indication").click()
    page.get_by_role("link", name="Osteoporotic vertebral compression fracture").first.click()
    section = page.locator("section[aria-labelledby=osteoporotic-vertebral-compression-fracture]")
    section.get_by_role("link", name=re.compile("^Vertebroplasty|vertebroplasty$")).first.click()

    assert urlsplit(page.url).path == VERTEBROPLASTY
    assert urlsplit(page.url).fragment


def test_reader_narrows_a_list_and_widens_it_again(reader):
    page = reader.goto("/procedures/")
    every = page.locator(".entry-row").count()

    page.locator(".facet__choice").first.click()
    expect(page.locator(".facet__choice--chosen")).to_have_count(1)
    fewer = page.locator(".entry-row").count()
    page.locator(".facet__choice--chosen").click()

    assert 0 < fewer < every
    expect(page.locator(".entry-row")).to_have_count(every)


def test_reader_pages_through_references(reader):
    page = reader.goto("/references/")
    first = page.locator(".entry-row").first.inner_text()

    page.get_by_role("navigation", name="Pages").get_by_role("link", name="2", exact=False).first.click()

    expect(page.locator(".entry-row").first).not_to_have_text(first)


def test_reader_compares_two_versions(reader):
    page = reader.goto("/topics/of-two-versions/")

    page.get_by_role("link", name="History").click()
    page.get_by_label("Compare from version 2").check()
    page.get_by_label("Compare to version 1").check()
    page.get_by_role("button", name="Show the difference").click()

    expect(page.get_by_role("heading", name="From version 2 to version 1")).to_be_visible()
    expect(page.locator(".diff__line--removed")).to_contain_text("twice")
    expect(page.locator(".diff__line--added")).to_contain_text("once")


def test_reader_follows_a_source_and_comes_back(reader):
    page = reader.goto(VERTEBROPLASTY)

    page.locator(".entry__summary .cite, .statement .cite").first.click()
    source = page.locator(".source:target")
    expect(source).to_be_in_viewport()
    source.locator("a").first.click()
    expect(page.get_by_role("heading", name="Cited by")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=re.compile("vertebroplasty", re.IGNORECASE)).last.click()

    expect(page.locator("h1")).to_be_visible()


def test_reader_jumps_by_the_contents(reader):
    page = reader.goto(VERTEBROPLASTY)

    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Risks").click()

    expect(page.locator("#risks")).to_be_in_viewport()


def test_reader_follows_a_complication_from_a_step(reader):
    page = reader.goto(VERTEBROPLASTY)

    page.locator(".hazard a[href^='/complications/']").first.click()

    expect(page.get_by_role("heading", name="At which steps")).to_be_visible()


def test_reader_who_got_lost_finds_back(reader):
    page = reader.goto("/procedures/kyfoplasty/", 404)

    page.get_by_role("searchbox").fill("kyphoplasty")
    page.get_by_role("searchbox").press("Enter")

    page.get_by_role("link", name=re.compile("yphoplasty")).first.click()
    assert urlsplit(page.url).path == "/procedures/kyphoplasty/"


def test_contents_mark_what_is_being_read(window):
    page = window().goto(VERTEBROPLASTY)

    page.locator("#risks").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('risks').scrollIntoView()")

    expect(page.locator(".contents a[href='#risks']")).to_have_attribute("aria-current", "true")


def test_clinician_sees_the_essentials_on_the_first_screen(window):
    """Journey 7, in part: on a phone, without scrolling, what it is and the way to everything else."""
    page = window(viewport=PHONE).goto(VERTEBROPLASTY)

    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page.locator(".entry__summary")).to_be_in_viewport()
    expect(page.locator(".contents")).to_be_in_viewport()


# -- the server ---------------------------------------------------------------------------------------------


def ask(site, method, path, headers=None):
    """(status, headers in lower case, body) as the server sends them, with nothing in between."""
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_server_sends_no_body_to_head(site):
    status, headers, body = ask(site, "HEAD", VERTEBROPLASTY)

    assert (status, body) == (200, b"")
    assert "etag" in headers


def test_server_answers_not_modified(site):
    _, headers, _ = ask(site, "GET", VERTEBROPLASTY)

    status, _, body = ask(site, "GET", VERTEBROPLASTY, {"If-None-Match": headers["etag"]})

    assert (status, body) == (304, b"")


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_server_sends_pages_in_the_encoding_asked_for(site, encoding):
    status, headers, body = ask(site, "GET", VERTEBROPLASTY, {"Accept-Encoding": encoding})

    assert status == 200
    assert headers.get("content-encoding", "identity") == encoding
    assert int(headers.get("content-length", len(body))) == len(body)


def test_server_keeps_static_files_for_ever(site):
    _, _, page = ask(site, "GET", "/about/")
    path = re.search(rb'href="(/static/css/site\.[0-9a-f]{12}\.css)"', page)[1].decode()

    status, headers, _ = ask(site, "GET", path)

    assert status == 200
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/%00", "/%ff", "/..%2f..%2fetc%2fpasswd", "/" + "a" * 6_000, "/search/?q=" + "x" * 10_000]
)
def test_server_survives_any_address(site, path):
    status, _, _ = ask(site, "GET", path)

    assert status in (200, 400, 404, 414)


def test_server_refuses_a_large_body(site):
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/admin/login/", b"username=" + b"x" * 3_000_000, headers)
        status = connection.getresponse().status
    finally:
        connection.close()

    # Without the form's token it may be refused before its size is looked at.
    assert status in (400, 403, 413)
    assert ask(site, "GET", "/healthz")[0] == 200
