"""The glossary narrows while words are typed, and does without script too."""

from playwright.sync_api import expect

BOX = "Acronym or word, or part of it"


def test_terms_are_found_while_letters_are_typed(page, site):
    page.goto(f"{site}/glossary/")

    page.get_by_role("searchbox", name=BOX).press_sequentially("accounting o")

    expect(page.locator("#count")).to_contain_text("for “accounting o”")
    expect(page.get_by_role("link", name="AO accounting officer")).to_be_visible()
    expect(page.get_by_role("link", name="alpha")).to_have_count(0)
    assert page.url.endswith("/glossary/?q=accounting+o")


def test_the_form_finds_the_same_without_script(browser, site):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/glossary/")

    page.get_by_role("searchbox", name=BOX).fill("accounting o")
    page.get_by_role("button", name="Search").last.click()

    expect(page.get_by_role("link", name="AO accounting officer")).to_be_visible()
