"""Signing in with Google, X or Facebook, which are on loopback here."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from accounts import providers as ours
from accounts.models import User
from hub import environment
from tests.factories import make_user
from tests.pages import check, visit
from tests.providers import NAMES, UIDS, address_in, asked, leave, sign_in

EVERY = pytest.mark.parametrize("name", NAMES)


def signed_in(browser):
    return browser.session.get("_auth_user_id")


def known(person, provider_id):
    """The person whom the cast's provider names has this account."""
    uid = UIDS[provider_id]
    SocialAccount.objects.create(user=person, provider=provider_id, uid=uid)


@EVERY
def test_a_known_person_is_signed_in_at_once(reader, newcomer, providers, name):
    known(newcomer, name)
    answer = sign_in(reader, providers[name])

    assert (answer.status_code, answer.url) == (302, "/guides/")
    assert signed_in(reader) == str(newcomer.pk)
    assert User.objects.count() == 1


@EVERY
def test_the_session_remembers_which_account_opened_it(
    reader, newcomer, providers, name
):
    known(newcomer, name)
    request = sign_in(reader, providers[name]).wsgi_request

    assert ours.signed_in_with(request) == f"{NAMES[name].split()[0]} account"


def test_a_person_with_a_password_has_an_account_of_the_site(browser_of, newcomer):
    request = browser_of(newcomer).get("/").wsgi_request

    assert ours.signed_in_with(request) == "Handover account"


@EVERY
def test_a_visit_to_a_provider_asks_for_little_and_is_safe(reader, providers, name):
    wanted = {
        "google": {"openid", "profile", "email"},
        "twitter_oauth2": {"users.read", "tweet.read", "users.email"},
        "facebook": {"public_profile", "email"},
    }
    first, second = (asked(leave(reader, name)) for _ in range(2))

    assert set(re.split("[ ,]", first["scope"])) == wanted[name]
    assert first["code_challenge_method"] == "S256"
    changing = {"state", "code_challenge"} | ({"nonce"} if name == "google" else set())
    assert all(first[word] != second[word] for word in changing)
    assert first["redirect_uri"] == f"http://testserver/accounts/{name}/login/callback/"


@EVERY
def test_nothing_that_opens_a_providers_doors_is_kept(
    reader, newcomer, providers, name
):
    known(newcomer, name)
    sign_in(reader, providers[name])

    kept = SocialAccount.objects.get().extra_data
    assert set(kept) <= {"name", "username", "email"}
    assert not SocialToken.objects.exists()


@EVERY
def test_the_connecting_page_says_what_happens(reader, providers, name):
    answer = reader.get(
        f"/accounts/{name}/login/", headers={"sec-fetch-site": "same-origin"}
    )
    page = check(answer, 200)

    assert page.title.get_text().startswith(f"Connecting to {NAMES[name]}")
    assert "your name and email address" in page.main.get_text()
    assert "post nothing there" in page.main.get_text()
    assert address_in(answer).startswith(providers[name].site)
    assert "form-action 'self'" in answer.headers["Content-Security-Policy"]


@EVERY
@pytest.mark.parametrize("came", ["cross-site", "none", "same-site", ""])
def test_who_did_not_come_from_our_pages_is_asked_first(reader, providers, name, came):
    headers = {"sec-fetch-site": came} if came else {}
    answer = reader.get(f"/accounts/{name}/login/?next=/guides/", headers=headers)
    page = check(answer, 200)
    sent = reader.post(page.main.form["action"], {"next": "/guides/"})

    assert page.h1.get_text() == f"Continue to {NAMES[name]}"
    assert not page.select("meta[http-equiv]")
    assert address_in(sent).startswith(providers[name].site)


@EVERY
def test_a_form_of_another_site_starts_nothing(providers, name):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(f"/accounts/{name}/login/").status_code == 403


@EVERY
@pytest.mark.parametrize("way", ["login/", "login/callback/", "login/callback/?code=1"])
def test_a_provider_that_is_off_has_no_addresses(reader, name, way):
    page = visit(reader, f"/accounts/{name}/{way}", 404)

    assert page.h1.get_text() == "There is no such page"
    assert reader.post(f"/accounts/{name}/login/").status_code == 404


def test_without_keys_no_provider_is_offered(browser_of, newcomer):
    page = visit(browser_of(newcomer), "/accounts/3rdparty/")

    assert ours.enabled() == []
    assert not page.find_all(string=re.compile("Google|Facebook|Twitter"))


def test_providers_are_offered_in_one_order(providers):
    assert [provider.name for provider in ours.enabled()] == list(NAMES.values())


@pytest.mark.parametrize("set_one", ["GOOGLE_CLIENT_ID", "GOOGLE_SECRET"])
def test_half_of_the_keys_stops_the_start(monkeypatch, set_one):
    monkeypatch.setenv(set_one, "a word")

    with pytest.raises(environment.Misconfigured, match="set both, or none"):
        environment.provider_keys("GOOGLE")


@EVERY
def test_suspended_people_cannot_come_in_by_a_provider(reader, providers, name):
    person = make_user(is_active=False)
    known(person, name)
    page = check(sign_in(reader, providers[name]), 403)

    assert page.h1.get_text() == "This account is suspended"
    assert not signed_in(reader)
