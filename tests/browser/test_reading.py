"""Reading with a keyboard, without script, in the dark, on paper."""

import re

import pytest
from playwright.sync_api import expect

GUIDE = "/guides/how-government-fits-together/"


def test_the_keyboard_reaches_the_text_first(page, site):
    page.goto(site + GUIDE)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("!!document.activeElement.closest('main')")


def test_focus_is_always_seen(page, site):
    page.goto(site + GUIDE)

    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            "const width = parseFloat(style.outlineWidth);"
            "return style.outlineStyle !== 'none' && width >= 2 })()"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_a_wide_table_scrolls_inside_itself(page, site):
    page.set_viewport_size({"width": 320, "height": 800})

    page.goto(site + GUIDE)

    table = page.get_by_role("region", name=re.compile("^Table")).first
    expect(table).to_have_attribute("tabindex", "0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}])
def test_everything_works_without_script(browser, site, browser_context_args):
    page = browser.new_context(**browser_context_args).new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site)

    page.get_by_role("main").get_by_role("searchbox").fill("classification")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Handling").first.click()
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link"
    ).first.click()

    assert "#" in page.url
    page.context.close()


def test_the_dark_is_dark(page, site):
    page.emulate_media(color_scheme="dark")
    page.goto(site + GUIDE)

    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert max(int(part) for part in re.findall(r"\d+", paper)[:3]) < 60


def test_paper_gets_the_text_and_not_the_menus(page, site):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site + GUIDE)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("nav.toc")).to_be_hidden()
    expect(page.get_by_role("banner").get_by_role("searchbox")).to_be_hidden()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_nothing_is_fetched_from_elsewhere(page, site):
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    for address in ["/", "/guides/", GUIDE, "/accounts/login/"]:
        page.goto(site + address)
        page.wait_for_load_state("networkidle")

    assert hosts == {site.split("/")[2]}


def test_forced_colours_keep_the_edges(page, site):
    page.emulate_media(forced_colors="active")
    page.goto(site)

    box = page.get_by_role("main").get_by_role("searchbox")
    width = box.evaluate("element => getComputedStyle(element).borderTopWidth")

    assert float(width.removesuffix("px")) >= 1
