"""Second factors: set up, asked for at each sign-in, and needed by curators."""

from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from tests.accounts.codes import ask_for_code, code_in, type_code
from tests.factories import PASSWORD, make_user
from tests.pages import send, visit

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, ASKED = "/accounts/login/", "/accounts/2fa/authenticate/"
INDEX = "/accounts/2fa/"


@pytest.fixture
def staff_need_it(settings):
    """As on the real site."""
    settings.STAFF_NEED_SECOND_FACTOR = True


@pytest.fixture
def with_app(curator):
    """The curator, who has an authenticator app and recovery codes."""
    TOTP.activate(curator, SECRET)
    RecoveryCodes.activate(curator)
    return curator


def app_code(secret: str = SECRET) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time()) // 30))


def sign_in(browser, person, next: str = ""):
    """With the password."""
    words = {"login": person.email, "password": PASSWORD, "next": next}
    return browser.post(LOGIN, words)


def proved(browser, person):
    """A browser that has just proved who it is."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


def test_the_second_factor_comes_before_the_session(reader, with_app):
    answer = sign_in(reader, with_app, "/guides/")
    assert answer.url.startswith(ASKED)
    visit(reader, answer.url)
    assert "_auth_user_id" not in reader.session

    page = send(reader, ASKED, {"code": "000000"})
    assert "not right" in page.select_one(".error-summary").get_text()
    assert reader.post(ASKED, {"code": app_code()}).url == "/guides/"
    assert reader.session["_auth_user_id"] == str(with_app.pk)


def test_an_emailed_code_is_not_enough_either(reader, with_app, mailoutbox):
    ask_for_code(reader, with_app.email, "/guides/")
    answer = type_code(reader, code_in(mailoutbox), "/guides/")

    assert answer.url.startswith(ASKED)
    assert "_auth_user_id" not in reader.session
    assert reader.get(f"{LOGIN}?next=/guides/").url.startswith(ASKED)


def test_a_recovery_code_works_once(reader, with_app):
    codes = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    sign_in(reader, with_app)
    assert reader.post(ASKED, {"code": code}).url == "/"

    reader.post("/accounts/logout/")
    sign_in(reader, with_app)
    assert "not right" in send(reader, ASKED, {"code": code}).get_text()


def test_guesses_at_the_second_factor_are_counted(reader, with_app):
    sign_in(reader, with_app)
    for _ in range(6):
        page = send(reader, ASKED, {"code": "000000"})

    assert "Too many attempts" in page.get_text()
    assert "Too many attempts" in send(reader, ASKED, {"code": app_code()}).get_text()


@pytest.mark.django_db(transaction=True)  # the mail is sent once the change is kept
def test_a_member_sets_up_an_app_and_is_shown_recovery_codes(
    browser_of, newcomer, mailoutbox
):
    browser = proved(browser_of(newcomer), newcomer)
    page = visit(browser, "/accounts/2fa/totp/activate/")
    assert page.select_one("main img")["src"].startswith("data:image/svg+xml")
    secret = page.select_one("main code").get_text()
    words = {"code": app_code(secret)}
    answer = browser.post("/accounts/2fa/totp/activate/", words)

    codes = visit(browser, answer.url).select("main code")
    assert len(codes) == 10
    assert mailoutbox[-1].subject == "Handover: An authenticator app was set up"
    assert mailoutbox[-1].to == [newcomer.email]


def test_every_page_about_second_factors_is_ours(browser_of, with_app):
    browser = proved(browser_of(with_app), with_app)
    for place in "", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/":
        page = visit(browser, f"{INDEX}{place}")
        assert page.select_one("nav[aria-label='Your account']")
    for place in "webauthn/", "webauthn/add/", "reauthenticate/":
        visit(browser, f"{INDEX}{place}")

    saved = browser.get(f"{INDEX}recovery-codes/download/")
    assert len(saved.content.split()) == 10


def test_a_factor_is_not_changed_without_proof(browser_of, with_app):
    browser = browser_of(with_app)
    for place in "totp/deactivate/", "recovery-codes/", "webauthn/add/":
        answer = browser.get(f"{INDEX}{place}")
        assert answer.url.startswith("/accounts/reauthenticate/?next=")

    assert browser.post(f"{INDEX}totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(user=with_app, type="totp").exists()


@pytest.mark.usefixtures("staff_need_it")
def test_a_curator_without_one_is_led_to_set_one_up(browser_of, curator):
    browser = browser_of(curator)
    answer = browser.get("/admin/accounts/user/", follow=True)

    assert answer.redirect_chain[-1][0] == INDEX
    assert "Curators need a second factor" in answer.content.decode()
    assert len(answer.redirect_chain) == 2


@pytest.mark.usefixtures("staff_need_it")
def test_a_curator_who_gave_it_at_sign_in_opens_the_admin(reader, with_app):
    sign_in(reader, with_app, "/admin/")
    answer = reader.post(ASKED, {"code": app_code()})

    assert answer.url == "/admin/"
    assert reader.get("/admin/").status_code == 200


@pytest.mark.usefixtures("staff_need_it")
def test_a_session_older_than_the_factor_is_asked_for_it(browser_of, with_app):
    browser = browser_of(with_app)
    answer = browser.get("/admin/", follow=True)
    asked = answer.redirect_chain[-1][0]
    assert asked == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"

    answer = browser.post(asked, {"code": app_code()})
    assert answer.url == "/admin/"
    assert browser.get("/admin/").status_code == 200


@pytest.mark.usefixtures("staff_need_it")
def test_a_member_does_not_come_into_the_admin_by_a_factor(browser_of, newcomer):
    assert browser_of(newcomer).get("/admin/", follow=True).status_code == 403


def test_a_lost_factor_is_taken_away_without_showing_its_secret(browser_of, with_app):
    keeper = make_user("Sample Keeper", is_staff=True, is_superuser=True)
    admin = browser_of(keeper)
    factor = Authenticator.objects.get(user=with_app, type="totp")
    address = f"/admin/mfa/authenticator/{factor.pk}/"

    assert SECRET not in admin.get(f"{address}change/").content.decode()
    assert admin.post(f"{address}delete/", {"post": "yes"}).status_code == 302
    assert not Authenticator.objects.filter(pk=factor.pk).exists()


def test_a_curator_becomes_nobody_else_by_the_admins_own_form(browser_of, curator):
    chief = make_user("Sample Chief", is_staff=True, is_superuser=True)
    browser = browser_of(curator)
    words = {"username": chief.email, "password": PASSWORD, "next": "/admin/guides/"}

    assert browser.post("/admin/login/", words).url == "/admin/guides/"
    assert browser.session["_auth_user_id"] == str(curator.pk)
    assert browser.get("/admin/login/?next=//elsewhere.example/").url == "/admin/"
