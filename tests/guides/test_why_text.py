"""“Why is it like this?” blocks: how they are written and what becomes of them."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.markdown import REPEATED
from guides.diff import compare
from guides.markdown import faults_in, render_comment, render_guide, write_out
from guides.paste import markdown_from_html
from guides.sanitise import sanitise
from guides.why import Why
from tests.guides.texts import assert_linear, fuzzed, written
from tests.guides.whys import (
    FREELY,
    ITEMS,
    NOT,
    REASON,
    REGISTER,
    RULE,
    TITLE,
    WITH,
    block,
)


def soup_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_guide(source, REGISTER).html, "html.parser")


def told(source: str) -> list[str]:
    return [str(fault) for fault in faults_in(source, REGISTER)]


def test_a_block_says_the_rule_the_reason_and_what_one_may_do_in_words():
    aside = soup_of(f"## Money\n\n{block()}").aside

    assert aside.p.get_text() == "Why is it like this?"
    assert (aside.h3.get_text(), aside.h3["id"]) == (TITLE, aside["aria-labelledby"])
    assert [dt.get_text() for dt in aside.find_all("dt")] == [
        "Reason",
        "You may freely",
        "You may with permission",
        "Not at all",
    ]
    assert [dd.get_text() for dd in aside.find_all("dd")] == [
        "Parliament grants it, and Managing Public Money binds one person.",
        "Draft the case.",
        "Start work that your team agreed in writing.",
        "Split the work. The rules forbid it.",
    ]
    assert told(block()) == []


def test_its_title_is_a_heading_that_the_contents_leave_out():
    rendered = render_guide(f"## Money\n\n### Limits\n\n{block()}\n\n## Next")

    assert [entry["title"] for entry in rendered.contents] == [
        "Money",
        "Limits",
        "Next",
    ]
    assert soup_of(f"## Money\n\n### Limits\n\n{block()}").aside.h4
    assert soup_of(block()).aside.h2


def test_a_heading_with_the_words_of_its_title_keeps_its_address():
    soup = soup_of(f"{block(title='Limits')}\n\n## Limits")

    assert soup.find_all("h2")[1]["id"] == "limits"


def test_it_is_one_block_whose_key_stays_whatever_happens_to_the_others():
    alone, among = soup_of(block()), soup_of(f"One.\n\n{block()}\n\nTwo.")

    assert alone.aside["data-block"] == among.aside["data-block"]
    assert among.aside["id"] == f"b-{among.aside['data-block']}"
    assert len(among.select("[data-block]")) == 3
    changed = soup_of(block(rule="Another rule."))
    assert changed.aside["data-block"] != alone.aside["data-block"]


def test_what_it_cites_is_cited_in_that_block():
    rendered = render_guide(f"{block()}\n\n[[org:treasury]]", REGISTER)
    keys = re.findall('data-block="([^"]+)"', rendered.html)

    assert [cites.block for cites in rendered.cited] == [keys[0], keys[0], keys[1]]
    assert rendered.whys == [Why(keys[0], TITLE, RULE, rendered.whys[0].cited)]
    assert [cites.slug for cites in rendered.whys[0].cited] == ["public-money"] * 2


def test_a_search_finds_its_words_and_not_its_marks():
    text = render_guide(block(), REGISTER).text

    assert all(words in text for words in (TITLE, RULE, "Draft the case."))
    assert ":::" not in text


def test_the_sanitiser_leaves_it_as_it_is():
    html = render_guide(block(), REGISTER).html

    assert sanitise(html) == html


def test_it_may_stand_directly_under_other_words():
    for before in ("Words", "- an item", "> quoted", "1. one\n   - two", "Term\n: it"):
        soup = soup_of(f"{before}\n{block()}\nMore.")
        assert soup.aside.parent is soup, before
        assert soup.find_all("p")[-1].get_text() == "More."


def test_items_may_have_more_than_one_paragraph():
    source = block(f"{REASON}\n\n  And so on.", "", FREELY)

    assert [p.get_text() for p in soup_of(source).select("dd p")][1] == "And so on."
    assert told(source) == []


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        (block(REASON, "- Never: Ask."), 5, "Begin each item with one of “Reason:”"),
        (block(REASON, "- Ask anybody."), 5, "Begin each item with one of"),
        (block(REASON, "-"), 5, "Begin each item with one of"),
        (block(FREELY, REASON), 5, "“Reason:” stands too late. The order is"),
        (block(REASON, NOT, WITH), 6, "“With permission:” stands too late."),
        (block(REASON, FREELY, FREELY), 6, "“Freely:” stands here twice."),
        (block(FREELY), 1, "There is no reason. Begin the list with “- Reason:”."),
        (f"::: why {TITLE}\n{RULE}\n:::", 1, "There is no reason. Add a list"),
        (block("- Reason: It is so."), 4, "Say where the reason comes from"),
        (block("- Reason: [Read](/guides/a/)."), 4, "Say where the reason comes from"),
        (block("- Reason: [[policy:no]]."), 4, "Nothing is called “policy:no”"),
        (block(REASON, "- Freely:"), 5, "Say something after “Freely:”."),
        (block(REASON, "- Not at all: No."), 5, "Cite the policy that forbids it"),
        (block(REASON, "- Not at all: [[org:treasury]]."), 5, "Cite the policy that"),
        (block(REASON, "- Not at all: [No](https://a.uk)."), 5, "Cite the policy that"),
        (
            block(REASON, "- Not at all: [[policy:a]]."),
            5,
            "Nothing is called “policy:a",
        ),
        (block(title=""), 1, "Give it a title, after “::: why”."),
        (block(title="a" * 81), 1, "Shorten the title to 80 letters: it has 81."),
        (block(rule=""), 1, "Say the rule in a short paragraph, above the list."),
        (block(rule="One.\n\nTwo."), 1, "Write one paragraph that says the rule"),
        (
            block(REASON, "", "Words after."),
            1,
            "Write one paragraph that says the rule",
        ),
        (block(rule="One.\n\n## Two"), 1, "Write one paragraph that says the rule"),
        (block(f"{REASON}\n\n  ## Two"), 6, "Take the heading out of the block."),
        (f"::: why {TITLE}\n{RULE}\n\n{REASON}", 1, "This block does not end."),
        (f"::: why Outer\n{block()}", 1, "A block cannot stand in another."),
        (f"{block()}\n\n:::", 10, "There is no block here that this could end."),
        (f"> ::: why {TITLE}\n> {RULE}\n> :::", 1, "Write the block outside of lists"),
        (f"- ::: why {TITLE}\n  {RULE}\n  :::", 1, "Write the block outside of lists"),
    ],
)
def test_what_a_block_lacks_is_named_with_block_and_line(source, line, said):
    [fault, *others] = faults_in(f"Before.\n\n{source}", REGISTER)

    assert fault.line == line + 2
    assert said in fault.message
    assert str(fault).startswith(f"Line {fault.line}, ")
    assert not others


def test_a_title_of_eighty_letters_is_not_too_long():
    assert told(block(title="a" * 80)) == []


def test_an_outside_link_is_source_enough_for_a_reason():
    assert told(block("- Reason: [The law](https://www.legislation.gov.uk/).")) == []


def test_a_block_that_lacks_something_keeps_all_its_words():
    soup = soup_of(block(FREELY, "- Never: Ask.", title=""))

    assert "Never: Ask." in soup.aside.get_text()
    assert not soup.select("dl, h2, h3")
    assert "aria-labelledby" not in soup.aside.attrs
    for source in (f"::: why {TITLE}\n{RULE}", f"> ::: why {TITLE}\n> {RULE}\n> :::"):
        assert soup_of(source).aside is None
        assert f"::: why {TITLE}" in soup_of(source).get_text()


def test_code_holds_no_block():
    for source in (f"```\n{block()}\n```", re.sub("^", "    ", block(), flags=re.M)):
        assert soup_of(source).aside is None
        assert told(source) == []


def test_a_comment_has_no_block():
    assert "<aside" not in render_comment(block())


def test_it_is_taken_along_as_it_was_written():
    written_out = write_out(block(), REGISTER, "https://h.example")

    assert written_out.startswith(f"::: why {TITLE}\n{RULE}\n\n- Reason: ")
    assert "[Managing Public Money](https://h.example/policies/public-money/)" in (
        written_out
    )
    assert written_out.endswith("\n:::")


def test_a_comparison_shows_which_words_of_it_changed():
    changes = compare(block(), block(rule="A budget says how much may be paid."))

    assert [change.kind for change in changes] == ["changed", "same"]
    added = [part.text for part in changes[0].parts if part.kind == "added"]
    assert added == ["paid"]


def test_words_copied_from_elsewhere_never_begin_a_block():
    pasted = "".join(f"<p>{line}</p>" for line in block().split("\n") if line)
    source = markdown_from_html(pasted)

    assert soup_of(source).aside is None
    assert f"::: why {TITLE}" in soup_of(source).get_text()
    assert told(source) == []


plain = st.text(alphabet="abc deé“”.,-'", min_size=1, max_size=30).filter(str.strip)


@st.composite
def blocks(draw) -> str:
    """A block with all its parts."""
    words = [f"a{draw(plain)}" for _ in range(5)]
    source = " [a](https://a.b)"
    items = [
        f"- Reason: {words[2]}{source}",
        *draw(st.sampled_from([[], [f"- Freely: {words[3]}"]])),
        *draw(st.sampled_from([[], [f"- With permission: {words[4]}"]])),
    ]
    title = draw(st.sampled_from([words[0], "Limits"]))
    return block(*items, title=title, rule=words[1])


sections = st.sampled_from(["", "#### Limits\n\n", "## Limits\n\n### Limits\n\n"])


@fuzzed
@given(written, blocks(), sections, written)
def test_a_block_never_changes_what_stands_outside_of_it(before, why, head, after):
    # A paragraph in its place parts lists and quotations just as it does.
    one, other = (
        render_guide(f"{before}\n\n{each}\n\n{head}{after}") for each in (why, "Xyzzy")
    )
    asides = re.findall(r"<aside .*?</aside>\n", one.html, re.DOTALL)
    mine = [aside for aside in asides if aside not in other.html]
    paragraph = re.findall(r"<p [^>]*>Xyzzy</p>\n", other.html)
    assume(paragraph)  # else it stands in code, a note or an item

    assert len(mine) == 1
    assert one.html.replace(mine[0], "@", 1) == other.html.replace(paragraph[0], "@", 1)
    assert one.contents == other.contents


@pytest.mark.parametrize("family", [name for name in REPEATED if "why" in name])
def test_blocks_take_time_in_proportion_to_their_number(family):
    assert_linear(lambda source: render_guide(source), REPEATED[family])
    assert_linear(lambda source: faults_in(source), REPEATED[family])


def test_the_order_of_the_four_is_the_order_of_the_page():
    assert [item.split(":")[0][2:] for item in ITEMS] == [
        *("Reason", "Freely", "With permission", "Not at all")
    ]
