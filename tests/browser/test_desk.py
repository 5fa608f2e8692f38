"""The editors' desk for everybody: axe's rules, narrow and dark, quiet console, without JavaScript too."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import OF_COLORS, WIDTHS, overflow, unfold

DESK = "/admin/procedures/manuscript/"
ENTRY = f"{DESK}condition/cement-allergy/"

PAGES = {
    "dashboard": "/admin/",
    "list": DESK,
    "list-narrowed": f"{DESK}?kind=procedure&q=kypho",
    "revisions": "/admin/procedures/revision/?q=kypho",
    "acts": "/admin/procedures/act/?q=kypho",
    "vocabularies": "/admin/procedures/vocabulary/?q=guidance",
    "new": f"{DESK}new/",
    "new-form": f"{DESK}new/?kind=case&slug=a-case-of-the-tests",
    "form": ENTRY,
    "text": f"{ENTRY}text/",
    "history": f"{ENTRY}history/",
    "withdraw": f"{ENTRY}withdraw/",
    "rename": f"{ENTRY}rename/",
    "publish": f"{ENTRY}publish/",
    "restore": f"{ENTRY}restore/1/",
    "preview": f"{ENTRY}preview/",
    "password": "/admin/password_change/",
}


@pytest.fixture
def desk(window):
    """A window in which the publisher is signed in."""
    shown = window(reduced_motion="reduce")
    sign_in(shown, "publisher")
    return shown


def check(shown, page):
    unfold(page)
    for scheme, options in (("light", {}), ("dark", OF_COLORS)):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert not (report := shown.violations(**options)), f"{scheme}, {width} px: {report}"
            assert page.evaluate(overflow) <= 0, f"{width} px"


@pytest.mark.parametrize("name", PAGES)
def test_desk_page_has_no_axe_violation(desk, name):
    check(desk, desk.goto(PAGES[name]))


def test_long_form_has_no_axe_violation(desk):
    """With its parts folded: what they hold is looked at in the others."""
    page = desk.goto(f"{DESK}procedure/sacroiliac-joint-injection/")

    assert not (report := desk.violations()), report
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(overflow) <= 0


def test_login_has_no_axe_violation(window):
    shown = window(reduced_motion="reduce")
    check(shown, shown.goto("/admin/login/"))


def test_login_that_failed_has_no_axe_violation(window):
    shown = window(reduced_motion="reduce")
    page = shown.goto("/admin/login/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()

    expect(page.locator(".errornote")).to_be_visible()
    check(shown, page)


def test_form_with_faults_has_no_axe_violation(desk):
    page = desk.goto(ENTRY)
    page.get_by_label("Title").first.fill("")
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_role("heading", name="to mend before publishing")).to_be_visible()
    check(desk, page)


def test_desk_tells_who_may_not(window):
    shown = window()
    sign_in(shown, "author")
    page = shown.goto(f"{ENTRY}publish/", 403)

    expect(page.get_by_role("main")).to_contain_text("may not publish")


def test_desk_needs_no_javascript(window):
    """Save, and a part added and taken away again, with the plain form."""
    shown = window(java_script_enabled=False)
    sign_in(shown, "author")
    page = shown.goto(f"{DESK}topic/of-two-versions/")
    page.get_by_label("Title").first.fill("A topic without JavaScript")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Saved as version")).to_be_visible()
    expect(page.get_by_label("Title").first).to_have_value("A topic without JavaScript")
