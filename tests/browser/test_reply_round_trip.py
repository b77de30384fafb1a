"""Writing first, signing after: the same words are posted, whatever the way in."""

import pytest
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import expect

from discussions.models import Comment
from tests.browser.test_providers import ELSEWHERE, agree
from tests.factories import make_user, publish
from tests.providers import NAMES, UIDS

WORDS = "Who owns the budget?\n\nAnd who do I ask in March?"


@pytest.fixture
def guide():
    return publish()


def write(page, site, guide):
    page.route(ELSEWHERE, lambda route: route.fulfill(body="", content_type="text/css"))
    page.goto(site + guide.get_absolute_url())
    page.get_by_label("Leave a reply").fill(WORDS)


def post(page, person: str):
    expect(page.get_by_label("Leave a reply")).to_have_value(WORDS)
    assert not Comment.objects.exists()
    page.get_by_role("button", name="Post reply").click()
    expect(page.get_by_role("article", name=person)).to_contain_text("in March?")
    assert Comment.objects.get().body == WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_known_person_posts_the_words_they_wrote(
    page, live_server, providers, guide, name
):
    known = make_user("Sam Known")
    SocialAccount.objects.create(user=known, provider=name, uid=UIDS[name])
    write(page, live_server.url, guide)

    page.get_by_role("button", name=NAMES[name]).click()
    agree(page, name)

    short = {"twitter_oauth2": "X"}.get(name, NAMES[name])
    said = page.get_by_text(f"You are commenting using your {short} account")
    expect(said).to_be_visible()
    post(page, "Sam Known")


def test_a_new_person_is_asked_for_a_name_and_posts_the_words(
    page, live_server, providers, guide
):
    write(page, live_server.url, guide)
    page.get_by_role("button", name="Google").click()
    agree(page, "google")
    page.get_by_label("Name to show").fill("Sam of Sample")
    page.get_by_role("button", name="Create account").click()

    post(page, "Sam of Sample")


def test_x_without_an_address_asks_for_one_and_keeps_the_words(
    page, live_server, providers, guide, mailbox
):
    write(page, live_server.url, guide)
    page.get_by_role("button", name="X (Twitter)").click()
    page.get_by_label("Name to show").fill("Sam of Sample")
    page.get_by_label("Email").fill("sam.of.x@example.org")
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Code").wait_for()
    mailbox.deliver()
    page.get_by_label("Code").fill(mailbox.newest_code("sam.of.x@example.org"))
    page.get_by_role("button", name="Continue").click()

    post(page, "Sam of Sample")


@pytest.mark.parametrize("name", ["twitter_oauth2", "facebook"])
def test_who_refuses_still_has_the_words(page, live_server, providers, guide, name):
    providers[name].refuses = True
    write(page, live_server.url, guide)
    page.get_by_role("button", name=NAMES[name]).click()

    page.get_by_role("link", name="Back to where you were").click()

    expect(page.get_by_label("Leave a reply")).to_have_value(WORDS)
    expect(page.get_by_role("button", name="Email me a code")).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_the_words_arrive_without_script(browser, live_server, providers, guide, name):
    known = make_user("Sam Known")
    SocialAccount.objects.create(user=known, provider=name, uid=UIDS[name])
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        write(page, live_server.url, guide)
        page.get_by_role("button", name=NAMES[name]).click()
        agree(page, name)

        post(page, "Sam Known")


def test_who_changes_account_in_the_middle_keeps_the_words(
    page, live_server, providers, guide
):
    known = make_user("Sam Known")
    SocialAccount.objects.create(user=known, provider="facebook", uid="f-7")
    write(page, live_server.url, guide)
    page.get_by_role("button", name="Facebook").click()
    expect(page.get_by_label("Leave a reply")).to_have_value(WORDS)

    page.get_by_role("button", name="Change").click()
    page.get_by_role("link", name="Continue with Google").click()
    agree(page, "google")
    page.get_by_label("Name to show").fill("Sam of Sample")
    page.get_by_role("button", name="Create account").click()

    post(page, "Sam of Sample")
