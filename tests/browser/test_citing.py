"""A writer finds a policy beside the text and puts it in, without leaving the page."""

from playwright.sync_api import expect

from tests.browser.editor import body_of, edit, state
from tests.factories import make_draft, make_guide
from tests.guides.landscape import make_policy


def test_a_citation_is_put_in_at_the_cursor(tab, live_server, veteran):
    make_policy(slug="service-standard", title="Service Standard")
    draft = make_draft(make_guide(owner=veteran), created_by=veteran, body="By .")
    tab.goto(edit(live_server, draft))
    text = tab.get_by_label("The text", exact=True)
    text.focus()
    tab.keyboard.press("Control+End")
    tab.keyboard.press("ArrowLeft")

    tab.get_by_text("Cite a policy, a public body or a term").click()
    tab.get_by_label("Find it by a part of its name").fill("standard")
    tab.get_by_role("button", name="Put it into the text Service Standard").click()

    expect(text).to_have_value("By [[policy:service-standard]].")
    expect(tab.locator(".preview a")).to_have_text("Service Standard")
    expect(state(tab)).to_contain_text("Saved at")
    assert body_of(draft) == "By [[policy:service-standard]]."
