"""Saying who one is."""

from urllib.parse import unquote

import pytest
from django.test import Client

from accounts.experience import Experience
from tests.factories import make_user
from tests.pages import send, visit

PROFILE = "/accounts/profile/"
LINES = f"{PROFILE}experience/"


@pytest.fixture
def tab(browser_of, newcomer):
    """The newcomer's browser."""
    return browser_of(newcomer)


def test_a_reader_signs_in_first(reader):
    for address in PROFILE, LINES:
        answer = reader.get(address)
        assert answer.url == f"/accounts/login/?next={address}"


def test_somebody_changes_name_and_handle(tab, newcomer, reader):
    visit(tab, PROFILE)
    words = {"display_name": " Sam   Sample ", "handle": "Sam-1"}

    assert tab.post(PROFILE, words).url == PROFILE

    newcomer.refresh_from_db()
    assert (newcomer.display_name, newcomer.handle) == ("Sam Sample", "sam-1")
    assert reader.get("/people/sample-newcomer/").status_code == 404
    visit(reader, "/people/sam-1/")


@pytest.mark.parametrize(
    ("handle", "reason"),
    [
        ("sample-keeper", "somebody who runs this site"),
        ("sarnple-keeper", "somebody who runs this site"),
        ("sample-veteran", "already has this handle"),
        ("me", "The site needs this handle"),
        ("handover-team", "people who run"),
        ("two words", "small letters"),
        ("-x", "small letters"),
        ("", "required"),
    ],
)
def test_a_handle_that_cannot_be_had_is_given_back_with_the_reason(
    tab, newcomer, veteran, handle, reason
):
    make_user("Sample Keeper", is_staff=True)
    page = send(tab, PROFILE, {"display_name": "Sam", "handle": handle})

    assert reason in page.select_one(".error-summary").get_text()
    assert page.select_one("#id_handle").get("value", "") == handle
    assert page.select_one("#id_display_name")["value"] == "Sam"
    assert page.select_one(".account__name").get_text() == "Sample Newcomer"


@pytest.mark.parametrize("name", ["Sample Keeper", "S\u0430m", "Curator", "..."])
def test_a_name_that_deceives_is_given_back(tab, name):
    make_user("Sample Keeper", is_staff=True)
    page = send(tab, PROFILE, {"display_name": name, "handle": "sam"})

    assert page.select_one(".error-summary a")["href"] == "#id_display_name"
    assert page.select_one("#id_display_name")["value"] == name


def test_an_old_name_stays_when_somebody_who_looks_like_it_comes(tab, newcomer):
    make_user("Sample Newcomer", is_staff=True)
    words = {"display_name": "Sample Newcomer", "handle": "sample-newcomer"}

    assert tab.post(PROFILE, words).status_code == 302


def test_a_profile_changes_nothing_but_the_names(tab, newcomer):
    words = {"display_name": "Sam", "handle": "sam", "is_staff": "on", "email": "a@b.c"}
    tab.post(PROFILE, words)

    email = newcomer.email
    newcomer.refresh_from_db()
    assert (newcomer.is_staff, newcomer.email) == (False, email)


def test_somebody_adds_changes_and_deletes_a_line(tab, newcomer):
    visit(tab, LINES)
    tab.post(LINES, {"role": "tester", "kind_of_body": "local"})
    line = newcomer.experiences.get()
    visit(tab, f"{LINES}{line.pk}/")
    tab.post(f"{LINES}{line.pk}/", {"role": "test lead", "from_year": "2020"})

    assert str(newcomer.experiences.get()) == "test lead, 2020 to now"
    assert "test lead, 2020 to now" in visit(tab, PROFILE).main.get_text()

    for _ in range(2):
        assert tab.post(f"{LINES}{line.pk}/delete/").url == PROFILE
    assert not newcomer.experiences.exists()


def test_one_line_is_the_main_one(tab, newcomer):
    for role in "tester", "developer":
        tab.post(LINES, {"role": role, "is_main": "on"})

    assert newcomer.experience_line == "developer"
    assert newcomer.experiences.filter(is_main=True).count() == 1


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"role": ""}, "required"),
        ({"role": "SC cleared tester"}, "people at risk"),
        ({"role": "x" * 81}, "80"),
        ({"from_year": "2020", "to_year": "2019"}, "not after the last"),
        ({"to_year": "2019"}, "first year too"),
        ({"from_year": "1066"}, "1950"),
        ({"from_year": "2098"}, "still to come"),
        ({"from_year": "9" * 40}, "still to come"),
        ({"from_year": "last"}, "number"),
        ({"kind_of_body": "moon"}, "valid choice"),
    ],
)
def test_a_line_that_cannot_stand_is_given_back_with_the_reason(tab, typed, reason):
    page = send(tab, LINES, {"role": "tester"} | typed)

    assert reason in page.select_one(".error-summary").get_text()
    role = typed.get("role", "tester")
    assert page.select_one("#id_role").get("value", "") == role
    assert not Experience.objects.exists()


def test_ten_lines_are_the_most(tab, newcomer):
    for _ in range(10):
        newcomer.experiences.create(role="tester")

    page = send(tab, LINES, {"role": "one more"})

    assert "delete one first" in page.select_one(".error-summary").get_text()
    assert "Add a line" not in visit(tab, PROFILE).main.get_text()


def test_nobody_touches_the_line_of_another(tab, veteran):
    line = veteran.experiences.create(role="tester")

    assert tab.get(f"{LINES}{line.pk}/").status_code == 404
    assert tab.post(f"{LINES}{line.pk}/", {"role": "x"}).status_code == 404
    tab.post(f"{LINES}{line.pk}/delete/")
    assert veteran.experience_line == "tester"


@pytest.mark.parametrize(
    "address", ["/accounts/profile/experience/", "/accounts/profile/"]
)
def test_words_typed_after_a_session_ended_come_back(reader, address):
    page = send(
        reader,
        address,
        {"role": "delivery manager", "display_name": "Sam", "csrfmiddlewaretoken": "x"},
        status=401,
    )

    words = [field.get_text(strip=True) for field in page.select("textarea")]
    assert words == ["delivery manager", "Sam"]
    login = page.main.find("a", string="Sign in")["href"]
    assert unquote(login) == f"/accounts/login/?next={address}"


def test_words_of_a_form_that_was_too_old_come_back(newcomer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newcomer, "accounts.backends.PersonBackend")

    page = send(browser, "/accounts/profile/", {"display_name": "Sam"}, status=403)

    assert page.textarea.get_text(strip=True) == "Sam"


def test_a_password_is_never_shown_again(reader):
    browser = Client(enforce_csrf_checks=True)
    typed = {"login": "sam@example.org", "password": "correct horse"}

    page = send(browser, "/accounts/login/", typed, status=403)

    assert "correct horse" not in str(page)
    assert "sam@example.org" in str(page)
