"""Signing in: with an emailed code or with a password, known or not."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.codes import ask_for_code, code_in, type_code
from tests.factories import PASSWORD
from tests.pages import check, send, visit

LOGIN = "/accounts/login/"
CONFIRM = "/accounts/login/code/confirm/"


def wait_past(browser, seconds: int) -> None:
    """Let the code in a browser's session grow older."""
    session = browser.session
    login = session["account_login"]
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= seconds
    session["account_login"] = login
    session.save()


def test_a_code_signs_in_and_leads_back(reader, newcomer, mailoutbox):
    answer = ask_for_code(reader, newcomer.email.upper(), "/guides/")
    page = visit(reader, answer.url)
    assert newcomer.email in page.main.get_text()
    signed_in = type_code(reader, code_in(mailoutbox).lower(), "/guides/")

    assert signed_in.url == "/guides/"
    assert reader.session["_auth_user_id"] == str(newcomer.pk)


def test_nothing_on_screen_tells_who_has_an_account(newcomer, mailoutbox):
    shown = []
    for email in newcomer.email, "nobody@example.org":
        browser = Client()
        answer = ask_for_code(browser, email)
        page = visit(browser, answer.url)
        for field in page.select("[name=csrfmiddlewaretoken]"):
            field.decompose()
        mail = mailoutbox[-1].subject, mailoutbox[-1].body
        mail = mail[0], mail[1].replace(code_in(mailoutbox), "")
        shown.append(
            (answer.status_code, answer.url, mail, str(page).replace(email, ""))
        )

    assert shown[0] == shown[1]
    assert [mail.to for mail in mailoutbox] == [
        [newcomer.email],
        ["nobody@example.org"],
    ]


def test_a_wrong_code_is_said_and_a_third_one_ends_it(reader, newcomer, mailoutbox):
    ask_for_code(reader, newcomer.email, "/guides/")
    for _ in range(2):
        page = send(reader, CONFIRM, {"code": "WRNG-CODE"})
        assert "not the code" in page.select_one(".error-summary").get_text()
    last = type_code(reader, "WRNG-CODE", "/guides/")

    assert last.url == f"{LOGIN}?next=%2Fguides%2F"
    assert "Too many wrong codes" in visit(reader, last.url).get_text()
    assert type_code(reader, code_in(mailoutbox)).url == LOGIN
    assert "_auth_user_id" not in reader.session


def test_an_old_code_is_refused_and_a_new_one_offered(reader, newcomer, mailoutbox):
    ask_for_code(reader, newcomer.email)
    wait_past(reader, seconds=601)
    answer = type_code(reader, code_in(mailoutbox), "/guides/")

    assert answer.url == f"{LOGIN}?next=%2Fguides%2F"
    assert "too old" in visit(reader, answer.url).get_text()
    assert "_auth_user_id" not in reader.session


@pytest.mark.parametrize("known", [True, False])
def test_a_new_code_replaces_the_one_that_did_not_come(
    reader, newcomer, mailoutbox, known
):
    ask_for_code(reader, newcomer.email if known else "nobody@example.org")
    first = code_in(mailoutbox)
    assert reader.post(CONFIRM, {"action": "resend"}).url == CONFIRM

    assert len(mailoutbox) == 2
    assert "not the code" in check(type_code(reader, first), 200).get_text()
    assert type_code(reader, code_in(mailoutbox)).status_code == 302


def test_a_mistyped_address_is_put_right(reader, newcomer, mailoutbox):
    ask_for_code(reader, "newcmer@example.org", "/guides/")
    page = visit(reader, f"{CONFIRM}?next=/guides/")
    link = page.find("a", string="Use another email address")["href"]
    visit(reader, link)
    ask_for_code(reader, newcomer.email, "/guides/")

    assert type_code(reader, code_in(mailoutbox), "/guides/").url == "/guides/"


def test_one_address_gets_few_codes_a_minute(newcomer, mailoutbox):
    for _ in range(4):
        answer = ask_for_code(Client(), newcomer.email)

    page = check(answer, 200)
    assert "Too many attempts" in page.select_one(".error-summary").get_text()
    assert page.select_one("#id_login")["value"] == newcomer.email
    assert len(mailoutbox) == 3


def test_one_network_may_not_try_for_ever(reader):
    for number in range(30):
        reader.post(LOGIN, {"login": f"{number}"})
    answer = reader.post(LOGIN, {"login": "one more"})

    page = check(answer, 429)
    assert page.h1.get_text() == "That was a lot at once"
    assert answer.headers["Retry-After"] == "60"


def test_a_password_and_the_enter_key_sign_in(reader, newcomer):
    words = {"login": newcomer.email, "password": PASSWORD, "next": "/guides/"}

    assert reader.post(LOGIN, words).url == "/guides/"


def test_an_address_and_the_enter_key_ask_for_a_code(reader, newcomer, mailoutbox):
    answer = reader.post(LOGIN, {"login": newcomer.email, "password": ""})

    assert answer.url == CONFIRM
    assert mailoutbox


def test_a_saved_password_does_not_stand_in_the_way_of_a_code(reader, newcomer):
    words = {"login": newcomer.email, "password": "an old one", "way": "code"}

    assert reader.post(LOGIN, words).url == CONFIRM


def test_the_button_for_a_password_wants_one(reader, newcomer, mailoutbox):
    words = {"login": newcomer.email, "password": "", "way": "password"}
    page = send(reader, LOGIN, words)

    assert page.select_one(".error-summary a")["href"] == "#id_password"
    assert page.select_one("#id_login")["value"] == newcomer.email
    assert page.select_one("main details").has_attr("open")
    assert not mailoutbox


def test_password_managers_find_both_fields_in_one_form(reader):
    form = visit(reader, LOGIN).select_one("form:has(#id_login)")

    assert form.select_one("#id_login")["autocomplete"] == "username webauthn"
    assert form.select_one("#id_password")["autocomplete"] == "current-password"


def test_a_wrong_password_says_nothing_about_who_is_known(reader, newcomer):
    said = []
    for email in newcomer.email, "nobody@example.org":
        words = {"login": email, "password": "a wrong password"}
        page = send(reader, LOGIN, words)
        said.append(page.select_one(".error-summary").get_text())

    assert said[0] == said[1]


def test_wrong_passwords_are_counted_for_all_processes(reader, newcomer):
    words = {"login": newcomer.email, "password": "a wrong password"}
    for _ in range(6):
        answer = reader.post(LOGIN, words)

    assert "Too many attempts" in answer.content.decode()
    right = {"login": newcomer.email, "password": PASSWORD}
    assert reader.post(LOGIN, right).status_code == 200


def test_a_closed_account_is_said_only_to_its_owner(reader, newcomer, mailoutbox):
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert ask_for_code(reader, newcomer.email).url == CONFIRM
    answer = type_code(reader, code_in(mailoutbox))

    page = visit(reader, answer.url)
    assert page.h1.get_text() == "This account is closed"
    assert "_auth_user_id" not in reader.session


def test_signing_in_gives_the_session_a_new_name(reader, newcomer, mailoutbox):
    ask_for_code(reader, newcomer.email)
    before = reader.session.session_key
    type_code(reader, code_in(mailoutbox))

    assert reader.session.session_key != before


@pytest.mark.parametrize(
    "address", ["http://[x", "//evil.example", "https://evil.example/", "\\\\evil"]
)
def test_signing_in_never_leads_off_the_site(reader, newcomer, mailoutbox, address):
    words = {"login": newcomer.email, "password": PASSWORD, "next": address}
    assert Client().post(LOGIN, words).url == "/"
    visit(reader, LOGIN, data={"next": address})

    ask_for_code(reader, newcomer.email, address)
    visit(reader, CONFIRM, data={"next": address})
    assert type_code(reader, code_in(mailoutbox), address).url == "/"


def test_signing_out_leaves_no_cookie(browser_of, newcomer):
    browser = browser_of(newcomer)
    answer = browser.post("/accounts/logout/")

    assert browser.cookies["sessionid"]["max-age"] == 0
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_admin_counts_wrong_passwords_too(reader):
    assert reader.get("/admin/login/").url.startswith(LOGIN)


def test_a_person_without_a_password_is_asked_for_none(newcomer):
    made = User.objects.create_user("Other@Example.org", display_name="Other")

    assert (made.email, made.has_usable_password()) == ("other@example.org", False)
