"""A curator says what became of a body, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.guides.landscape import make_body


@pytest.fixture
def body():
    """A body, and two that might take its place."""
    make_body(name="Borough Council", slug="one")
    make_body(name="Burgh Council", slug="two")
    return make_body(name="Old Council", slug="old")


def say_what_became(tab, site: str, body) -> None:
    tab.goto(f"{site}/admin/landscape/organisation/{body.pk}/change/")
    tab.get_by_role("button", name="Say what became of it").click()
    tab.get_by_label("What became of it").select_option("split")
    tab.get_by_label("As of when").fill("2026-04")


def confirm(tab) -> None:
    tab.locator(".submit-row input[type=submit]").click()
    expect(tab.locator(".messagelist")).to_contain_text("1 done")


def test_a_curator_finds_the_bodies_in_its_place_by_typing(
    page, live_server, curator, body
):
    sign_in(page, live_server.url, curator)
    say_what_became(page, live_server.url, body)

    for name in "Borough Council", "Burgh Council":
        page.locator(".select2-search__field").click()
        page.keyboard.type(name[:5])
        page.get_by_role("option", name=name).click()
    confirm(page)

    heirs = body.successions.values_list("new__slug", flat=True)
    assert set(heirs) == {"one", "two"}


def test_without_script_a_curator_types_their_names(
    new_context, live_server, curator, body
):
    tab = new_context(java_script_enabled=False).new_page()
    sign_in(tab, live_server.url, curator)
    say_what_became(tab, live_server.url, body)

    field = tab.get_by_label("Their names, each on a line")
    field.fill("Borough\nBurgh Council")
    tab.locator(".submit-row input[type=submit]").click()
    expect(tab.locator(".errorlist")).to_contain_text("Do you mean “Borough Council”?")
    expect(field).to_have_value("Borough\nBurgh Council")
    field.fill("Borough Council\nBurgh Council")
    confirm(tab)

    heirs = body.successions.values_list("new__slug", flat=True)
    assert set(heirs) == {"one", "two"}
