"""Telling curators what is wrong, signed out, with script and without it."""

import re

import pytest
from playwright.sync_api import expect

from discussions.models import Report
from tests.factories import make_comment, make_user, publish

WORDS = "It names somebody who is not here to answer."


@pytest.fixture
def guide():
    guide = publish()
    make_comment(guide, make_user("Sample Newcomer"), "Call Sam on this number.")
    return guide


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def browser_context_args(request, browser_context_args):
    """With script, and without it."""
    return {**browser_context_args, "java_script_enabled": request.param}


@pytest.fixture
def tab(page, live_server, guide):
    """A signed-out reader's tab, at the guide."""
    page.goto(live_server.url + guide.get_absolute_url())
    return page


def test_a_reader_reports_a_comment(tab, guide):
    tab.get_by_role("link", name=re.compile("Report comment")).click()
    expect(tab.locator(".quoted")).to_contain_text("Call Sam")
    tab.get_by_label("In your own words").fill(WORDS)
    tab.get_by_role("button", name="Send the report").click()
    expect(tab.locator(".error-summary")).to_contain_text("Choose one of the reasons.")

    tab.get_by_label("Somebody’s private details or case").check()
    tab.get_by_role("button", name="Send the report").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")
    report = Report.objects.get()
    assert (report.reason, report.words, report.by) == ("private", WORDS, None)
    assert not tab.context.cookies()


def test_loading_the_thanks_again_reports_nothing_more(tab, guide):
    tab.get_by_role("link", name="Report what is wrong with this guide").click()
    tab.get_by_label("Wrong or out of date").check()
    tab.get_by_role("button", name="Send the report").dblclick()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Thank you for telling us")

    tab.reload()

    assert Report.objects.get().guide == guide
    tab.get_by_role("link", name="Back to the guide").click()
    expect(tab).to_have_url(re.compile(guide.get_absolute_url()))
