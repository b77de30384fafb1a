"""People who come from Google, X or Facebook for the first time."""

import re

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from tests.factories import make_user
from tests.pages import check, send, visit
from tests.providers import sign_in

SIGNUP = "/accounts/3rdparty/signup/"


def signed_in(browser):
    return browser.session.get("_auth_user_id")


def code_in(mailoutbox) -> str:
    text = mailoutbox[-1].body
    return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*)\s*$", text, re.M).group(1)


def confirm(browser, answer, mailoutbox):
    """Type the code that came by mail."""
    check(browser.get(answer.url), 200)
    return browser.post(answer.url, {"code": code_in(mailoutbox)})


def test_a_new_person_from_google_chooses_a_name_and_is_in(reader, providers):
    assert sign_in(reader, providers["google"]).url == SIGNUP
    page = visit(reader, SIGNUP)
    line = "delivery manager, local government"
    typed = {"display_name": "Sam of Sample", "experience": line}
    answer = reader.post(SIGNUP, typed)

    sam = User.objects.get(display_name="Sam of Sample")
    assert page.select_one("#id_display_name")["value"] == "Sam Sample"
    assert page.select_one("#id_email")["type"] == "hidden"
    assert (answer.url, signed_in(reader)) == ("/guides/", str(sam.pk))
    assert EmailAddress.objects.get(user=sam, verified=True).email == "sam@example.org"
    assert sam.experience_line == line
    assert not sam.has_usable_password()


def test_an_address_that_facebook_gives_is_confirmed_by_a_code(
    reader, providers, mailoutbox
):
    sign_in(reader, providers["facebook"])
    answer = reader.post(SIGNUP, {"display_name": "Sam"})
    was_signed_in = signed_in(reader)
    confirmed = confirm(reader, answer, mailoutbox)

    assert not was_signed_in
    assert mailoutbox[-1].to == ["sam@example.org"]
    assert (confirmed.url, bool(signed_in(reader))) == ("/guides/", True)
    assert SocialAccount.objects.get().user.email == "sam@example.org"


def test_an_address_that_x_gives_is_a_confirmed_one(reader, providers):
    providers["twitter_oauth2"].person["confirmed_email"] = "Sam@Example.org"
    sign_in(reader, providers["twitter_oauth2"])
    reader.post(SIGNUP, {"display_name": "Sam"})

    assert signed_in(reader)
    assert EmailAddress.objects.get().verified


def test_x_without_an_address_asks_for_one_and_confirms_it(
    reader, providers, mailoutbox
):
    sign_in(reader, providers["twitter_oauth2"])
    page = visit(reader, SIGNUP)
    without = send(reader, SIGNUP, {"display_name": "Sam"})
    typed = {"display_name": "Sam", "email": "sam@example.net"}
    answer = reader.post(SIGNUP, typed)
    confirmed = confirm(reader, answer, mailoutbox)

    assert "gave us no email address" in page.get_text()
    assert without.select_one(".error-summary a")["href"] == "#id_email"
    assert (confirmed.url, bool(signed_in(reader))) == ("/guides/", True)
    assert User.objects.get().email == "sam@example.net"


def test_signing_in_never_ties_an_account_to_another(reader, providers):
    person = make_user(email="sam@example.org")
    page = check(sign_in(reader, providers["google"]), 200)

    assert page.h1.get_text() == "You already have an account here"
    assert (
        page.select_one("main a.button")["href"] == "/accounts/login/?next=%2Fguides%2F"
    )
    assert not signed_in(reader)
    assert not SocialAccount.objects.filter(user=person).exists()


def test_an_unproved_address_tells_nothing_of_who_is_known(
    reader, providers, mailoutbox
):
    person = make_user(email="sam@example.org")
    answers = []
    for email in "sam@example.org", "nobody@example.org":
        providers["facebook"].person["email"] = email
        sign_in(browser := Client(), providers["facebook"])
        answers.append(browser.post(SIGNUP, {"display_name": "Sam"}))

    assert answers[0].url == answers[1].url
    assert [mail.to for mail in mailoutbox] == [
        ["sam@example.org"],
        ["nobody@example.org"],
    ]
    assert not SocialAccount.objects.filter(user=person).exists()


def test_a_name_that_cannot_stand_is_given_back_with_a_reason(reader, providers):
    sign_in(reader, providers["google"])
    page = send(reader, SIGNUP, {"display_name": "Handover curator"})

    assert page.select_one(".error-summary a")["href"] == "#id_display_name"
    assert page.select_one("#id_display_name")["value"] == "Handover curator"
    assert not User.objects.exists()


def test_nobody_changes_a_proved_address_on_the_way(reader, newcomer, providers):
    sign_in(reader, providers["google"])
    reader.post(SIGNUP, {"display_name": "Sam", "email": "boss@example.org"})

    assert not EmailAddress.objects.filter(email="boss@example.org").exists()
    assert EmailAddress.objects.filter(email="sam@example.org", verified=True).exists()


def test_a_form_sent_twice_makes_one_person(reader, providers):
    sign_in(reader, providers["google"])
    again = Client()
    again.cookies.update(reader.cookies)
    session = reader.session["socialaccount_sociallogin"]
    reader.post(SIGNUP, {"display_name": "Sam"})
    state = again.session
    state["socialaccount_sociallogin"] = session
    state.save()
    answer = again.post(SIGNUP, {"display_name": "Sam"})

    assert answer.status_code < 500
    assert User.objects.count() == SocialAccount.objects.count() == 1
