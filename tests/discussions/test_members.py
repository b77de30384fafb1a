"""Curators look after people: hold, release, suspend, reinstate."""

import pytest
from bs4 import BeautifulSoup

from accounts.models import User
from discussions.models import Comment, Member, ModerationAction, Report
from tests.discussions.curating import decide
from tests.factories import PASSWORD, make_comment, make_user
from tests.pages import visit

MEMBERS = "/admin/discussions/member/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def member(person: User) -> Member:
    """Somebody, as curators see them."""
    return Member.objects.get(pk=person.pk)


def test_a_held_person_is_released_again(admin, newcomer):
    decide(admin, [member(newcomer)], "hold", reason="Many adverts.")
    assert member(newcomer).is_held
    assert b"Comments wait for a curator" in admin.get(MEMBERS).content

    decide(admin, [member(newcomer)], "release", reason="They stopped.")

    assert not member(newcomer).is_held
    verbs = ModerationAction.objects.filter(person=newcomer).values_list("verb")
    assert list(verbs) == [("release-person",), ("hold-person",)]


def test_a_suspended_person_is_out_at_once_in_every_browser(
    admin, browser_of, newcomer
):
    browsers = [browser_of(newcomer) for _ in range(2)]
    assert all("_auth_user_id" in browser.session for browser in browsers)

    decide(admin, [member(newcomer)], "suspend", reason="Threats.")

    for browser in browsers:
        page = visit(browser, "/").get_text()
        assert "Sample Newcomer" not in page
        assert "Sign in" in page


def test_a_suspended_person_cannot_post_from_an_open_page(
    admin, browser_of, newcomer, guide
):
    browser = browser_of(newcomer)
    form = visit(browser, guide.get_absolute_url()).select_one("form[method=post]")
    typed = {box["name"]: box.get("value", "") for box in form.select("input[name]")}
    decide(admin, [member(newcomer)], "suspend", reason="Threats.")

    browser.post(form["action"] or guide.get_absolute_url(), typed | {"body": "Me!"})

    assert not Comment.objects.exists()


def test_a_suspended_person_cannot_sign_in_with_a_password(admin, reader, newcomer):
    decide(admin, [member(newcomer)], "suspend", reason="Threats.")
    typed = {"login": newcomer.email, "password": PASSWORD, "way": "password"}

    page = reader.post("/accounts/login/", typed, follow=True)

    assert "This account is closed" in page.content.decode()
    assert "_auth_user_id" not in reader.session


def test_a_suspended_person_cannot_sign_in_with_a_code(
    admin, reader, newcomer, mailbox
):
    decide(admin, [member(newcomer)], "suspend", reason="Threats.")
    reader.post("/accounts/login/", {"login": newcomer.email, "way": "code"})
    mailbox.deliver()

    codes = [kept for kept in mailbox.kept if newcomer.email in kept.rcpt_tos]
    if codes:
        code = mailbox.newest_code(newcomer.email)
        page = reader.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
        assert "This account is closed" in page.content.decode()
    assert "_auth_user_id" not in reader.session


@pytest.mark.parametrize(("ticked", "state"), [("on", "hidden"), ("", "published")])
def test_comments_of_a_suspended_person_go_or_stay(
    admin, newcomer, curator, guide, ticked, state
):
    comment = make_comment(guide, newcomer)
    waiting = make_comment(guide, newcomer)
    waiting.hold(by=curator, reason="Let me look.")

    decide(
        admin,
        [member(newcomer)],
        "suspend",
        reason="Threats.",
        hide_comments=ticked,
    )

    comment.refresh_from_db()
    waiting.refresh_from_db()
    assert (comment.state, waiting.state) == (state, state if ticked else "held")


def test_an_old_session_does_not_come_back_with_a_reinstated_person(
    admin, newcomer, reader
):
    typed = {"login": newcomer.email, "password": PASSWORD, "way": "password"}
    reader.post("/accounts/login/", typed)
    assert reader.get("/accounts/profile/").status_code == 200

    decide(admin, [member(newcomer)], "suspend", reason="Threats.")
    decide(admin, [member(newcomer)], "reinstate", reason="A mistake of ours.")

    assert reader.get("/accounts/profile/").status_code == 302


def test_a_reinstated_person_signs_in_again(admin, reader, newcomer):
    decide(admin, [member(newcomer)], "suspend", reason="Threats.")

    decide(admin, [member(newcomer)], "reinstate", reason="A mistake of ours.")

    typed = {"login": newcomer.email, "password": PASSWORD, "way": "password"}
    reader.post("/accounts/login/", typed)
    assert reader.session["_auth_user_id"] == str(newcomer.pk)


@pytest.mark.parametrize("verb", ["hold", "suspend"])
def test_a_curator_does_nothing_to_curators(admin, curator, verb):
    colleague = make_user("Sample Colleague", is_staff=True)
    keeper = make_user("Sample Keeper", is_superuser=True)

    people = [member(person) for person in (colleague, keeper, curator)]
    answer = decide(admin, people, verb, reason="Why not.")

    assert b"Only a superuser can do this to a curator." in answer.content
    assert not User.objects.exclude(is_active=True, is_held=False).exists()
    assert not ModerationAction.objects.exists()


def test_a_superuser_suspends_a_curator_but_never_themselves(browser_of, curator):
    keeper = make_user("Sample Keeper", is_staff=True, is_superuser=True)

    people = [member(curator), member(keeper)]
    decide(browser_of(keeper), people, "suspend", reason="They left.")

    assert not member(curator).is_active
    assert member(keeper).is_active


def test_somebody_is_found_by_whole_address_or_handle(admin, newcomer, veteran):
    for words in newcomer.email.upper(), newcomer.handle:
        page = admin.get(MEMBERS, {"q": words})
        assert list(page.context["cl"].result_list) == [newcomer]
    page = admin.get(MEMBERS, {"q": "sample"})
    assert not page.context["cl"].result_list


def test_the_list_says_how_many_reports_wait(admin, newcomer, veteran, guide):
    comment = make_comment(guide, newcomer)
    Report.file(network="a", by=veteran, comment=comment, reason="unkind")

    answer = admin.get(MEMBERS, {"q": newcomer.handle})

    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one(".field-open_reports").get_text() == "1"


def test_a_person_has_their_story_on_a_page(admin, curator, newcomer, guide):
    make_comment(guide, newcomer, "Buy my book.").hide(by=curator, reason="An advert.")
    member(newcomer).hold(by=curator, reason="Many adverts.", note="Ask Jo.")

    page = admin.get(f"{MEMBERS}{newcomer.pk}/change/").content.decode()

    for said in "Buy my book.", "An advert.", "Many adverts.", "Ask Jo.":
        assert said in page


def test_nothing_about_a_person_is_changed_by_a_form(admin, newcomer):
    address = f"{MEMBERS}{newcomer.pk}/change/"

    assert admin.post(address, {"is_superuser": "on"}).status_code == 403


def test_a_verb_needs_a_reason(admin, newcomer):
    answer = decide(admin, [member(newcomer)], "suspend", reason="", note="Hm.")

    assert b"Hm." in answer.content
    assert member(newcomer).is_active


def test_a_member_opens_no_list_of_members(browser_of, newcomer):
    assert browser_of(newcomer).get(MEMBERS).status_code == 302
