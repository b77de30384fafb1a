"""Where somebody is signed in, and proving it once more before a change."""

from functools import partial

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.templatetags.browsers import browser as browser_name
from tests.accounts.codes import ask_for_code, code_in, type_code
from tests.factories import PASSWORD, make_user
from tests.pages import send, visit

SESSIONS, EMAIL = "/accounts/sessions/", "/accounts/email/"
BY_CODE = "/accounts/reauthenticate/code/"
TYPE_CODE = "/accounts/reauthenticate/code/confirm/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/605"


def signed_in(person, user_agent: str = FIREFOX) -> Client:
    """A browser in which somebody typed the password."""
    browser = Client(headers={"user-agent": user_agent})
    words = {"login": person.email, "password": PASSWORD}
    assert browser.post("/accounts/login/", words).status_code == 302
    return browser


@pytest.fixture
def without_password():
    """Joined with a code, and never set a password."""
    person = make_user("Sample Codeword")
    person.set_unusable_password()
    person.save()
    return person


@pytest.fixture
def browser(browser_of, without_password):
    """A browser in which they signed in some time ago."""
    return browser_of(without_password)


@pytest.fixture
def ask_for_proof(browser, without_password):
    """Ask for a code that proves who one is."""
    return partial(browser.post, BY_CODE, {"recipient": without_password.email})


def test_a_member_sees_where_they_are_signed_in(newcomer):
    signed_in(newcomer, SAFARI)
    page = visit(signed_in(newcomer), SESSIONS)

    places = [place.get_text(" ", strip=True) for place in page.select("main li h2")]
    assert places == ["Safari on iPhone", "Firefox on Windows This one"]
    assert "127.0.0.1" in page.main.get_text()


def test_a_sign_in_with_a_new_browser_is_told_once(newcomer, mailoutbox):
    for user_agent in FIREFOX, FIREFOX, SAFARI, SAFARI:
        signed_in(newcomer, user_agent)

    told = [(mail.subject, mail.to) for mail in mailoutbox]
    words = "Handover: Somebody signed in with a browser that is new to us"
    assert told == [(words, [newcomer.email])] * 2
    assert "/accounts/sessions/" in mailoutbox[0].body


def test_a_curator_hears_of_another_network_too(curator, mailoutbox):
    for network in "192.0.2.1", "192.0.2.1", "198.51.100.1":
        words = {"login": curator.email, "password": PASSWORD}
        browser = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR=network)
        assert browser.post("/accounts/login/", words).status_code == 302

    assert len(mailoutbox) == 2


def test_who_typed_a_code_from_their_mail_knows(newcomer, reader, mailoutbox):
    ask_for_code(reader, newcomer.email)
    type_code(reader, code_in(mailoutbox))

    assert len(mailoutbox) == 1


def test_a_member_signs_one_other_place_out(newcomer):
    lost, here, phone = signed_in(newcomer), signed_in(newcomer), signed_in(newcomer)
    page = visit(here, SESSIONS)
    forms = page.select('form[action$="/end/"]')

    here.post(forms[0]["action"])

    assert len(forms) == 2
    assert lost.get(SESSIONS).url.startswith("/accounts/login/")
    assert here.get(SESSIONS).status_code == phone.get(SESSIONS).status_code == 200


def test_nobody_signs_out_another_person_or_themselves_by_accident(newcomer, veteran):
    here, other = signed_in(newcomer), signed_in(veteran)
    for pk in UserSession.objects.values_list("pk", flat=True):
        here.post(f"/accounts/sessions/{pk}/end/")

    assert here.get(SESSIONS).status_code == other.get(SESSIONS).status_code == 200


def test_a_member_signs_the_other_places_out(newcomer, veteran):
    lost, here, other = signed_in(newcomer), signed_in(newcomer), signed_in(veteran)
    here.post(SESSIONS)

    assert lost.get(SESSIONS).url.startswith("/accounts/login/")
    assert other.get(SESSIONS).status_code == 200
    page = visit(here, SESSIONS)
    assert len(page.select("main li h2")) == 1
    assert not page.select("main button")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"{FIREFOX} Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537", "Chrome on Linux"),
        ("", "A browser we do not know"),
        ("curl/8", "A browser we do not know"),
    ],
)
def test_a_browser_has_the_name_that_people_know(said, name):
    assert browser_name(said) == name


def test_a_new_password_ends_the_other_sessions(newcomer, mailoutbox):
    lost, here = signed_in(newcomer), signed_in(newcomer)
    visit(here, "/accounts/password/change/")
    new = "a longer new password"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", words).status_code == 302

    newcomer.refresh_from_db()
    assert newcomer.check_password(new)
    assert lost.get(SESSIONS).status_code == 302
    assert here.get(SESSIONS).status_code == 200
    assert mailoutbox[-1].subject == "Handover: Your password was changed"


def test_a_short_password_is_refused_with_a_reason(browser_of, newcomer):
    words = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    page = send(browser_of(newcomer), "/accounts/password/change/", words)

    assert "at least 12 characters" in page.select_one(".error-summary").get_text()


def test_the_password_is_asked_again_before_an_address_is_added(browser_of, newcomer):
    words = {"action_add": "", "email": "other@example.org"}
    browser = browser_of(newcomer)
    answer = browser.post(EMAIL, words)
    assert answer.url.startswith("/accounts/reauthenticate/")
    browser.post(answer.url, {"password": PASSWORD})

    assert visit(browser, "/accounts/confirm-email/")


def test_somebody_without_a_password_proves_it_by_a_code(browser, mailoutbox):
    words = {"action_add": "", "email": "other@example.org"}
    asked = browser.post(EMAIL, words).url
    assert asked.startswith(BY_CODE)
    form = visit(browser, asked).select_one("main form")
    assert not mailoutbox
    typed = {field["name"]: field["value"] for field in form.select("input[value]")}
    asked = browser.post(asked, typed).url
    visit(browser, asked)

    assert "change to your account" in mailoutbox[-1].body
    assert browser.post(asked, {"code": code_in(mailoutbox)}).status_code == 302
    page = visit(browser, "/accounts/confirm-email/")
    assert "other@example.org" in page.main.get_text()


def test_who_has_two_addresses_says_which_gets_the_code(
    browser, without_password, mailoutbox
):
    second = "second@example.org"
    without_password.emailaddress_set.create(email=second, verified=True)
    without_password.emailaddress_set.create(email="unread@example.org")
    choices = visit(browser, BY_CODE).select("main option")
    browser.post(BY_CODE, {"recipient": second})

    assert {o["value"] for o in choices} == {without_password.email, second}
    assert mailoutbox[-1].to == [second]


@pytest.mark.parametrize("address", ["unread@example.org", "somebody@example.org", ""])
def test_a_code_goes_only_to_an_address_that_was_confirmed(
    browser, without_password, mailoutbox, address
):
    without_password.emailaddress_set.create(email="unread@example.org")
    page = send(browser, BY_CODE, {"recipient": address})

    assert page.select_one(".error-summary")
    assert not mailoutbox


def test_three_wrong_codes_end_the_proof(browser, ask_for_proof, mailoutbox):
    ask_for_proof()
    for _ in range(2):
        assert "not the code" in send(browser, TYPE_CODE, {"code": "WRNG"}).get_text()
    browser.post(TYPE_CODE, {"code": "WRNG"})

    answer = browser.post(TYPE_CODE, {"code": code_in(mailoutbox)})
    assert answer.url.startswith(BY_CODE)
    assert browser.get("/accounts/password/set/").url.startswith(BY_CODE)


def test_no_code_proves_anything_before_one_is_sent(browser):
    for code in "", "0":
        browser.post(TYPE_CODE, {"code": code})

    assert browser.get("/accounts/password/set/").url.startswith(BY_CODE)


def test_a_code_proves_nothing_in_the_session_of_another(
    browser, ask_for_proof, newcomer, mailoutbox
):
    ask_for_proof()
    browser.force_login(newcomer, "accounts.backends.PersonBackend")
    browser.post(TYPE_CODE, {"code": code_in(mailoutbox)})

    assert browser.get("/accounts/2fa/webauthn/add/").status_code == 302


def test_a_code_is_no_way_round_the_second_factor(
    browser, without_password, mailoutbox
):
    TOTP.activate(without_password, generate_totp_secret())

    answer = browser.post(BY_CODE, {"recipient": without_password.email})
    assert answer.url.startswith("/accounts/2fa/reauthenticate/")
    assert not mailoutbox


def test_few_codes_are_sent_a_minute(browser, ask_for_proof, mailoutbox):
    for _ in range(5):
        ask_for_proof()

    assert len(mailoutbox) == 3


def test_whoever_has_just_signed_in_by_a_code_is_not_asked_for_another(
    without_password, mailoutbox
):
    browser = Client()
    ask_for_code(browser, without_password.email)
    type_code(browser, code_in(mailoutbox))
    visit(browser, "/accounts/password/set/")
    new = {"password1": "a long new password", "password2": "a long new password"}

    assert browser.post("/accounts/password/set/", new).status_code == 302
    without_password.refresh_from_db()
    assert without_password.check_password("a long new password")


def test_a_forgotten_password_is_chosen_anew(reader, newcomer, mailoutbox):
    words = {"email": newcomer.email}
    assert reader.post("/accounts/password/reset/", words).status_code == 302
    link = next(line for line in mailoutbox[-1].body.split() if "/key/" in line)
    link = reader.get(link).url
    visit(reader, link)
    new = {"password1": "a long new password", "password2": "a long new password"}

    assert reader.post(link, new).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password("a long new password")


def test_the_last_address_stays(browser_of, newcomer):
    browser = browser_of(newcomer)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post(EMAIL, {"action_remove": "", "email": newcomer.email})

    assert EmailAddress.objects.filter(user=newcomer).exists()
