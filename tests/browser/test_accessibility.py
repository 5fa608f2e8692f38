"""Every type of page for everybody: axe's rules, best practices included; narrow, large, dark, on paper, by keyboard."""

import pytest

from tests.browser.pages import LONG, PAGES, STATUS, VERTEBROPLASTY

WIDTHS = (1280, 390, 320)
# The only rules that a color scheme can change.
OF_COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def unfold(page):
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


# -- axe ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_axe_violation(window, name):
    shown = window(reduced_motion="reduce")
    page = shown.goto(PAGES[name], STATUS.get(name, 200))
    unfold(page)

    for scheme, options in (("light", {}), ("dark", OF_COLORS)):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert not (report := shown.violations(**options)), f"{scheme}, {width} px: {report}"


@pytest.mark.parametrize("path", LONG)
def test_longest_page_has_no_axe_violation(window, path):
    shown = window(reduced_motion="reduce")
    page = shown.goto(path)
    unfold(page)

    assert not (report := shown.violations()), report
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(overflow) <= 0
    assert not (report := shown.violations(**OF_COLORS)), report


def test_axe_sees_what_is_wrong(window):
    """The other half of the proof."""
    shown = window()
    page = shown.goto("/about/")
    page.evaluate("document.querySelector('h2').outerHTML = '<h5>About</h5><img src=\"data:,\">'")

    report = shown.violations()

    assert "image-alt" in report
    assert "heading-order" in report


def test_axe_sees_low_contrast(window):
    shown = window(color_scheme="dark")
    shown.goto("/about/").evaluate("document.querySelector('main').style.color = '#445'")

    assert "color-contrast" in shown.violations(**OF_COLORS)


# -- narrow, large --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_page_never_scrolls_sideways(window, name):
    """On the narrowest phone; at 200 % zoom; with letters twice as large."""
    page = window(viewport={"width": 320, "height": 640}).goto(PAGES[name], STATUS.get(name, 200))
    unfold(page)

    assert page.evaluate(overflow) <= 0
    page.set_viewport_size({"width": 640, "height": 400})
    assert page.evaluate(overflow) <= 0
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(overflow) <= 0


@pytest.mark.parametrize("name", ["home", "procedures-narrowed", "procedure", "search-results", "history"])
def test_page_loses_nothing_at_double_zoom(window, name):
    """What a desktop shows is there at 200 %: a 1280 px window has 640 CSS pixels then."""
    large = window().goto(PAGES[name])
    zoomed = window(viewport={"width": 640, "height": 400}, device_scale_factor=2).goto(PAGES[name])
    visible = "[...document.querySelectorAll('a, button, input, h1, h2, h3')].filter((e) => e.checkVisibility()).length"

    assert zoomed.evaluate(visible) == large.evaluate(visible)


@pytest.mark.parametrize("width", [390, 320])
def test_targets_are_large_enough_on_a_phone(window, width):
    """Search and the links of the frame take a finger: 24 px at least, the search button 44."""
    page = window(viewport={"width": width, "height": 800}, has_touch=True).goto("/procedures/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.frame-nav a, .search__button, .brand, .facet__choice, .frame-footer a')]"
        ".map((e) => [e.textContent.trim(), e.getBoundingClientRect().height])"
    )

    assert [(text, height) for text, height in sizes if height < 24] == []
    assert page.locator(".search__button").bounding_box()["height"] >= 44


# -- keyboard -----------------------------------------------------------------------------------------------

_FOCUSED = """(() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {
    tag: element.tagName.toLowerCase(), name: element.className, text: element.textContent.trim(),
    place: ["skip-link", "search", "frame-nav", "facets", "contents", "frame-footer"].find(
      (each) => element.closest(`.${each}`)) || (element.closest("main") ? "main" : ""),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    top: box.top, bottom: box.bottom,
  };
})()"""


def tabbed(page, most=60):
    """What the Tab key reaches, in order, up to the first thing in the text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUSED)
        yield found
        if found["place"] == "main":
            return


def test_skip_link_is_first_and_leads_to_the_text(window):
    page = window().goto(VERTEBROPLASTY)

    page.keyboard.press("Tab")
    first = page.evaluate(_FOCUSED)
    page.keyboard.press("Enter")

    assert first["place"] == "skip-link"
    assert first["top"] >= 0
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUSED)["place"] == "main"


@pytest.mark.parametrize("name", ["home", "procedures", "procedure", "search-results", "history", "not-found"])
def test_tab_reaches_search_then_navigation_then_text(window, name):
    page = window().goto(PAGES[name], STATUS.get(name, 200))

    places = list(dict.fromkeys(found["place"] for found in tabbed(page) if found["place"]))

    # At home the search field is the text's first thing.
    wanted = ["skip-link", "frame-nav", "main"] if name == "home" else ["skip-link", "search", "frame-nav", "main"]
    assert [place for place in places if place in wanted] == wanted


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_always_seen(window, scheme):
    page = window(color_scheme=scheme).goto("/procedures/")

    for found in tabbed(page):
        assert found["outline"] >= 2, found
        assert found["bottom"] > 0, found


@pytest.mark.parametrize("name", ["home", "procedure", "search", "not-found"])
def test_slash_goes_to_the_search_field(window, name):
    page = window().goto(PAGES[name], STATUS.get(name, 200))

    page.keyboard.press("/")
    page.keyboard.type("cement and/or balloon")

    assert page.evaluate("document.activeElement.name") == "q"
    assert page.evaluate("document.activeElement.value") == "cement and/or balloon"


def test_focus_is_not_hidden_by_the_sticky_header(window):
    page = window().goto(VERTEBROPLASTY + "#risks")
    header = page.locator(".frame-header").bounding_box()

    assert page.locator("#risks").bounding_box()["y"] >= header["y"] + header["height"]


def test_wide_table_scrolls_by_keyboard(window):
    page = window(viewport={"width": 320, "height": 640}).goto("/complications/cement-leakage/")
    box = page.locator(".table-scroll").first

    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.table-scroll').scrollLeft > 0")


# -- motion, contrast, paper --------------------------------------------------------------------------------


@pytest.mark.parametrize(("motion", "behavior"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_follows_the_wish_of_the_reader(window, motion, behavior):
    page = window(reduced_motion=motion).goto(VERTEBROPLASTY)

    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behavior


@pytest.mark.parametrize("name", ["home", "procedure", "search-results"])
def test_nothing_moves_where_motion_is_not_wanted(window, name):
    page = window(reduced_motion="reduce").goto(PAGES[name])
    moving = (
        "[...document.querySelectorAll('*')].filter((e) => { const s = getComputedStyle(e);"
        " return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'; }).length"
    )

    assert page.evaluate(moving) == 0


def test_verdicts_need_no_color(window):
    """Shape and word as well; with the system's own colors they get a border."""
    page = window(forced_colors="active").goto("/conditions/osteoporotic-vertebral-compression-fracture/")
    verdicts = page.locator(".verdict")

    assert verdicts.count() > 3
    for text in verdicts.all_inner_texts():
        assert text[0] in "●▲✕○" and len(text) > 3
    assert verdicts.first.evaluate("(e) => getComputedStyle(e).borderTopStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_text_without_the_frame(window, scheme):
    page = window(color_scheme=scheme).goto(VERTEBROPLASTY)
    page.emulate_media(media="print")

    for hidden in (".frame-header", ".frame-footer", ".contents", ".search", ".skip-link"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for shown in ("h1", "#indications", "#steps", "#sources", ".step", ".hazard", ".glance"):
        assert page.locator(shown).first.is_visible(), shown
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


def test_paper_of_a_list_has_no_facets(window):
    page = window().goto("/procedures/")
    page.emulate_media(media="print")

    assert not page.locator(".facets").is_visible()
    assert page.locator(".entry-row").first.is_visible()
