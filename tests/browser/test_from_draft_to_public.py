"""A guide goes from its author's page through the admin to its readers, and on."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Edition, Guide
from tests.browser.people import sign_in
from tests.factories import make_curator, make_draft, make_guide, make_topic, make_user


@pytest.fixture
def tabs(browser, live_server):
    """A tab of a person's own; None is a reader."""
    opened = []

    def tab_of(person):
        context = browser.new_context(base_url=live_server.url)
        opened.append(context)
        tab = context.new_page()
        if person:
            sign_in(tab, live_server.url, person)
        return tab

    yield tab_of
    for context in opened:
        context.close()


def choose(admin, guide, verb: str) -> None:
    """Open a guide's page in the admin and press one of its verbs."""
    admin.goto(f"/admin/guides/guide/{guide.pk}/change/")
    admin.get_by_role("button", name=verb).click()


def confirm(admin) -> None:
    admin.locator(".submit-row input[type=submit]").click()
    expect(admin.locator(".messagelist")).to_contain_text("1 done")


def test_a_guide_is_handed_in_changed_published_renewed_and_withdrawn(tabs):
    author, curator = make_user("Sample Veteran"), make_curator()
    guide = make_guide(owner=author, slug="spend-control", topics=[make_topic()])
    make_draft(guide, created_by=author, title="Spend control")
    writer, admin, reader = tabs(author), tabs(curator), tabs(None)

    writer.goto("/guides/spend-control/submit/")
    writer.get_by_role("button", name="Hand it in").click()

    admin.goto("/admin/")
    admin.get_by_role("link", name="Guides handed in: 1").click()
    admin.get_by_role("link", name="Spend control").click()
    admin.get_by_role("button", name="Ask for changes").click()
    admin.get_by_label("What should change").fill("Say who decides.")
    confirm(admin)

    writer.goto("/desk/")
    writer.get_by_role("link", name="Read what, and change it").click()
    expect(writer.get_by_role("note")).to_contain_text("Say who decides.")
    text = writer.get_by_label("The text", exact=True)
    text.fill("## Who decides\n\nThe board decides.")
    writer.get_by_role("button", name="Save and hand in").click()
    writer.get_by_role("button", name="Hand it in").click()
    expect(writer.locator("main")).to_contain_text("It waits for a curator")

    choose(admin, guide, "Publish the newest draft")
    confirm(admin)
    reader.goto("/guides/spend-control/")
    expect(reader.locator("article")).to_contain_text("The board decides.")

    writer.goto("/desk/")
    writer.get_by_role("link", name=re.compile("Start the next edition")).click()
    text = writer.get_by_label("The text", exact=True)
    text.fill("## Who decides\n\nThe minister decides.")
    writer.get_by_label("What changed for readers").fill("The rules of 2027.")
    writer.get_by_role("button", name="Save and hand in").click()
    writer.get_by_role("button", name="Hand it in").click()
    expect(writer.locator("main")).to_contain_text("It waits for a curator")
    choose(admin, guide, "Publish the newest draft")
    confirm(admin)

    reader.goto("/guides/spend-control/history/")
    expect(reader.locator("main")).to_contain_text("The rules of 2027.")
    reader.get_by_role("link", name="Compare edition 2 with edition 1").click()
    expect(reader.locator(".diff ins")).to_have_text("minister")

    writer.goto("/guides/spend-control/verify/")
    writer.get_by_label("I did this work myself").check()
    writer.get_by_role("button", name="It is still correct").click()
    reader.goto("/guides/spend-control/")
    expect(reader.locator(".side")).to_contain_text("by Sample Veteran")

    writer.goto("/guides/spend-control/withdraw/")
    writer.get_by_label("Why you withdraw it").fill("Spend controls have ended.")
    writer.get_by_role("button", name="Withdraw it").click()
    reader.reload()
    expect(reader.get_by_role("note")).to_contain_text("Spend controls have ended.")
    assert Guide.objects.get().visibility == "withdrawn"
    assert list(Edition.objects.values_list("state", flat=True).order_by("number")) == [
        "superseded",
        "published",
    ]
