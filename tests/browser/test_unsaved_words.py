"""Whatever happens while somebody writes, no word is lost, and none said to be saved
that is not."""

import re

from django.conf import settings
from playwright.sync_api import expect

from tests.browser.editor import body_of, edit, state, type_offline
from tests.browser.people import sign_in
from tests.factories import make_topic


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
    type_offline(frail, "Written in a tunnel.")

    again = frail.context.new_page()
    again.goto(edit(live_server, draft))
    expect(again.locator("[data-offer]")).to_contain_text("were not saved")
    again.get_by_role("button", name="Put them back").click()

    expect(again.get_by_label("The text", exact=True)).to_have_value(
        "Written in a tunnel."
    )
    expect(state(again)).to_have_text(re.compile("Saved at"))
    again.reload()
    expect(again.locator("[data-offer]")).to_be_hidden()


def test_words_put_back_meet_what_a_colleague_saved(frail, live_server, draft, curator):
    frail.goto(edit(live_server, draft))
    type_offline(frail, "Written in a tunnel.")
    draft.revise(by=curator, version=1, body="Saved by a curator.")

    again = frail.context.new_page()
    again.goto(edit(live_server, draft))
    again.get_by_role("button", name="Put them back").click()
    expect(state(again)).to_contain_text("somebody else has saved")
    again.get_by_role("button", name="Save draft").click()

    theirs = again.get_by_label("The text that was saved")
    expect(theirs).to_have_value("Saved by a curator.")
    assert body_of(draft) == "Saved by a curator."


def test_words_that_were_handed_in_are_not_offered_again(
    tab, live_server, draft, curator
):
    tab.goto(edit(live_server, draft))
    tab.get_by_label("The text", exact=True).fill("Handed in at once. ")
    tab.get_by_role("button", name="Save and hand in").click()
    tab.get_by_role("button", name="Hand it in").click()
    expect(tab.locator("main")).to_contain_text("It waits for a curator")
    draft.revise(by=curator, version=2, body="Mended by a curator.")
    draft.request_changes(by=curator, reason="Say who decides.")

    tab.goto(edit(live_server, draft))

    text = tab.get_by_label("The text", exact=True)
    expect(text).to_have_value("Mended by a curator.")
    expect(tab.locator("[data-offer]")).to_be_hidden()


def test_every_field_is_kept_wherever_the_draft_has_moved(
    frail, live_server, draft, veteran
):
    make_topic(title="Buying")
    frail.goto(edit(live_server, draft))
    frail.context.set_offline(True)
    frail.get_by_label("Who this helps").fill("People who claim once.")
    frail.get_by_label("Buying").check()
    expect(state(frail)).to_contain_text("kept in this browser")
    frail.close()
    frail.context.set_offline(False)
    draft.submit(by=veteran)  # takes the address of its title
    draft.take_back(by=veteran)

    again = frail.context.new_page()
    again.goto(edit(live_server, draft))
    again.get_by_role("button", name="Put them back").click()

    expect(again.get_by_label("Buying")).to_be_checked()
    expect(again.get_by_label("Who this helps")).to_have_value("People who claim once.")
    expect(state(again)).to_have_text(re.compile("Saved at"))
    assert draft.guide.topics.count() == 2


def test_words_on_offer_wait_until_they_are_answered(frail, live_server, draft):
    frail.goto(edit(live_server, draft))
    type_offline(frail, "Written in a tunnel.")

    again = frail.context.new_page()
    again.goto(edit(live_server, draft))
    again.get_by_label("The text", exact=True).fill("Written at a desk.")
    expect(state(again)).to_have_text(re.compile("Saved at"))
    again.reload()
    expect(again.locator("[data-offer]")).to_be_visible()
    again.get_by_role("button", name="Delete them").click()
    again.reload()
    expect(again.locator("[data-offer]")).to_be_hidden()


def test_a_browser_that_keeps_nothing_is_not_said_to_keep_it(frail, live_server, draft):
    frail.add_init_script("Storage.prototype.setItem = () => { throw new Error(); }")
    frail.goto(edit(live_server, draft))
    frail.context.set_offline(True)
    frail.get_by_label("The text", exact=True).fill("Written on a train.")

    expect(state(frail)).to_contain_text("This browser keeps no copy of your words")
    expect(state(frail)).not_to_contain_text("kept in this browser")


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


def test_who_signs_in_again_in_another_tab_goes_on_in_this_one(
    frail, live_server, draft, veteran
):
    frail.goto(edit(live_server, draft))
    frail.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    frail.get_by_label("The text", exact=True).fill("Written too long.")
    expect(state(frail)).to_contain_text("come back to this one")

    frail.context.clear_cookies()
    sign_in(frail, live_server.url, veteran)
    other = frail.context.new_page()
    other.goto(edit(live_server, draft))  # sets a token of its own
    other.close()
    frail.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(state(frail)).to_have_text(re.compile("Saved at"))
    assert body_of(draft) == "Written too long."


def test_words_typed_during_a_save_are_not_taken_for_saved(frail, live_server, draft):
    held = []
    frail.add_init_script("AbortSignal.timeout = () => undefined")
    frail.goto(edit(live_server, draft))
    frail.route("**/autosave/", lambda route: held.append(route))
    text = frail.get_by_label("The text", exact=True)
    with frail.expect_request("**/autosave/"):
        text.fill("First words.")
    text.fill("First words, then more.")
    held[0].continue_()
    expect(frail.locator("[name=version]")).to_have_value("2")
    assert state(frail).text_content() == "Saving …"

    again = frail.context.new_page()
    again.goto(edit(live_server, draft))
    expect(again.get_by_label("The text", exact=True)).to_have_value("First words.")
    again.get_by_role("button", name="Put them back").click()
    expect(again.get_by_label("The text", exact=True)).to_have_value(
        "First words, then more."
    )
    for route in held[1:]:
        route.abort()


def test_a_network_that_never_answers_is_said_to_be_lost(frail, live_server, draft):
    frail.add_init_script(
        "const timeout = AbortSignal.timeout.bind(AbortSignal);"
        "AbortSignal.timeout = () => timeout(100);"
    )
    held = []
    frail.route("**/autosave/", lambda route: held.append(route))
    frail.goto(edit(live_server, draft))
    frail.get_by_label("The text", exact=True).fill("Written on a train.")

    expect(state(frail)).to_have_attribute("data-is", "lost")
    expect(state(frail)).to_contain_text("kept in this browser")
    for route in held:
        route.abort()


def test_a_long_text_of_any_letters_is_saved_while_one_leaves(tab, live_server, draft):
    tab.goto(edit(live_server, draft))
    tab.get_by_label("The text", exact=True).fill("щи " * 15_000)
    tab.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )

    expect(state(tab)).to_have_text(re.compile("Saved at"))
    assert len(body_of(draft)) > 40_000


def test_two_tabs_meet_on_a_page_with_both_texts(frail, live_server, draft):
    other = frail.context.new_page()
    for tab in frail, other:
        tab.goto(edit(live_server, draft))
    other.get_by_label("The text", exact=True).fill("From the second tab.")
    expect(state(other)).to_have_text(re.compile("Saved at"))

    frail.get_by_label("The text", exact=True).fill("From the first tab.")
    expect(state(frail)).to_contain_text("somebody else has saved")
    frail.get_by_role("button", name="Save draft").click()

    mine = frail.get_by_label("The text", exact=True)
    expect(mine).to_have_value("From the first tab.")
    theirs = frail.get_by_label("The text that was saved")
    expect(theirs).to_have_value("From the second tab.")
    mine.fill("From both tabs.")
    frail.get_by_role("button", name="Save what I put together").click()
    expect(frail.get_by_label("The text", exact=True)).to_have_value("From both tabs.")
    assert body_of(draft) == "From both tabs."
