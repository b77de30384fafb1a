"""Joining: an emailed code, a name to show, and the account exists."""

from time import time

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.codes import ask_for_code, code_in, type_code
from tests.factories import make_user
from tests.pages import send, visit
from tests.providers import sign_in

LOGIN, JOIN = "/accounts/login/", "/accounts/join/"
CONFIRM = "/accounts/login/code/confirm/"


def join(reader, mailoutbox, **typed):
    ask_for_code(reader, "Sam@Example.org", "/guides/")
    type_code(reader, code_in(mailoutbox), "/guides/")
    words = {"display_name": "Sam Sample", "next": "/guides/"} | typed
    return reader.post(JOIN, words)


def test_a_code_by_email_and_a_name_are_enough(reader, mailoutbox):
    answer = join(reader, mailoutbox)

    sam = User.objects.get()
    assert answer.url == "/guides/"
    assert (sam.email, sam.display_name, sam.handle) == (
        "sam@example.org",
        "Sam Sample",
        "sam-sample",
    )
    assert not sam.has_usable_password()
    assert EmailAddress.objects.get(user=sam).verified
    assert reader.session["_auth_user_id"] == str(sam.pk)


def test_nobody_exists_before_the_code_is_right_and_the_name_is_given(
    reader, mailoutbox
):
    ask_for_code(reader, "sam@example.org")
    assert not User.objects.exists()
    type_code(reader, code_in(mailoutbox))
    visit(reader, JOIN)

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert "_auth_user_id" not in reader.session


def test_the_page_for_the_name_is_only_for_those_whose_code_was_right(reader):
    for answer in reader.get(JOIN), reader.post(JOIN, {"display_name": "Sam"}):
        assert answer.url == LOGIN

    assert not User.objects.exists()


def test_the_name_may_not_wait_for_ever(reader, mailoutbox):
    ask_for_code(reader, "sam@example.org")
    type_code(reader, code_in(mailoutbox))
    session = reader.session
    session["joining"] = session["joining"] | {"at": time() - 3600}
    session.save()

    assert reader.post(JOIN, {"display_name": "Sam"}).url == LOGIN
    assert not User.objects.exists()


def test_a_line_of_experience_is_kept_if_it_is_given(reader, mailoutbox):
    join(reader, mailoutbox, experience="Delivery manager, local government")

    line = User.objects.get().experience_line
    assert line.startswith("Delivery manager, local government")


def test_a_line_that_names_a_clearance_is_given_back(reader, mailoutbox):
    ask_for_code(reader, "sam@example.org")
    type_code(reader, code_in(mailoutbox))
    words = {"display_name": "Sam", "experience": "Tester, SC cleared"}
    page = send(reader, JOIN, words)

    assert page.select_one(".error-summary a")["href"] == "#id_experience"
    assert page.select_one("#id_experience")["value"] == "Tester, SC cleared"
    assert page.select_one("#id_display_name")["value"] == "Sam"


def test_two_people_of_one_name_get_two_handles(reader, mailoutbox, newcomer):
    join(reader, mailoutbox, display_name="Sample Newcomer")

    handles = set(User.objects.values_list("handle", flat=True))
    assert len(handles) == 2
    assert all(handle.startswith("sample-newcomer") for handle in handles)


def test_a_name_with_an_underscore_makes_a_handle(reader, mailoutbox):
    join(reader, mailoutbox, display_name="john_smith")

    assert User.objects.get().handle == "john-smith"


def test_who_joined_in_another_tab_meanwhile_is_led_to_sign_in(reader, mailoutbox):
    ask_for_code(reader, "sam@example.org")
    type_code(reader, code_in(mailoutbox))
    make_user("Sam", email="sam@example.org")

    answer = reader.post(f"{JOIN}?next=/guides/", {"display_name": "Sam"})

    assert answer.url == f"{LOGIN}?next=%2Fguides%2F"
    assert "has an account now" in visit(reader, answer.url).get_text()


def test_whoever_joins_after_asking_for_the_code_is_signed_in(reader, mailoutbox):
    ask_for_code(reader, "sam@example.org")
    sam = make_user("Sam", email="sam@example.org")
    type_code(reader, code_in(mailoutbox))

    assert reader.session["_auth_user_id"] == str(sam.pk)


def test_an_address_that_somebody_only_added_is_still_free(
    reader, mailoutbox, newcomer
):
    EmailAddress.objects.create(user=newcomer, email="sam@example.org")
    join(reader, mailoutbox)

    sam = User.objects.get(email="sam@example.org")
    assert sam != newcomer
    assert reader.session["_auth_user_id"] == str(sam.pk)


def test_an_identity_tied_before_the_address_was_confirmed_lets_nobody_in(
    reader, mailoutbox
):
    shell = User.objects.create_user("sam@example.org", display_name="Not Sam")
    SocialAccount.objects.create(user=shell, provider="twitter_oauth2", uid="1")
    ask_for_code(reader, "sam@example.org")
    type_code(reader, code_in(mailoutbox))

    assert reader.session["_auth_user_id"] == str(shell.pk)
    assert not SocialAccount.objects.exists()
    assert EmailAddress.objects.get(user=shell).verified
    assert "somebody else may have chosen the name" in visit(reader, "/").get_text()


def test_an_identity_tied_before_a_new_password_was_asked_for_lets_nobody_in(
    reader, providers, mailoutbox
):
    sign_in(reader, providers["facebook"])
    reader.post("/accounts/3rdparty/signup/", {"display_name": "Not Sam"})
    sam = Client()
    sam.post("/accounts/password/reset/", {"email": "sam@example.org"})
    link = next(line for line in mailoutbox[-1].body.split() if "/key/" in line)
    link, new = sam.get(link).url, "a long new password"
    sam.post(link, {"password1": new, "password2": new})
    cache.clear()  # a code may be sent again only after minutes
    asked = sam.post(LOGIN, {"login": "sam@example.org", "password": new})
    sam.post(asked.url, {"code": code_in(mailoutbox)})
    sign_in(reader, providers["facebook"])

    assert sam.session["_auth_user_id"] == str(User.objects.get().pk)
    assert "_auth_user_id" not in reader.session


def test_what_somebody_connected_stays_when_they_choose_a_new_password(
    reader, newcomer, mailoutbox
):
    SocialAccount.objects.create(user=newcomer, provider="google", uid="1")
    reader.post("/accounts/password/reset/", {"email": newcomer.email})
    link = next(line for line in mailoutbox[-1].body.split() if "/key/" in line)
    link, new = reader.get(link).url, "a long new password"
    reader.post(link, {"password1": new, "password2": new})

    assert SocialAccount.objects.get().user == newcomer


@pytest.mark.parametrize(
    "door", ["/accounts/signup/", "/accounts/login/code/", JOIN, CONFIRM]
)
def test_every_other_door_leads_to_the_one_and_keeps_the_way_back(door):
    answer = Client().get(f"{door}?next=/guides/")

    assert answer.url == f"{LOGIN}?next=%2Fguides%2F"


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
def test_a_name_that_cannot_be_read_is_refused_with_a_reason(reader, mailoutbox, name):
    ask_for_code(reader, "sam@example.org")
    type_code(reader, code_in(mailoutbox))
    page = send(reader, JOIN, {"display_name": name, "experience": "Tester"})

    assert page.select_one(".error-summary a")["href"] == "#id_display_name"
    assert page.select_one("#id_experience")["value"] == "Tester"
    assert not User.objects.exists()
