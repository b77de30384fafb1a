"""A veteran writes in a real browser, with script and without, and loses nothing."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from guides.models import Edition, Guide
from tests.browser.people import sign_in
from tests.factories import make_draft, make_guide, make_topic, make_user

CLIPBOARD = Path(__file__).parent.parent / "guides" / "clipboard"
PASTE = """([html, plain]) => {
  const text = document.querySelector("[name=body]");
  text.focus();
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", plain);
  const event = { clipboardData: data, bubbles: true, cancelable: true };
  text.dispatchEvent(new ClipboardEvent("paste", event));
}"""


@pytest.fixture
def veteran():
    return make_user("Sample Veteran")


@pytest.fixture
def draft(veteran):
    guide = make_guide(owner=veteran, topics=[make_topic(title="Money")])
    return make_draft(guide, created_by=veteran, title="Spend control")


@pytest.fixture
def tab(page, live_server, veteran):
    """The veteran's tab."""
    sign_in(page, live_server.url, veteran)
    return page


@pytest.fixture
def frail(tab):
    """A tab in which requests may fail: that is what the test is after."""
    return tab.context.new_page()


def edit(live_server, draft) -> str:
    return f"{live_server.url}/guides/{draft.guide.slug}/edit/"


def body_of(draft) -> str:
    return Edition.objects.get(pk=draft.pk).body


def state(tab):
    return tab.locator("[data-state]")


def test_a_guide_is_written_from_an_empty_page_and_saves_itself(tab, live_server):
    topic = make_topic(title="Money and approvals")
    tab.goto(f"{live_server.url}/desk/")
    tab.get_by_role("link", name="Write a guide").first.click()
    tab.get_by_role("link", name=re.compile("How-to")).click()
    tab.get_by_label("Title", exact=True).fill("Spend control")
    tab.get_by_label("Summary").fill("When to ask, and whom.")
    tab.get_by_label("Who this helps").fill("Taxpayers.")
    tab.get_by_label("Money and approvals").check()
    tab.get_by_label("The text", exact=True).fill(
        "## Before you ask\n\nRead the **rules**."
    )

    expect(state(tab)).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    expect(tab.locator(".preview strong")).to_have_text("rules")
    tab.wait_for_url("**/guides/spend-control/edit/")
    tab.get_by_role("button", name="Save and hand in").click()
    tab.get_by_role("button", name="Hand it in").click()

    expect(tab.locator("main")).to_contain_text("It waits for a curator")
    draft = Edition.objects.get()
    assert (draft.state, draft.guide.kind) == ("submitted", "how-to")
    assert list(draft.guide.topics.all()) == [topic]


def test_all_of_it_works_without_script(browser, live_server, veteran):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, live_server.url, veteran)
    make_topic(title="Money")
    tab.goto(f"{live_server.url}/guides/new/?kind=map")
    expect(tab.get_by_role("toolbar")).to_be_hidden()
    tab.get_by_label("Title", exact=True).fill("Who decides")
    tab.get_by_label("Summary").fill("Who says yes.")
    tab.get_by_label("Who this helps").fill("Taxpayers.")
    tab.get_by_label("Money").check()
    tab.get_by_label("The text", exact=True).fill("## The board\n\nIt meets monthly.")
    tab.get_by_role("button", name="Preview").click()
    expect(tab.locator(".preview h2")).to_have_text("The board")
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator("body")).to_contain_text(re.compile(r"Saved at \d\d:\d\d"))
    tab.get_by_role("button", name="Save and hand in").click()
    tab.get_by_role("button", name="Hand it in").click()

    expect(tab.locator("main")).to_contain_text("It waits for a curator")
    assert Guide.objects.get().slug == "who-decides"
    context.close()


@pytest.mark.parametrize("sample", ["word-headings", "word-lists", "google-headings"])
def test_what_is_pasted_keeps_its_form(tab, live_server, draft, sample):
    tab.goto(edit(live_server, draft))
    tab.get_by_label("The text", exact=True).fill("")
    html = (CLIPBOARD / f"{sample}.html").read_text()

    tab.evaluate(PASTE, [html, "plain words"])

    wanted = (CLIPBOARD / f"{sample}.md").read_text().strip()
    expect(tab.get_by_label("The text", exact=True)).to_have_value(
        re.compile(re.escape(wanted))
    )
    expect(state(tab)).to_have_text(re.compile("Saved at"))


def test_buttons_and_keys_put_marks_that_can_be_undone(tab, live_server, draft):
    tab.goto(edit(live_server, draft))
    text = tab.get_by_label("The text", exact=True)
    text.fill("word")
    text.select_text()
    tab.keyboard.press("Control+b")
    expect(text).to_have_value("**word**")
    tab.keyboard.press("Control+z")
    expect(text).to_have_value("word")
    tab.get_by_role("button", name="Heading").click()
    expect(text).to_have_value("## word")

    bold = tab.get_by_role("button", name="Bold")
    bold.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.get_by_role("button", name="Italic")).to_be_focused()


def test_an_image_is_dropped_into_the_text_with_its_description(
    tab, live_server, draft
):
    tab.goto(edit(live_server, draft))
    text = tab.get_by_label("The text", exact=True)
    text.fill("")
    drop = """async () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [64, 48];
      const blob = await new Promise((done) => canvas.toBlob(done));
      const data = new DataTransfer();
      data.items.add(new File([blob], "desk.png", { type: "image/png" }));
      const event = new DragEvent("drop", { dataTransfer: data, cancelable: true });
      document.querySelector("[name=body]").dispatchEvent(event);
    }"""
    tab.evaluate(drop)
    tab.get_by_role("button", name="Add the image").click()
    expect(tab.locator("[data-image-problem]")).to_contain_text("Say what the image")
    tab.get_by_label("What a reader would miss").fill("A desk with a telephone.")
    tab.get_by_role("button", name="Add the image").click()

    expect(text).to_have_value(re.compile(r"!\[A desk with a telephone.\]\(/images/"))
    expect(tab.locator(".preview img")).to_have_attribute("alt", re.compile("A desk"))


def test_words_survive_a_network_that_goes_away(frail, live_server, draft):
    frail.goto(edit(live_server, draft))
    frail.context.set_offline(True)
    frail.get_by_label("The text", exact=True).fill("Written on a train.")
    expect(state(frail)).to_have_attribute("data-is", "lost")
    expect(state(frail)).to_contain_text("Not saved")
    assert body_of(draft) != "Written on a train."

    frail.context.set_offline(False)
    expect(state(frail)).to_have_text(re.compile("Saved at"), timeout=15_000)
    assert body_of(draft) == "Written on a train."


def test_words_that_were_never_saved_are_offered_back(frail, live_server, draft):
    frail.goto(edit(live_server, draft))
    frail.context.set_offline(True)
    frail.get_by_label("The text", exact=True).fill("Written in a tunnel.")
    expect(state(frail)).to_have_attribute("data-is", "lost")
    frail.close()
    context = frail.context
    context.set_offline(False)

    again = context.new_page()
    again.goto(edit(live_server, draft))
    expect(again.locator("[data-offer]")).to_contain_text("were not saved")
    again.get_by_role("button", name="Put them back").click()

    expect(again.get_by_label("The text", exact=True)).to_have_value(
        "Written in a tunnel."
    )
    expect(state(again)).to_have_text(re.compile("Saved at"))
    again.reload()
    expect(again.locator("[data-offer]")).to_be_hidden()


def test_words_survive_the_end_of_the_session(frail, live_server, draft, veteran):
    frail.goto(edit(live_server, draft))
    frail.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    frail.get_by_label("The text", exact=True).fill("Written too long.")
    expect(state(frail)).to_contain_text("you have been signed out")

    sign_in(frail, live_server.url, veteran)
    frail.reload()
    frail.get_by_role("button", name="Put them back").click()

    expect(state(frail)).to_have_text(re.compile("Saved at"))
    assert body_of(draft) == "Written too long."


def test_two_tabs_meet_on_a_page_with_both_texts(frail, live_server, draft):
    other = frail.context.new_page()
    for tab in frail, other:
        tab.goto(edit(live_server, draft))
    other.get_by_label("The text", exact=True).fill("From the second tab.")
    expect(state(other)).to_have_text(re.compile("Saved at"))

    frail.get_by_label("The text", exact=True).fill("From the first tab.")
    expect(state(frail)).to_contain_text("somebody else has saved")
    frail.get_by_role("button", name="Save draft").click()

    mine = frail.get_by_label("Your text, which you can change")
    expect(mine).to_have_value("From the first tab.")
    theirs = frail.get_by_label("The text that was saved")
    expect(theirs).to_have_value("From the second tab.")
    mine.fill("From both tabs.")
    frail.get_by_role("button", name="Save my text").click()
    expect(frail.get_by_label("The text", exact=True)).to_have_value("From both tabs.")
    assert body_of(draft) == "From both tabs."
