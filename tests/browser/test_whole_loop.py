"""The whole loop once: publish, find, join, ask, answer, hide."""

import re

import pytest
from playwright.sync_api import expect

from accounts.curators import make_group
from tests.browser.people import sign_in
from tests.factories import PASSWORD, make_user

BODY = "## Who to ask\n\nAsk the spend approval team in your first month."


@pytest.fixture
def tab_of(new_context, site):
    """Opens a tab of a browser of their own, signed in or not."""

    def open_tab(user=None):
        tab = new_context().new_page()
        if user:
            sign_in(tab, site, user)
        return tab

    return open_tab


def publish_in_admin(tab, site):
    tab.goto(f"{site}/admin/guides/guide/")
    tab.get_by_role("link", name="Add guide").click()
    tab.get_by_role("link", name=re.compile("How-to")).click()
    tab.get_by_label("Title", exact=True).fill("Spend control without tears")
    tab.get_by_label("Summary").fill("How to ask for money, and when.")
    tab.get_by_label("Who this helps").fill("Taxpayers, whose money it is.")
    tab.get_by_label("Money and approvals").check()
    tab.get_by_label("The text", exact=True).fill(BODY)
    tab.get_by_role("button", name="Save draft").last.click()
    tab.get_by_role("link", name="This guide in the admin").click()
    tab.get_by_role("button", name="Publish the newest draft").click()
    tab.get_by_label("Why you publish your own").fill("I am the only curator today.")
    tab.locator(".submit-row input[type=submit]").click()
    expect(tab.get_by_text("1 done.")).to_be_visible()


def find_by_search(tab, site):
    tab.goto(site)
    tab.get_by_role("main").get_by_role("searchbox").fill("spend aproval")
    tab.keyboard.press("Enter")
    tab.get_by_role("link", name="Spend control without tears").click()


def write_and_join(tab, mailbox, email: str, words: str):
    tab.get_by_label("Leave a reply").fill(words)
    tab.get_by_role("button", name="Email me a code").click()
    tab.get_by_label("Email address").fill(email)
    tab.get_by_role("button", name="Email me a code").click()
    expect(tab.get_by_label("Code")).to_be_visible()
    mailbox.deliver()
    tab.get_by_label("Code").fill(mailbox.newest_code(email))
    tab.get_by_role("button", name="Continue").click()
    tab.get_by_label("Name to show").fill("Sample Newcomer")
    tab.get_by_role("button", name="Join").click()
    expect(tab.get_by_label("Leave a reply")).to_have_value(words)
    tab.get_by_role("button", name="Post reply").click()


def hide_in_admin(tab, site):
    tab.goto(f"{site}/admin/discussions/comment/?show=all")
    row = tab.get_by_role("row", name=re.compile("Call Sam"))
    row.get_by_role("checkbox").last.check()  # an answer quotes it as well
    tab.locator("select[name=action]").select_option("hide")
    tab.get_by_role("button", name="Run").click()
    tab.get_by_label("Reason").fill("It names a colleague.")
    tab.get_by_role("button", name="Hide with a reason").click()


def test_know_how_is_passed_on(tab_of, site, mailbox):
    curator = make_user("Sample Curator", is_staff=True)
    curator.groups.add(make_group())
    veteran = make_user("Sample Veteran")
    desk = tab_of(curator)
    publish_in_admin(desk, site)

    newcomer = tab_of()
    find_by_search(newcomer, site)
    words = "Who signs? Call Sam on 07700 900123."
    write_and_join(newcomer, mailbox, "newcomer@example.org", words)
    expect(newcomer.get_by_text("Who signs?")).to_be_visible()

    answering = tab_of(veteran)
    answering.goto(newcomer.url)
    answering.get_by_role("link", name="Reply to Sample Newcomer").click()
    expect(answering.get_by_label("Leave a reply").first).to_be_focused()
    answering.keyboard.type("Your SRO, and early.")
    answering.get_by_role("button", name="Post reply").first.click()
    expect(answering.locator(".replies")).to_contain_text("Your SRO, and early.")
    hide_in_admin(desk, site)

    reader = tab_of()
    reader.goto(newcomer.url)
    discussion = reader.locator("#discussion")
    expect(discussion).to_contain_text("It names a colleague.")
    expect(discussion).to_contain_text("Your SRO, and early.")
    expect(discussion).not_to_contain_text("07700 900123")


def test_a_member_signs_in_with_a_password(tab_of, site, newcomer):
    tab = tab_of()
    tab.goto(f"{site}/accounts/login/?next=/guides/")

    tab.get_by_label("Email address").fill(newcomer.email)
    tab.get_by_text("Use a password instead").click()
    tab.get_by_label("Password").fill(PASSWORD)
    tab.keyboard.press("Enter")

    expect(tab).to_have_url(f"{site}/guides/")
    expect(tab.get_by_role("banner")).to_contain_text("Sample Newcomer")


def test_a_member_signs_in_with_a_code(tab_of, site, newcomer, mailbox):
    tab = tab_of()
    tab.goto(f"{site}/accounts/login/")

    tab.get_by_label("Email address").fill(newcomer.email)
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("Code")).to_be_visible()
    mailbox.deliver()
    tab.get_by_label("Code").fill(mailbox.newest_code(newcomer.email))
    tab.get_by_role("button", name="Continue").click()

    expect(tab.get_by_role("banner")).to_contain_text("Sample Newcomer")
