"""A veteran writes in a real browser, with script and without."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from guides.models import Edition, Guide
from tests.browser.editor import edit, state
from tests.browser.people import sign_in
from tests.factories import make_topic

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
DROP = """async () => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [64, 48];
  const blob = await new Promise((done) => canvas.toBlob(done));
  const data = new DataTransfer();
  data.items.add(new File([blob], "desk.png", { type: "image/png" }));
  const event = new DragEvent("drop", { dataTransfer: data, cancelable: true });
  document.querySelector("[name=body]").dispatchEvent(event);
}"""


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
    tab.evaluate(DROP)
    tab.get_by_role("button", name="Add the image").click()
    expect(tab.locator("[data-image-problem]")).to_contain_text("Say what the image")
    tab.get_by_label("What a reader would miss").fill("A desk with a telephone.")
    tab.get_by_role("button", name="Add the image").click()

    expect(text).to_have_value(re.compile(r"!\[A desk with a telephone.\]\(/images/"))
    expect(tab.locator(".preview img")).to_have_attribute("alt", re.compile("A desk"))


def test_an_image_on_an_empty_page_makes_one_draft(tab, live_server):
    tab.goto(f"{live_server.url}/guides/new/")
    tab.evaluate(DROP)
    tab.get_by_label("What a reader would miss").fill("A desk with a telephone.")
    tab.get_by_role("button", name="Add the image").dblclick()

    text = tab.get_by_label("The text", exact=True)
    expect(text).to_have_value(re.compile(r"!\[A desk with a telephone.\]\(/images/"))
    expect(state(tab)).to_have_text(re.compile("Saved at"))
    assert Guide.objects.get().images.count() == 1
