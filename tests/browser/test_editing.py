"""An entry changed through the desk in a real browser: readers see nothing before it is published, and all after."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.pages import VERTEBROPLASTY

WORD = "Pteranodon"
REASON = "The summary names the Pteranodon."
DESK = "/admin/procedures/manuscript/procedure/vertebroplasty/"

PUBLIC = [
    VERTEBROPLASTY,
    "/",
    "/procedures/",
    "/indications/",
    "/glossary/",
    "/about/",
    "/conditions/osteoporotic-vertebral-compression-fracture/",
    "/complications/cement-leakage/",
    "/topics/bone-cement/",
    "/tags/bone-cement/",
    f"/tags/{WORD.lower()}/",
    f"/search/?q={WORD}",
    "/search/?q=vertebroplasty",
    f"{VERTEBROPLASTY}history/",
    f"{VERTEBROPLASTY}history/?old=1&new=2",
    f"{VERTEBROPLASTY}versions/1/",
    f"{VERTEBROPLASTY}versions/2/",
    "/feed/",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/robots.txt",
    "/healthz",
    "/readyz",
]


def text_of(site, path):
    """What the server sends; what was searched for is repeated by the page and does not count."""
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=30)
    try:
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
    finally:
        connection.close()
    for echo in (
        f'value="{WORD}"',
        f"«{WORD}»",
        f"q={WORD}",
        f"{WORD}: search",
        f"«{WORD.lower()}»",
        f"/{WORD.lower()}/",
    ):
        text = text.replace(echo, "")
    return text.lower()


def knowing(site):
    """The public addresses at which the word stands."""
    return [path for path in PUBLIC if WORD.lower() in text_of(site, path)]


def test_editor_changes_an_entry_and_readers_see_it_when_published(site, window):
    assert knowing(site) == []
    edited = window()
    sign_in(edited, "publisher")
    page = edited.goto("/admin/")

    # Open the entry by the list.
    page.goto(f"{site.url}/admin/procedures/manuscript/?q=vertebroplasty&kind=procedure")
    page.locator(f"a[href='{DESK}']").first.click()
    page.wait_for_url(f"**{DESK}")
    summary = page.get_by_label("Summary", exact=False).first
    changed = f"By the {WORD}: {summary.input_value()}"
    summary.fill(changed)

    # The preview shows it as readers would see it, and keeps nothing.
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    preview = opened.value
    expect(preview.locator(".entry__summary")).to_contain_text(WORD)
    expect(preview.locator(".banner")).to_contain_text("Preview of a draft")
    expect(preview.locator("#indications")).to_be_visible()
    preview.close()
    assert knowing(site) == []

    # The draft is kept, and hidden.
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved as version 2")).to_be_visible()
    expect(page.get_by_label("Summary", exact=False).first).to_have_value(changed)
    assert knowing(site) == []

    # Publishing asks why, and shows what will change.
    page.get_by_role("button", name="Publish…").click()
    page.wait_for_url(f"**{DESK}publish/")
    expect(page.locator(".diff__line--added")).to_contain_text(WORD)
    edited.expected = (f"{site.url}{DESK}publish/",)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    page.get_by_label("Why").fill(REASON)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("readers see it now")).to_be_visible()

    shown, tells = set(knowing(site)), {f"{VERTEBROPLASTY}history/", f"{VERTEBROPLASTY}history/?old=1&new=2"}
    tells |= {VERTEBROPLASTY, "/procedures/", f"/search/?q={WORD}", f"{VERTEBROPLASTY}versions/2/", "/feed/"}
    assert tells <= shown
    # Other lists may tell the summary; no other page knows the word.
    assert shown - tells <= {"/search/?q=vertebroplasty", "/tags/bone-cement/"}
    assert REASON.lower() in text_of(site, f"{VERTEBROPLASTY}history/")
    reader = window().goto(VERTEBROPLASTY)
    expect(reader.locator(".entry__summary")).to_contain_text(f"By the {WORD}:")
    expect(reader.locator(".trust-line")).to_contain_text("Version 2")


def test_second_editor_is_told_and_loses_nothing(window):
    """Two windows begin from the same version; the second one saved says so, and holds what was typed."""
    first, second = window(), window()
    for shown in (first, second):
        sign_in(shown, "author")
    path = "/admin/procedures/manuscript/topic/radiation-safety/"
    one, two = first.goto(path), second.goto(path)

    one.get_by_label("Title").first.fill("Radiation safety, first")
    one.get_by_role("button", name="Save draft").click()
    expect(one.get_by_text("Saved as version 2")).to_be_visible()
    two.get_by_label("Title").first.fill("Radiation safety, second")
    second.expected = (second.site.url + path,)
    two.get_by_role("button", name="Save draft").click()

    expect(two.get_by_role("heading", name="Someone else saved this entry")).to_be_visible()
    expect(two.get_by_label("Title").first).to_have_value("Radiation safety, second")
