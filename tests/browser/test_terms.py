"""A word of the trade shows what it means, by pointer, keyboard and touch."""

import pytest
from playwright.sync_api import expect

from guides.models import Edition
from landscape.models import Term
from tests.browser.test_access import faults
from tests.guides.glossary import make_term

GUIDE = "/guides/your-first-week/"
MEANING = "Who answers to Parliament and to the board for a project from end to end."
SHOWN = "getComputedStyle(document.querySelector('#term--sro'), '::after').content"


@pytest.fixture
def explained_site(site):
    """The starter guides with a few words explained, and no others."""
    Term.objects.update(is_explained=False)
    make_term("SRO", "senior responsible owner", slug="sro", meaning=MEANING)
    make_term("MFA", "multi-factor authentication", slug="mfa", until="2020")
    for slug in "analyst", "other":
        make_term("BPSS", f"{slug} standard", slug=slug, meaning=MEANING * 2)
    Edition.objects.explain_again()
    return site


def is_shown(page) -> bool:
    return page.evaluate(SHOWN) != "none"


def is_told(page) -> bool:
    """Whether the meaning in the list is before the reader's eyes."""
    expect(page.locator("#term-sro")).to_be_in_viewport()
    return MEANING in page.locator("#term-sro").inner_text()


def test_the_meaning_stands_beside_the_word_until_escape(page, explained_site):
    page.goto(explained_site + GUIDE)
    word = page.locator("#term--sro")

    word.hover()
    assert is_shown(page)
    box = word.bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + box["height"] + 12)  # onto the meaning
    assert is_shown(page)
    page.keyboard.press("Escape")
    assert not is_shown(page)
    page.mouse.move(0, 0)
    word.focus()
    assert is_shown(page)
    page.keyboard.press("Escape")
    assert not is_shown(page)
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    assert is_told(page)


def test_touch_shows_the_meaning_and_then_leads_to_the_list(
    browser, explained_site, answered
):
    context = browser.new_context(
        has_touch=True, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    page.goto(explained_site + GUIDE)

    page.locator("#term--sro").tap()
    assert is_shown(page)
    assert "#" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#term--sro").tap()
    assert is_told(page)
    context.close()


def test_without_script_a_word_shows_and_leads_to_its_meaning(
    browser, explained_site, answered
):
    context = browser.new_context(java_script_enabled=False, has_touch=True)
    page = context.new_page()
    page.goto(explained_site + GUIDE)
    word = page.locator("#term--sro")

    word.scroll_into_view_if_needed()
    plain = page.screenshot()
    for show in word.hover, word.focus:
        show()
        assert page.screenshot() != plain  # no script may ask for the style
    word.tap()

    expect(page.locator("#term-sro")).to_be_in_viewport()
    assert page.url.endswith("#term-sro")
    page.get_by_role("link", name="Back to SRO in the text").click()
    expect(word).to_be_in_viewport()
    context.close()


def test_paper_has_the_list_and_no_marks(page, explained_site):
    page.emulate_media(media="print")
    page.goto(explained_site + GUIDE)

    expect(page.get_by_role("heading", name="Terms on this page")).to_be_visible()
    expect(page.locator("#term-sro")).to_contain_text(MEANING)
    expect(page.locator("#term-sro a").first).to_be_hidden()


@pytest.mark.parametrize("browser_context_args", [{"bypass_csp": True}])
def test_explained_words_are_accessible(page, explained_site, browser_context_args):
    assert faults(page, explained_site + GUIDE) == []
