"""A passkey, in a real Chromium with an authenticator of its own."""

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def finger(page):
    """An authenticator in the browser; `finger(False)` is one it does not know."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def shows(is_known: bool) -> None:
        person = {"isUserVerified": is_known, **made}
        tools.send("WebAuthn.setUserVerified", person)

    return shows


def sign_in(page, site, person):
    page.goto(f"{site}/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("Email address").fill(person.email)
    page.get_by_text("Use a password instead").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def add_passkey(page):
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A name for it").fill("Sample laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()


def sign_out(page, site):
    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_and_signs_in_alone(page, site, finger, newcomer):
    sign_in(page, site, newcomer)
    add_passkey(page)
    sign_out(page, site)

    page.goto(f"{site}/accounts/login/?next=/guides/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(f"{site}/guides/")
    expect(page.get_by_role("banner")).to_contain_text("Sample Newcomer")


def test_a_passkey_is_the_second_step_after_a_password(page, site, finger, newcomer):
    sign_in(page, site, newcomer)
    add_passkey(page)
    sign_out(page, site)

    sign_in(page, site, newcomer)
    expect(page.get_by_role("heading", name="One step more")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()

    page.get_by_role("link", name="See, rename or remove").click()
    expect(page.get_by_role("heading", name="Sample laptop")).to_be_visible()


def test_a_passkey_that_is_not_used_is_said_in_words(page, site, finger, newcomer):
    sign_in(page, site, newcomer)
    add_passkey(page)
    sign_out(page, site)
    page.goto(f"{site}/accounts/login/")
    finger(False)
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
    expect(page.get_by_label("Email address")).to_be_visible()
