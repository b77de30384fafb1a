"""Members choose which emails they get; a link in each email stops its kind."""

import pytest
from django.test import Client

from discussions.models import MailChoice
from tests.factories import make_user
from tests.pages import check, send, visit

CHOICES = "/accounts/notifications/"


def stop_address(person, kind: str = "replies") -> str:
    return f"{CHOICES}stop/{MailChoice.token(person, kind)}/"


def wanted(person) -> list[str]:
    choice = MailChoice.of(person)
    return [kind for kind in MailChoice.KINDS if getattr(choice, kind)]


def test_a_member_who_never_chose_gets_everything(browser_of, newcomer):
    page = visit(browser_of(newcomer), CHOICES)

    boxes = page.main.select("input[type=checkbox]")
    assert [box["name"] for box in boxes if box.has_attr("checked")] == [
        "replies",
        "guides",
        "decisions",
    ]
    assert not MailChoice.objects.exists()


def test_a_member_chooses_and_reads_that_it_is_saved(browser_of, newcomer):
    browser = browser_of(newcomer)

    answer = browser.post(CHOICES, {"guides": "on"})

    page = visit(browser, answer.url)
    assert "Your choice is saved." in page.get_text()
    assert wanted(newcomer) == ["guides"]
    assert len(page.main.select("input[checked]")) == 1


def test_a_member_can_choose_none_and_then_all(browser_of, newcomer):
    browser = browser_of(newcomer)

    browser.post(CHOICES, {})
    assert wanted(newcomer) == []
    browser.post(CHOICES, dict.fromkeys(MailChoice.KINDS, "on"))
    assert wanted(newcomer) == ["replies", "guides", "decisions"]


def test_choosing_needs_a_token(newcomer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(newcomer, "accounts.backends.PersonBackend")

    foreign = {"origin": "https://elsewhere.example"}
    assert browser.post(CHOICES, {}, headers=foreign).status_code == 403
    assert len(wanted(newcomer)) == 3


def test_a_signed_out_reader_signs_in_to_choose(reader):
    answer = reader.get(CHOICES)

    assert answer.url == f"/accounts/login/?next={CHOICES}"


def test_a_mail_scanner_that_reads_the_link_changes_nothing(reader, newcomer):
    address = stop_address(newcomer)

    page = visit(reader, address)
    assert reader.head(address).status_code == 200

    assert len(wanted(newcomer)) == 3
    assert not reader.cookies
    assert "“Somebody replies to me”" in page.main.get_text()
    assert newcomer.display_name not in page.get_text()
    assert newcomer.email not in str(page)


@pytest.mark.parametrize("kind", MailChoice.KINDS)
def test_one_click_in_a_mail_program_stops_that_kind(newcomer, kind):
    program = Client(enforce_csrf_checks=True)
    address = stop_address(newcomer, kind)
    foreign = {"origin": "https://mail.example"}

    for _ in "12":
        one_click = {"List-Unsubscribe": "One-Click"}
        page = check(program.post(address, one_click, headers=foreign), 200)

    assert page.h1.get_text() == "These emails are stopped"
    assert set(MailChoice.KINDS) - set(wanted(newcomer)) == {kind}
    assert not program.cookies


def test_a_one_click_that_comes_as_a_plain_form_works_too(reader, newcomer):
    body, form = "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"

    reader.post(stop_address(newcomer), body, content_type=form)

    assert wanted(newcomer) == ["guides", "decisions"]


def test_who_stopped_by_mistake_gets_them_again(reader, newcomer):
    address = stop_address(newcomer)

    page = send(reader, address, {})
    [undo] = page.main.select("button[name]")
    page = send(reader, address, {undo["name"]: undo["value"]})

    assert page.h1.get_text() == "Stop these emails"
    assert len(wanted(newcomer)) == 3


def test_one_who_stops_leaves_others_alone(reader, newcomer, veteran):
    MailChoice.change(veteran, replies=True)

    send(reader, stop_address(newcomer), {})

    assert len(wanted(veteran)) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: "9" + token,
        lambda token: token.replace("replies", "guides"),
        lambda token: token + "=",
        lambda token: "x",
        lambda token: "1.replies.",
        lambda token: "é.ü",
    ],
)
def test_a_forged_link_stops_nothing(reader, newcomer, spoil):
    address = f"{CHOICES}stop/{spoil(MailChoice.token(newcomer, 'replies'))}/"

    page = check(reader.get(address), 404)
    check(reader.post(address), 404)

    assert "no such link to stop emails" in page.get_text()
    assert not MailChoice.objects.exists()


def test_the_link_of_somebody_who_left_leads_nowhere(reader):
    person = make_user()
    address = stop_address(person)
    person.delete()

    check(reader.post(address), 404)


def test_a_link_outlives_a_change_of_the_secret_key(reader, newcomer, settings):
    address = stop_address(newcomer)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as keys have to be, of this site"

    send(reader, address, {})
    assert wanted(newcomer) == ["guides", "decisions"]

    settings.SECRET_KEY_FALLBACKS = []
    send(reader, address, {}, 404)
