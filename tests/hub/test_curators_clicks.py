"""A curator who was never here before does each daily task in at most four clicks.

A click is a link that is followed or a button that is pressed, from the start page on.
"""

import re
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from zeal import zeal_ignore

from discussions.models import Comment, Report
from guides.models import Topic
from hub.models import HomeSection, Page
from tests.factories import make_comment, make_draft, make_guide, make_topic
from tests.hub.test_waiting import searched

MOST_CLICKS = 4


class Walk:
    """One curator's way through the admin, with the clicks counted."""

    def __init__(self, browser) -> None:
        self.browser, self.clicks = browser, 0
        self._arrive(browser.get("/admin/"))

    def follow(self, words: str) -> "Walk":
        """Follow the first link that begins with these words."""
        links = self.page.select("#content a[href], .object-tools a[href]")
        named = [a for a in links if a.get_text(" ", strip=True).startswith(words)]
        assert named, (words, [a.get_text(" ", strip=True) for a in links])
        self.clicks += 1
        address = urljoin(self.address, named[0]["href"])
        return self._arrive(self.browser.get(address, follow=True))

    def press(self, words: str, /, **typed) -> "Walk":
        """Press a button, with what its form held and what was typed into it."""
        label = re.compile(f"^{re.escape(words)}$")
        button = self.page.find("input", type="submit", value=label)
        button = button or self.page.find("button", string=label)
        assert button, (words, self.page.select("[type=submit]"))
        form = button.find_parent("form")
        sent = _filled(form) | typed
        if button.get("name"):
            sent[button["name"]] = button["value"]
        self.clicks += 1
        address = urljoin(self.address, form.get("action") or "")
        with zeal_ignore():  # Django's own: an editable list is saved row by row
            return self._arrive(self.browser.post(address, sent, follow=True))

    def tick_and(self, verb: str, *rows) -> "Walk":
        """Tick rows of a list, choose a verb and press Go."""
        keys = [str(row.pk) for row in rows]
        return self.press("Run", action=verb, _selected_action=keys)

    def says(self, words: str) -> None:
        """Check what the page says, and that the way to it was short."""
        assert words in self.page.get_text(" ", strip=True)
        assert self.clicks <= MOST_CLICKS

    def _arrive(self, answer) -> "Walk":
        assert answer.status_code == 200, answer
        self.address = answer.request["PATH_INFO"]
        if query := answer.request["QUERY_STRING"]:
            self.address += f"?{query}"
        self.page = BeautifulSoup(answer.content, "html.parser")
        return self


def _filled(form) -> dict:
    """What a browser would send of a form that nobody touched."""
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "textarea":
            sent[field["name"]] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select("option[selected]")
            sent[field["name"]] = [option.get("value", "") for option in chosen]
        elif field.get("type") == "checkbox":
            sent |= {field["name"]: "on"} if field.has_attr("checked") else {}
        elif field.get("type") != "submit":
            sent[field["name"]] = field.get("value", "")
    return sent


@pytest.fixture
def start(browser_of, curator):
    """The start page, in the browser of a curator who is nothing more than that."""
    assert not curator.is_superuser
    return Walk(browser_of(curator))


@pytest.fixture
def comment(guide, newcomer):
    """What somebody wrote under a guide."""
    return make_comment(guide, newcomer)


@pytest.fixture
def about():
    """A page of the site that was changed once."""
    page = Page.objects.create(slug="about", title="About", summary="Us.", body="Old.")
    page.keep(by=None, note="As it came.")
    page.revise(by=None, version=1, note="Oops.", body="Wrong.")
    return page


@pytest.fixture
def submitted(author, topic):
    """What an author handed in."""
    guide = make_guide(owner=author, topics=[topic])
    make_draft(guide, created_by=author, title="Spend control").submit(by=author)
    return guide


def again(start) -> Walk:
    """The start page as it is now."""
    return Walk(start.browser)


def test_what_may_hurt_is_hidden(start, comment):
    Report.file(network="a", comment=comment, reason="private")

    walk = again(start).follow("Safety reports").follow("Comment")
    walk = walk.tick_and("hide", comment)
    walk.press("Hide with a reason", reason="It named a person.").says("1 done")

    assert not Report.objects.open().exists()


def test_a_report_of_a_guide_is_closed(start, guide):
    report = Report.file(network="a", guide=guide, reason="wrong")

    walk = again(start).follow("Other reports").tick_and("close", report)
    walk.press("Close").says("1 done")


def test_held_comments_are_approved(start, comment, curator):
    comment.hold(by=curator, reason="A look.")

    again(start).follow("Held comments").tick_and("approve", comment).says("1 done")

    assert Comment.objects.get().state == "published"


def test_a_guide_that_was_handed_in_is_published(start, submitted):
    walk = again(start).follow("Guides handed in").follow("Spend control")
    walk = walk.press("Publish the newest draft").press("Publish the newest draft")

    walk.says("Publish the newest draft: 1 done")
    submitted.refresh_from_db()
    assert submitted.visibility == "live"


def test_an_author_is_asked_for_changes(start, submitted):
    walk = again(start).follow("Guides handed in").follow("Spend control")
    walk = walk.press("Ask for changes").press(
        "Ask for changes", reason="Say who decides."
    )

    walk.says("Ask for changes: 1 done")
    assert submitted.draft.state == "changes-requested"


def test_two_topics_are_merged_and_taken_apart(start):
    old, new = make_topic(title="Old"), make_topic(title="New")

    walk = start.follow("Topics").tick_and("merge", old)
    walk.press("Merge into another topic", into=new.pk).says("1 done")

    walk = again(start).follow("Topics").follow("Merged into another")
    walk = walk.tick_and("separate", old)
    walk.press("Make it a topic of its own again").says("1 done")


def test_topics_are_put_in_order(start):
    topic = make_topic()

    start.follow("Topics").press("Save", **{"form-0-order": "7"}).says("1 topic")

    assert Topic.objects.get(pk=topic.pk).order == 7


def test_a_section_of_the_home_page_is_hidden(start):
    walk = start.follow("Sections of the home page")
    shown = walk.page.find("input", attrs={"name": "form-0-is_shown"})
    del shown["checked"]

    walk.press("Save").says("1 section of the home page was changed")

    assert not HomeSection.objects.first().is_shown


def test_guides_are_put_on_the_home_page(start, guide):
    walk = start.follow("Sections of the home page").follow(
        "Add section of the home page"
    )
    typed = {"heading": "Now", "places-0-guide": guide.pk, "places-0-order": "1"}

    walk.press("Save", **typed).says("was added successfully")

    assert HomeSection.objects.get(heading="Now").places.get().guide == guide


def test_a_page_of_the_site_is_changed(start, about):
    walk = start.follow("Pages").follow("About")

    walk.press("Save", body="Better.", note="Mended.").says("changed successfully")

    assert about.versions.first().body == "Better."


def test_an_earlier_version_of_a_page_returns(start, about):
    walk = start.follow("Pages").follow("Versions").follow("Version 1")

    walk.press("Restore this version").says("version 1 again")

    about.refresh_from_db()
    assert about.body == "Old."


def test_a_note_is_written_about_a_member(start, newcomer):
    walk = start.follow("Members").follow(newcomer.display_name)

    walk.follow("Write a note").press("Save", words="Said sorry.").says("Said sorry.")


def test_a_member_is_suspended(start, newcomer):
    walk = start.follow("Members").tick_and("suspend", newcomer)

    walk.press("Suspend", reason="Threats.").says("1 done")


def test_what_newcomers_looked_for_in_vain_is_read(start):
    searched("xylophone", 1)

    again(start).follow("Searches without result").says("xylophone")


def test_a_way_that_is_too_long_would_be_seen(start):
    start.clicks = MOST_CLICKS

    with pytest.raises(AssertionError):
        start.follow("Topics").says("")
