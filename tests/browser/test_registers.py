"""Registers, and what a change in them asks for: for everybody, and by keyboard."""

import pytest
from playwright.sync_api import expect

from guides.wave import supersede
from landscape.models import Jurisdiction
from tests.browser.people import sign_in
from tests.browser.test_access import faults
from tests.guides.landscape import citing, make_body, make_policy, make_term

CHECKED = pytest.mark.parametrize("browser_context_args", [{"bypass_csp": True}])


@pytest.fixture
def old(curator):
    """A policy that ended, which a guide cites."""
    new = make_policy(slug="new-standard", title="New standard")
    policy = make_policy(slug="old-standard", title="Old standard")
    citing(policy, owner=curator, title="Spend control")
    supersede(policy, status="superseded", successor=new, on="2026-04", by=curator)
    return policy


@pytest.fixture
def registers():
    """A few rows to walk through."""
    ministry = make_body(slug="ministry", name="Ministry", abbreviation="MIN")
    make_body(slug="agency", name="Agency of it", parent=ministry)
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    make_policy(slug="an-act", title="An act", kind="act").jurisdictions.set([uk])
    make_policy(slug="a-standard", title="A standard")
    make_term()


def tab_to(page, element) -> None:
    """Press Tab until something has the focus, which must be seen there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if element.evaluate("element => element === document.activeElement"):
            style = "element => getComputedStyle(element).outlineStyle"
            assert element.evaluate(style) != "none"
            return
    raise AssertionError(f"Tab does not lead to {element}.")


@CHECKED
def test_a_guide_that_says_what_changed_is_accessible(page, live_server, old):
    guide = old.citations.first().edition.guide

    found = faults(page, f"{live_server.url}{guide.get_absolute_url()}")

    assert page.locator(".notice--alert").count() == 1
    assert not found, "\n".join(found)


@CHECKED
def test_the_picker_is_accessible(tab, live_server, old):
    found = faults(tab, f"{live_server.url}/guides/new/cite/?q=standard")

    expect(tab.locator("main")).to_contain_text("New standard")
    assert not found, "\n".join(found)


@CHECKED
def test_what_a_curator_does_to_a_register_is_accessible(
    page, live_server, curator, old
):
    sign_in(page, live_server.url, curator)
    admin = f"{live_server.url}/admin"
    found = faults(page, f"{admin}/guides/reviewtask/")
    body = make_body()
    for kind, row, verb in (
        ("policy", old, "Change its status"),
        ("organisation", body, "Say what became of it"),
    ):
        # The rows of Django's own tables begin with what they are, under no head.
        change = f"{admin}/landscape/{kind}/{row.pk}/change/"
        found += faults(page, change, but="empty-table-header")
        page.get_by_role("button", name=verb).click()
        expect(page.get_by_role("heading", name=verb)).to_be_visible()
        found += faults(page)

    assert not found, "\n".join(found)


def test_the_tree_of_bodies_opens_by_keyboard(page, live_server, registers):
    page.goto(f"{live_server.url}/organisations/")

    tab_to(page, page.locator("summary", has_text="1 part of MIN"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Agency of it"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Agency of it", level=1)).to_be_visible()


def test_policies_are_filtered_by_keyboard(page, live_server, registers):
    page.goto(f"{live_server.url}/policies/")

    tab_to(page, page.get_by_label("Kind", exact=True))
    page.keyboard.type("Act")
    tab_to(page, page.get_by_label("Place", exact=True))
    page.keyboard.type("United")
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main form button").last)
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="A standard")).to_have_count(0)
    tab_to(page, page.get_by_role("link", name="An act"))
    assert "kind=act" in page.url
    assert "place=uk" in page.url


def test_a_term_is_found_and_opened_by_keyboard(page, live_server, registers):
    page.goto(f"{live_server.url}/glossary/")

    tab_to(page, page.get_by_label("Acronym or word, or part of it"))
    page.keyboard.type("accounting")
    expect(page.locator("#count")).to_contain_text("for “accounting”")
    tab_to(page, page.get_by_role("link", name="AO accounting officer"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("AO")
