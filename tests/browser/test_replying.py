"""Replying in place with script, and on small pages without it."""

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Comment
from tests.browser.people import sign_in
from tests.factories import make_comment, make_user, publish

WORDS = "Who owns the budget, and who do I ask in March?"


@pytest.fixture
def guide():
    guide = publish()
    make_comment(guide, make_user("Sample Newcomer"), "Who signs in March?")
    return guide


@pytest.fixture
def tab(page, live_server, guide):
    """A member's tab, at the guide."""
    sign_in(page, live_server.url, make_user("Sample Veteran"))
    page.goto(live_server.url + guide.get_absolute_url())
    return page


def test_a_comment_appears_in_place_and_takes_the_focus(tab):
    address = tab.url

    tab.get_by_label("Leave a reply").fill(WORDS)
    tab.get_by_role("button", name="Post reply").click()

    comment = tab.get_by_role("article", name="Sample Veteran")
    expect(comment).to_contain_text(WORDS)
    expect(comment).to_be_focused()
    expect(tab.get_by_label("Leave a reply")).to_have_value("")
    assert tab.url == address


def test_the_count_is_of_what_the_page_shows(page, live_server):
    sign_in(page, live_server.url, make_user("Sample Veteran"))
    page.goto(live_server.url + publish().get_absolute_url())
    count = page.locator("#talk-count")
    expect(count).to_contain_text("Nobody has asked anything yet.")

    for said in "1 comment.", "2 comments.":
        page.get_by_label("Leave a reply").fill(f"{WORDS} {said}")
        page.get_by_role("button", name="Post reply").click()
        expect(count).to_have_text(said)


def test_a_preview_in_place_takes_the_focus(tab):
    tab.get_by_label("Leave a reply").fill("*Who* pays?")

    tab.get_by_role("button", name="Preview").click()

    preview = tab.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Who pays?")
    expect(preview).to_be_focused()


def test_a_reply_on_a_threads_own_page_stands_as_the_others_do(tab, live_server):
    tab.goto(live_server.url + Comment.objects.get().thread.get_absolute_url())
    tab.get_by_role("link", name=re.compile("Reply to Sample Newcomer")).click()
    tab.get_by_label("Leave a reply").fill("Your SRO, and early.")

    tab.get_by_role("button", name="Post reply").click()

    expect(tab.get_by_role("article", name="Sample Veteran")).to_be_focused()
    heading = tab.get_by_role("heading", name="Sample Veteran")
    assert heading.evaluate("heading => heading.tagName") == "H2"


def test_a_reply_appears_under_its_thread(tab):
    tab.get_by_role("link", name=re.compile("Reply to Sample Newcomer")).click()
    expect(tab.get_by_label("Leave a reply").first).to_be_focused()
    tab.keyboard.type("Your SRO, and early.")
    tab.get_by_role("button", name="Post reply").first.click()

    reply = tab.locator(".replies").get_by_role("article", name="Sample Veteran")
    expect(reply).to_contain_text("in reply to Sample Newcomer")
    expect(reply).to_be_focused()
    assert Comment.objects.last().in_reply_to == Comment.objects.first()


def test_a_mistake_is_said_in_place_and_takes_the_focus(tab):
    tab.get_by_role("button", name="Post reply").click()

    problem = tab.locator(".error-summary")
    expect(problem).to_contain_text("Write something first.")
    expect(problem).to_be_focused()


def test_words_stay_when_the_site_cannot_be_reached(page, live_server, guide):
    tab = page.context.new_page()  # its failing request is what we are after
    sign_in(tab, live_server.url, make_user("Sample Veteran"))
    tab.goto(live_server.url + guide.get_absolute_url())
    tab.get_by_label("Leave a reply").fill(WORDS)
    tab.context.set_offline(True)

    tab.get_by_role("button", name="Post reply").click()

    expect(tab.get_by_role("alert")).to_contain_text("could not reach the site")
    expect(tab.get_by_label("Leave a reply")).to_have_value(WORDS)
    tab.context.set_offline(False)
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_role("article", name="Sample Veteran")).to_contain_text(WORDS)


def test_a_double_click_posts_once(tab):
    tab.get_by_label("Leave a reply").fill(WORDS)

    tab.get_by_role("button", name="Post reply").dblclick()

    expect(tab.get_by_role("article", name="Sample Veteran")).to_have_count(1)
    assert Comment.objects.filter(body=WORDS).count() == 1


def test_back_and_sending_again_posts_once(tab, guide, live_server, real_limits):
    tab.goto(f"{live_server.url}{guide.get_absolute_url()}discussion/new/")
    tab.get_by_label("Leave a reply").fill(WORDS)
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_role("article", name="Sample Veteran")).to_be_visible()

    tab.go_back()
    tab.get_by_label("Leave a reply").fill(WORDS)
    tab.get_by_role("button", name="Post reply").click()

    expect(tab).to_have_url(re.compile("#comment-"))
    assert Comment.objects.filter(body=WORDS).count() == 1


def test_log_out_in_the_middle_keeps_the_words(tab):
    tab.get_by_label("Leave a reply").fill(WORDS)

    tab.get_by_role("button", name="Log out").click()

    expect(tab.get_by_text("Your words are kept for a day.")).to_be_visible()
    expect(tab.get_by_label("Leave a reply")).to_have_value(WORDS)
    expect(tab.get_by_role("button", name="Email me a code")).to_be_visible()


@pytest.mark.parametrize("browser_context_args", [{"java_script_enabled": False}])
def test_a_reply_works_without_script(
    browser, live_server, guide, browser_context_args
):
    tab = browser.new_context(**browser_context_args).new_page()
    sign_in(tab, live_server.url, make_user("Sample Veteran"))
    tab.goto(live_server.url + guide.get_absolute_url())

    tab.get_by_role("link", name=re.compile("Reply to Sample Newcomer")).click()
    tab.get_by_label("Leave a reply").fill("Your SRO, and early.")
    tab.get_by_role("button", name="Post reply").click()

    expect(tab.locator(".replies article")).to_contain_text("Your SRO, and early.")
    assert "#comment-" in tab.url
    tab.context.close()


def test_a_member_mends_and_deletes_their_words(tab):
    tab.get_by_label("Leave a reply").fill("Who pays?")
    tab.get_by_role("button", name="Post reply").click()
    comment = tab.get_by_role("article", name="Sample Veteran")

    comment.get_by_role("link", name=re.compile("^Edit")).click()
    tab.get_by_label("Leave a reply").fill("Who pays in March?")
    tab.get_by_role("button", name="Save").click()
    expect(comment).to_contain_text("Who pays in March?")
    expect(comment).to_contain_text("edited")

    comment.get_by_role("link", name=re.compile("^Delete")).click()
    tab.get_by_role("button", name="Delete it").click()
    expect(tab.get_by_text("Its author has deleted this comment")).to_be_visible()
