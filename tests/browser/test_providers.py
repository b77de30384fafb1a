"""Signing in with Google, X and Facebook in a real browser, and coming back."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from tests.browser.people import sign_in
from tests.factories import make_user
from tests.providers import NAMES, UIDS

ELSEWHERE = re.compile("^https:")


def go_to(page, site, name):
    """From a guide to the sign-in page, and on to the provider."""
    # The OpenID provider's own page wants a style sheet from the network.
    page.route(ELSEWHERE, lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(f"{site}/guides/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name=f"Continue with {NAMES[name]}").click()


def agree(page, name):
    """Type who one is at the only provider that asks."""
    if name == "google":
        page.get_by_label("Subject").fill(UIDS[name])
        page.get_by_role("button", name="Authorize").click()


@pytest.mark.parametrize("name", NAMES)
def test_a_known_person_comes_back_to_where_they_were(page, site, providers, name):
    known = make_user("Sam Known")
    SocialAccount.objects.create(user=known, provider=name, uid=UIDS[name])
    go_to(page, site, name)
    agree(page, name)

    page.wait_for_url(f"{site}/guides/")
    assert page.get_by_text("Sam Known").first.is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_new_person_is_asked_for_a_name_once(page, site, providers, name):
    go_to(page, site, name)
    agree(page, name)
    page.get_by_label("Name to show").fill("Sam of Sample")
    if name == "twitter_oauth2":
        page.get_by_label("Email").fill("sam.of.x@example.org")
    page.get_by_role("button", name="Create account").click()
    if name == "google":
        page.wait_for_url(f"{site}/guides/")
    else:  # the address is confirmed first
        page.get_by_label("Code").wait_for()

    assert User.objects.get().display_name == "Sam of Sample"


@pytest.mark.parametrize("name", ["twitter_oauth2", "facebook"])
def test_who_refuses_finds_the_way_back(page, site, providers, name):
    providers[name].refuses = True
    go_to(page, site, name)
    page.get_by_role("link", name="Back to where you were").click()

    page.wait_for_url(f"{site}/guides/")
    assert not User.objects.exists()


def test_who_refuses_at_google_finds_the_way_back(page, site, providers):
    go_to(page, site, "google")
    page.get_by_role("button", name="Deny").click()
    page.get_by_role("link", name="Back to where you were").click()

    page.wait_for_url(f"{site}/guides/")


@pytest.mark.parametrize("name", NAMES)
def test_without_script_it_works_the_same(browser, site, providers, name):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        go_to(page, site, name)
        agree(page, name)

        page.get_by_role("button", name="Create account").wait_for()


@pytest.mark.parametrize("name", ["twitter_oauth2", "facebook"])
def test_a_member_connects_an_account(page, site, providers, name):
    sign_in(page, site, member := make_user("Sam Known"))
    page.goto(f"{site}/accounts/3rdparty/")
    page.get_by_role("button", name=f"Connect {NAMES[name]}").click()
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Continue", exact=True).click()

    page.get_by_text("This account is connected").wait_for()
    assert SocialAccount.objects.get().user == member
