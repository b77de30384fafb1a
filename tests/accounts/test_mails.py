"""The mails about an account: two parts, our words, and nothing from elsewhere."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone

from tests.accounts.codes import ask_for_code, code_in
from tests.factories import PASSWORD

FOLDERS = ["account/email", "mfa/email"]
MAILS = sorted(
    f"{folder}/{path.name.removesuffix('_subject.txt')}"
    for folder in FOLDERS
    for path in (settings.BASE_DIR / "templates" / folder).glob("*_subject.txt")
)


def html_of(mail) -> BeautifulSoup:
    return BeautifulSoup(mail.alternatives[0].content, "html.parser")


@pytest.fixture
def mail_called(rf, newcomer, mailoutbox):
    """Sends one of the mails, with all that its words may need."""
    needed = {
        **{"user": newcomer, "code": "ABCD-EFGH", "ip": "192.0.2.1"},
        **{"user_agent": "<b>Browser</b>", "timestamp": timezone.now()},
        **{"password_reset_url": "http://testserver/reset/", "signup_url": "/join/"},
        **{"from_email": "a@example.org", "to_email": "b@example.org"},
        **{"deleted_email": "c@example.org", "added_email": "d@example.org"},
    }

    def send(name: str):
        with context.request_context(rf.get("/")):
            get_adapter().send_mail(name, newcomer.email, needed)
        return mailoutbox[-1]

    return send


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_is_short_and_comes_as_text_and_as_html(mail_called, name):
    mail = mail_called(name)
    page = html_of(mail)

    assert re.fullmatch(r"Handover: [A-Z][^\n]{5,50}", mail.subject)
    assert "Not an official government site." in mail.body
    assert "Not an official government site." in page.get_text()
    assert page.html["lang"] == "en-GB"
    assert page.title.get_text()
    assert not page.find_all(["img", "script", "link", "b"])
    for text in mail.body, page.get_text():
        assert not {"{{", "{%", "None"} & set(text.split())


@pytest.mark.parametrize(
    "name", [name for name in MAILS if name.endswith(("code", "confirmation"))]
)
def test_a_code_stands_in_both_parts(mail_called, name):
    mail = mail_called(name)

    assert "\n\nABCD-EFGH\n\n" in mail.body
    assert html_of(mail).strong.get_text() == "ABCD-EFGH"


def test_a_link_for_a_new_password_can_be_pressed(reader, newcomer, mailoutbox):
    reader.post("/accounts/password/reset/", {"email": newcomer.email})

    link = html_of(mailoutbox[-1]).a["href"]
    assert link in mailoutbox[-1].body.split()
    assert reader.get(link).status_code == 302


def test_an_unknown_address_that_wants_a_new_password_is_told_how_to_join(
    reader, mailoutbox
):
    reader.post("/accounts/password/reset/", {"email": "nobody@example.org"})

    assert "there is no account with this address" in mailoutbox[-1].body
    assert "/accounts/signup/" in mailoutbox[-1].body


def test_the_owner_is_told_of_each_change(browser_of, newcomer, mailoutbox):
    browser = browser_of(newcomer)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    words = {"email": "other@example.org"}
    browser.post("/accounts/email/", words | {"action_add": ""})
    browser.post("/accounts/confirm-email/", {"code": code_in(mailoutbox)})
    browser.post("/accounts/email/", words | {"action_primary": ""})
    browser.post("/accounts/email/", {"email": newcomer.email, "action_remove": ""})

    assert [(mail.subject, mail.to) for mail in mailoutbox[1:]] == [
        ("Handover: An email address was added", [newcomer.email]),
        ("Handover: Your first email address is another one now", [newcomer.email]),
        ("Handover: An email address was removed", ["other@example.org"]),
    ]


def test_the_mail_with_a_code_is_the_same_for_everybody(reader, newcomer, mailoutbox):
    ask_for_code(reader, newcomer.email)

    assert mailoutbox[-1].subject == "Handover: Your code to sign in or join"
    assert newcomer.display_name not in mailoutbox[-1].body
