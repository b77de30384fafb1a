"""Joining and signing in with an email address."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import PASSWORD
from tests.pages import send, visit

SIGNUP = "/accounts/signup/"


def code_in(mailoutbox) -> str:
    text = mailoutbox[-1].body
    return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*)\s*$", text, re.M).group(1)


def join(reader, **typed):
    words = {"email": "Sam@Example.org", "display_name": "Sam Sample"} | typed
    return reader.post(f"{SIGNUP}?next=/guides/", words | {"next": "/guides/"})


def test_a_name_and_a_code_by_email_are_enough(reader, mailoutbox):
    answer = join(reader)
    confirmed = reader.post(answer.url, {"code": code_in(mailoutbox)})

    sam = User.objects.get()
    assert confirmed.url == "/guides/"
    assert (sam.email, sam.display_name, sam.handle) == (
        "sam@example.org",
        "Sam Sample",
        "sam-sample",
    )
    assert reader.session["_auth_user_id"] == str(sam.pk)


def test_two_people_of_one_name_get_two_handles(reader, newcomer):
    join(reader, display_name="Sample Newcomer")

    handles = set(User.objects.values_list("handle", flat=True))
    assert len(handles) == 2
    assert all(handle.startswith("sample-newcomer") for handle in handles)


def test_a_name_with_an_underscore_makes_a_handle(reader):
    join(reader, display_name="john_smith")

    assert User.objects.get().handle == "john-smith"


def test_the_mail_greets_in_the_name_of_the_site(reader, mailoutbox):
    join(reader)

    assert mailoutbox[-1].body.startswith("Hello from Handover!")


def test_the_password_is_asked_again_before_an_address_is_added(browser_of, newcomer):
    words = {"action_add": "", "email": "other@example.org"}
    answer = browser_of(newcomer).post("/accounts/email/", words)

    assert answer.url.startswith("/accounts/reauthenticate/")


def test_the_admin_counts_wrong_passwords_too(reader):
    assert reader.get("/admin/login/").url.startswith("/accounts/login/")


def test_a_known_address_is_not_given_away(reader, newcomer, mailoutbox):
    answers = [join(reader), join(Client(), email=newcomer.email)]

    assert answers[0].url == answers[1].url
    assert mailoutbox[-1].to == [newcomer.email]
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    "name",
    [
        *("", "\u202eSam", "Sa\u200bm", "...", "x" * 61, "\ufb1d" * 60, "\u3164"),
        *("Handover editors", "Curator", "site_admin", "curator1", "Moderators"),
        *(
            "HandoverTeam",
            "\uff28\uff41\uff4e\uff44\uff4f\uff56\uff45\uff52",
            "A\u0301" + "\u0301" * 9,
        ),
    ],
)
def test_a_name_that_cannot_be_read_is_refused_with_a_reason(reader, name):
    words = {"email": "sam@example.org", "display_name": name}
    page = send(reader, SIGNUP, words)

    assert page.select_one(".error-summary a")["href"] == "#id_display_name"
    assert page.select_one("#id_email")["value"] == "sam@example.org"
    assert not User.objects.exists()


def test_a_short_password_is_refused_and_the_rest_stays(reader):
    words = {"email": "s@example.org", "display_name": "Sam", "password1": "short"}
    page = send(reader, SIGNUP, words)

    assert "at least 12 characters" in page.select_one(".error-summary").get_text()


def test_a_wrong_password_says_nothing_about_who_is_known(reader, newcomer):
    said = []
    for email in newcomer.email, "nobody@example.org":
        words = {"login": email, "password": "a wrong password"}
        page = send(reader, "/accounts/login/", words)
        said.append(page.select_one(".error-summary").get_text())

    assert said[0] == said[1]


@pytest.mark.parametrize(
    "address", ["http://[x", "//evil.example", "https://evil.example/", "\\\\evil"]
)
def test_signing_in_never_leads_off_the_site(reader, newcomer, address):
    words = {"login": newcomer.email, "password": PASSWORD, "next": address}
    answer = reader.post("/accounts/login/", words)

    assert answer.status_code == 302
    assert answer.url == "/"


def test_signing_out_leaves_no_cookie(browser_of, newcomer):
    browser = browser_of(newcomer)
    answer = browser.post("/accounts/logout/")

    assert browser.cookies["sessionid"]["max-age"] == 0
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_wrong_passwords_are_counted_for_all_processes(reader, newcomer):
    words = {"login": newcomer.email, "password": "a wrong password"}
    for _ in range(6):
        answer = reader.post("/accounts/login/", words)

    assert "Too many failed" in answer.content.decode()
    right = {"login": newcomer.email, "password": PASSWORD}
    assert reader.post("/accounts/login/", right).status_code == 200


def test_a_member_changes_the_password(browser_of, newcomer):
    browser = browser_of(newcomer)
    visit(browser, "/accounts/password/change/")
    new = "a longer new password"
    words = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    answer = browser.post("/accounts/password/change/", words)

    newcomer.refresh_from_db()
    assert answer.status_code == 302, answer.content
    assert newcomer.check_password(new)


def test_a_person_without_a_password_is_asked_for_none(newcomer):
    made = User.objects.create_user("Other@Example.org", display_name="Other")

    assert (made.email, made.has_usable_password()) == ("other@example.org", False)
