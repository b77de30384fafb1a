"""“Why is it like this?” blocks in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from guides.markdown import faults_in
from tests.browser.editor import edit
from tests.browser.test_access import OPTIONS
from tests.factories import make_guide, publish
from tests.guides.landscape import make_policy
from tests.guides.whys import TITLE, block


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("browser_context_args", [{"bypass_csp": True}])
def test_everybody_can_read_a_block_and_the_list_of_all(page, live_server, scheme):
    make_policy(slug="public-money", title="Public Money")
    publish(make_guide(slug="spending"), body=f"## Money\n\n{block()}")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 800})

    for address in "/guides/spending/", "/why/":
        page.goto(live_server.url + address)
        found = Axe().run(page, options=OPTIONS)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name=TITLE).click()

    aside = page.get_by_role("complementary", name=TITLE)
    expect(aside).to_be_in_viewport()
    expect(aside.get_by_role("heading", name=TITLE, level=3)).to_be_visible()


def test_a_button_puts_a_block_into_the_text(tab, live_server, draft):
    make_policy(slug="slug")
    tab.goto(edit(live_server, draft))
    text = tab.get_by_label("The text", exact=True)
    text.fill("## Money\n")

    tab.get_by_role("toolbar").get_by_role("button", name="Why").click()

    assert "::: why A short title\n" in text.input_value()
    said = [fault.message for fault in faults_in(text.input_value())]
    # All that is missing is what only the writer knows.
    assert [words.partition(" ")[0] for words in said] == [
        *("Nothing", "Say", "Say", "Nothing")
    ]
