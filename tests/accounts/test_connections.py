"""Several ways to sign in to one account, and never none."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from tests.factories import PASSWORD, make_user
from tests.pages import check, send, visit
from tests.providers import NAMES, UIDS, address_in, local, sign_in

PAGE = "/accounts/3rdparty/"


@pytest.fixture
def member(newcomer, reader):
    """Somebody who signed in with a password, and typed it again a moment ago."""
    reader.post("/accounts/login/", {"login": newcomer.email, "password": PASSWORD})
    reader.post("/accounts/reauthenticate/", {"password": PASSWORD})
    reader.person = newcomer
    return reader


def connect(browser, stand_in):
    """Press "Connect …", agree there, and come back."""
    answer = browser.post(f"/accounts/{stand_in.id}/login/", {"process": "connect"})
    return browser.get(local(stand_in.agree(address_in(answer))))


def known(person, provider_id):
    """Connect the person whom the cast's provider names."""
    return SocialAccount.objects.create(
        user=person,
        provider=provider_id,
        uid=UIDS[provider_id],
        extra_data={"email": "sam@example.org"},
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_member_connects_an_account_and_signs_in_with_it(member, providers, name):
    answer = connect(member, providers[name])
    page = check(member.get(answer.url), 200)
    member.post("/accounts/logout/")
    sign_in(member, providers[name])

    assert "This account is connected" in page.get_text()
    assert SocialAccount.objects.get().user == member.person
    assert member.session["_auth_user_id"] == str(member.person.pk)


def test_one_account_may_have_all_three(member, providers):
    for stand_in in providers.values():
        connect(member, stand_in)

    page = visit(member, PAGE)
    assert len(page.select("main li input[name=account]")) == 3
    assert User.objects.count() == 1


def test_connecting_asks_who_one_is_before_and_goes_on_after(
    browser_of, newcomer, providers
):
    browser = browser_of(newcomer)
    asked = browser.post("/accounts/google/login/", {"process": "connect"})
    went_on = browser.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert address_in(went_on).startswith(providers["google"].site)


def test_a_link_connects_nothing(member, providers):
    answer = member.get(
        "/accounts/facebook/login/?process=connect",
        headers={"sec-fetch-site": "same-origin"},
    )
    member.get(local(providers["facebook"].agree(address_in(answer))))

    assert not SocialAccount.objects.filter(user=member.person).exists()


def test_who_is_signed_out_is_led_to_sign_in_before_connecting(reader, providers):
    answer = reader.post("/accounts/google/login/", {"process": "connect"})

    assert answer.url == "/accounts/login/?next=/accounts/3rdparty/"


def test_an_account_that_is_somebody_elses_is_left_with_them(member, providers):
    veteran = make_user()
    known(veteran, "facebook")
    answer = connect(member, providers["facebook"])
    page = check(member.get(answer.url), 200)

    assert "somebody else here signs in with it" in page.get_text()
    assert SocialAccount.objects.get().user == veteran


def test_connecting_twice_changes_nothing(member, providers):
    connect(member, providers["facebook"])
    answer = connect(member, providers["facebook"])

    assert "connected before" in check(member.get(answer.url), 200).get_text()
    assert SocialAccount.objects.count() == 1


def test_a_member_who_has_a_confirmed_address_may_disconnect_all(member, providers):
    account = known(member.person, "google")
    answer = member.post(PAGE, {"account": account.pk})

    assert answer.url == PAGE
    assert not SocialAccount.objects.exists()


def test_disconnecting_asks_who_one_is(browser_of, newcomer, providers):
    account = known(newcomer, "google")
    browser = browser_of(newcomer)
    asked = browser.post(PAGE, {"account": account.pk})
    still_there = SocialAccount.objects.exists()
    browser.post(asked.url, {"password": PASSWORD})

    assert asked.url.startswith("/accounts/reauthenticate/")
    assert still_there
    assert not SocialAccount.objects.exists()


def test_the_last_way_in_stays(member, providers):
    account = known(member.person, "google")
    EmailAddress.objects.update(verified=False)
    page = send(member, PAGE, {"account": account.pk})

    assert "your last way to sign in" in page.select_one(".error-summary").get_text()
    assert SocialAccount.objects.exists()


def test_an_account_at_a_provider_that_is_off_is_no_way_in(member, providers, settings):
    account = known(member.person, "google")
    known(member.person, "facebook")
    EmailAddress.objects.update(verified=False)
    usual = settings.SOCIALACCOUNT_PROVIDERS
    off = usual["facebook"] | {"APPS": []}
    settings.SOCIALACCOUNT_PROVIDERS = usual | {"facebook": off}

    send(member, PAGE, {"account": account.pk})
    assert SocialAccount.objects.count() == 2


@pytest.mark.parametrize("way", ["another account", "a passkey"])
def test_another_way_in_is_enough(member, providers, way):
    account = known(member.person, "google")
    EmailAddress.objects.update(verified=False)
    if way == "another account":
        known(member.person, "facebook")
    else:
        Authenticator.objects.create(user=member.person, type="webauthn", data={})

    member.post(PAGE, {"account": account.pk})
    assert not SocialAccount.objects.filter(pk=account.pk).exists()


def test_an_account_at_a_provider_that_is_off_is_shown_and_goes(member):
    account = known(member.person, "google")
    page = visit(member, PAGE)
    member.post(PAGE, {"account": account.pk})

    assert "sam@example.org" in page.main.get_text()
    assert "Connect an account" not in page.main.get_text()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("account", ["", "0", "x", "999999999999999999999", "\x00"])
def test_an_account_that_is_not_ones_own_stays(member, account):
    known(make_user(), "google")
    page = send(member, PAGE, {"account": account})

    assert page.select_one(".error-summary")
    assert SocialAccount.objects.exists()


def test_signed_out_people_see_no_connections(reader):
    assert reader.get(PAGE).url == f"/accounts/login/?next={PAGE}"
