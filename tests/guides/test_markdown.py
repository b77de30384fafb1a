"""What an author types, and what readers see of it."""

import re
import signal
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.markdown import FAMILIES
from guides.markdown import clean_text, render_comment, render_guide
from guides.sanitise import sanitise
from tests.guides.hostile import HOSTILE

TAGS = {
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "blockquote",
    "pre",
    "hr",
    "div",
    "section",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "br",
    "code",
    "em",
    "s",
    "span",
    "strong",
    "sup",
}
ATTRIBUTES = {
    "id",
    "data-block",
    "href",
    "class",
    "rel",
    "aria-label",
    "aria-labelledby",
    "role",
    "tabindex",
    "start",
    "scope",
}
GUIDES = Path(__file__).parents[2] / "content" / "guides"
SECONDS = 20
PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## B",
            "### fn1",
            "comment-1",
            "main",
            "\n",
            "\n\n",
            "  ",
            "    ",
            "\t",
        ),
        *("- ", "1. ", "[ ] ", "[x] ", "> ", "|", "|-|", ": ", "```", "~~~", "---"),
        *("*", "**", "_", "~~", "`", "[", "]", "(", ")", "![", "](", "[^1]", "[^1]: "),
        *(
            "[^a]",
            "[^a]: ",
            "^[",
            "[a]: b",
            "<",
            ">",
            "&",
            "&lt;",
            "\\",
            '"',
            "'",
            "--",
        ),
        *("http://a.b", "javascript:", "mailto:a@b", "//", "<script>", "on=", "a", "é"),
        *("\x00", "\u202e", "\u0301", "✓", "...", "(c)", "--", "\t"),
    ]
)
written = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)
fuzzed = settings(
    max_examples=300, deadline=None, suppress_health_check=list(HealthCheck)
)


def soup_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_guide(source).html, "html.parser")


def comment_of(source: str) -> BeautifulSoup:
    return BeautifulSoup(render_comment(source), "html.parser")


def assert_harmless(html: str) -> None:
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= ATTRIBUTES
        address = re.sub(r"[\x00-\x20]", "", tag.get("href", "")).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", address)
        assert not scheme or scheme[1] in {"http", "https", "mailto"}


def ids_of(html: str) -> list[str]:
    return [tag["id"] for tag in BeautifulSoup(html, "html.parser").find_all(id=True)]


def keys_of(source: str) -> dict[str, str]:
    """The key of each block by its words."""
    return {
        tag.get_text().strip(): tag["data-block"]
        for tag in soup_of(source).find_all(attrs={"data-block": True})
    }


@contextmanager
def within(seconds: int):
    """Fails a test that hangs, wherever it does. Only its own work counts: other
    programs on the machine do not make it fail."""

    def too_slow(*_):
        raise TimeoutError(f"still working after {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    ("typed", "levels"),
    [
        ("# One\n\n## Two", ["h2", "h3"]),
        ("## One\n\n### Two", ["h2", "h3"]),
        ("### One\n\n#### Two", ["h2", "h3"]),
        ("## Two\n\n# One", ["h2", "h2"]),
        ("One\n===\n\nTwo\n---", ["h2", "h3"]),
        ("# 1\n\n###### 6", ["h2", "h3"]),
    ],
)
def test_headings_begin_below_the_title_whatever_the_author_starts_with(typed, levels):
    assert [tag.name for tag in soup_of(typed).find_all(re.compile("h."))] == levels


def test_the_contents_list_the_upper_two_levels():
    contents = render_guide("# What *is* it\n\n## Who?\n\n### Small print").contents
    assert contents == [
        {"id": "what-is-it", "title": "What is it", "level": 2},
        {"id": "who", "title": "Who?", "level": 3},
    ]


@pytest.mark.parametrize(
    "title",
    [
        *("Comment 12", "comment-12", "B 1a2b3c4d", "b-1a2b3c4d-2", "Fn1", "fnref1"),
        *("fnref1-1", "fn notes", "Thread 3", "By 4", "id_body", "main", "Main!"),
        *(
            "Discussion",
            "Discussion title",
            "Contents",
            "Title",
            "Trust",
            "Site search",
        ),
    ],
)
def test_no_heading_takes_an_id_of_the_page(title):
    ids = ids_of(render_guide(f"## {title}").html)
    ours = r"(comment|b|by|fn|fnref|thread)-?[0-9a-f]+(-\d+)?|fn-notes|id_.*"
    pages = {"main", "title", "contents", "trust", "along", "discussion", "site-search"}
    assert not re.fullmatch(ours, ids[0])
    assert ids[0] not in pages | {"discussion-title"}


def test_headings_with_the_same_words_get_ids_of_their_own():
    titles = ["Rules", "Rules", "Rules 2", "Rules", "***", "日本", "Main", "Main 2"]
    html = render_guide("\n\n".join(f"## {title}" for title in titles)).html
    assert len(set(ids_of(html))) == len(titles)


def test_a_wide_table_scrolls_in_a_region_with_a_name():
    soup = soup_of("|Body|*Budget*|\n|-|-:|\n|Defra|5|")
    region = soup.find("div", class_="table-scroll")
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-label"] == "Table: Body, Budget"
    assert [head["scope"] for head in region.table.find_all("th")] == ["col", "col"]


def test_a_column_stands_on_the_side_the_author_chose():
    soup = soup_of("|a|b|\n|-|-:|\n|1|2|")
    sides = [cell.get("class") for cell in soup.find_all(["th", "td"])]
    assert sides == [None, ["cell--right"]] * 2


def test_a_footnote_is_numbered_and_named_and_leads_back():
    soup = soup_of("Said once[^law].\n\n[^law]: The Act.")
    call, note = soup.find("a", id="fnref1"), soup.find("li", id="fn1")
    assert (call.text, call["href"], call["aria-label"]) == ("1", "#fn1", "Note 1")
    assert soup.section["aria-labelledby"] == soup.h2["id"] == "fn-notes"
    assert "The Act." in note.text
    assert note.a["href"] == "#fnref1"
    assert note.a["aria-label"] == "Back to the text at note 1"


def test_a_footnote_that_is_called_twice_leads_back_to_both_places():
    soup = soup_of("Once[^a], twice[^a].\n\n[^a]: The Act.")
    assert [call["id"] for call in soup.select("sup a")] == ["fnref1", "fnref1-1"]
    backs = soup.select("li a")
    assert [back["href"] for back in backs] == ["#fnref1", "#fnref1-1"]
    assert len({back["aria-label"] for back in backs}) == 2


def test_a_footnote_written_inside_a_sentence_stays_as_typed():
    assert "^[a note]" in soup_of("Text^[a note] goes on.").text


def test_terms_and_their_meanings_make_a_list():
    soup = soup_of("SRO\n: Senior responsible owner")
    assert soup.dl.dt.text == "SRO"
    assert soup.dl.dd.text.strip() == "Senior responsible owner"


def test_boxes_say_in_words_what_is_done():
    soup = soup_of("- [ ] Get a pass\n- [x] Find a desk\n- Plain")
    tasks = soup.select("ul.tasks > li")
    assert [task.get("class") for task in tasks] == [
        *(["task"], ["task", "task--done"], None)
    ]
    assert [task.text for task in tasks] == [
        *("Get a pass", "Done: Find a desk", "Plain")
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://gov.uk",
        "http://gov.uk/a?b=c",
        "//gov.uk",
        "http:gov.uk",
        "HTTP:/gov.uk",
    ],
)
def test_a_link_to_elsewhere_is_marked(address):
    link = soup_of(f"[a]({address})").a
    assert (link["class"], link["rel"]) == (["outside"], ["noopener"])


@pytest.mark.parametrize("address", ["/guides/", "#who", "mailto:a@example.org", "b"])
def test_a_link_to_the_same_site_is_not_marked(address):
    link = soup_of(f"[a]({address})").a
    assert link["href"] == address
    assert not {"class", "rel"} & set(link.attrs)


def test_a_picture_becomes_a_link_with_its_description():
    soup = soup_of("![A **busy** “desk”](https://example.org/desk.png)")
    assert soup.img is None
    assert soup.a["href"] == "https://example.org/desk.png"
    assert soup.a["class"] == ["outside"]
    assert soup.a.text == "A busy “desk”"


def test_a_picture_inside_a_link_gives_the_link_its_words():
    links = soup_of("[![A desk](/desk.png)](https://example.org)").find_all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("A desk", "https://example.org")
    ]


@pytest.mark.parametrize(
    ("typed", "addresses"),
    [
        ("See https://gov.uk/a.", ["https://gov.uk/a"]),
        ("See gov.uk or www.gov.uk today.", []),
        ("Write to a@example.org.", []),
        ("A path //example.org/x is no address.", []),
        ("`https://gov.uk`", []),
        ("<https://gov.uk>", ["https://gov.uk"]),
    ],
)
def test_only_bare_addresses_with_a_scheme_become_links(typed, addresses):
    assert [link["href"] for link in soup_of(typed).find_all("a")] == addresses


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('She said "yes".', "She said “yes”."),
        ("The 'right' one isn't.", "The ‘right’ one isn’t."),
        ("Ministers' offices", "Ministers’ offices"),
        ("one -- two...", "one – two…"),
        ("Article 6(1)(c) and (r)", "Article 6(1)(c) and (r)"),
        ('`"a" -- b`', '"a" -- b'),
        ("~~old~~ new", "old new"),
    ],
)
def test_what_is_typed_on_a_keyboard_is_set_as_a_printer_would(typed, shown):
    assert soup_of(typed).p.text == shown


def test_struck_words_are_struck():
    assert soup_of("~~old~~ new").s.text == "old"


def test_the_plain_words_leave_out_the_marks():
    text = render_guide(
        "## A *b*\n\nSee [c](d) ![e](f).\n\n```\ng\n```\n\n- [x] h"
    ).text
    assert text == "A b\nSee c e.\ng\nh"


def test_a_comment_has_no_headings_and_no_footnotes():
    soup = comment_of("# One\n\nTwo\n===\n\nThree[^1]\n\n[^1]: four")
    assert not soup.find_all(re.compile("h[1-6]|section|sup"))
    assert "four" in soup.text


@pytest.mark.parametrize(
    "typed", ["[a](http://b.c)", "![a](http://b.c)", "http://b.c", "<http://b.c>"]
)
def test_links_in_a_comment_give_nobody_a_rank(typed):
    assert comment_of(typed).a["rel"] == ["nofollow", "ugc", "noopener"]


BLOCKS = [
    *("## Heading", "Paragraph.", "- item", "1. number", "> quote", "Term\n: meaning"),
    *("|a|\n|-|\n|cell|", "```\nfenced\n```", "    indented"),
]


def test_each_block_has_a_key():
    html = render_guide("\n\n".join(BLOCKS)).html
    assert len(re.findall('data-block="[0-9a-f]{8}"', html)) == len(BLOCKS)


@pytest.mark.parametrize("place", range(len(BLOCKS)))
def test_a_block_keeps_its_key_when_others_change(place):
    kept = BLOCKS[place]
    [(words, key)] = keys_of(kept).items()
    for others in (
        BLOCKS[:place],
        BLOCKS[place + 1 :],
        ["New one."],
        ["> Quoted", "A"],
    ):
        between = ["***", kept, "***"]
        assert keys_of("\n\n".join([*others, *between]))[words] == key
        assert keys_of("\n\n".join([*between, *others]))[words] == key


def test_blocks_with_the_same_words_get_keys_of_their_own():
    html = render_guide("Same.\n\nSame.\n\n## Other\n\nSame.").html
    keys = re.findall('data-block="([^"]+)"', html)
    assert len(keys) == len(set(keys)) == 4


def test_hostile_text_does_no_harm():
    assert len(set(HOSTILE)) >= 150
    for typed in HOSTILE:
        for html in (render_guide(typed).html, render_comment(typed)):
            assert_harmless(html)
            assert sanitise(html) == html


@fuzzed
@given(written)
def test_nothing_that_is_written_breaks_a_guide(source):
    rendered = render_guide(source)
    ids = ids_of(rendered.html)
    assert_harmless(rendered.html)
    assert len(ids) == len(set(ids))
    assert {entry["id"] for entry in rendered.contents} <= set(ids)
    assert sanitise(rendered.html) == rendered.html


@fuzzed
@given(written)
def test_nothing_that_is_written_breaks_a_comment(source):
    html = render_comment(source)
    assert_harmless(html)
    assert sanitise(html) == html
    assert not {"id", "data-block"} & set(re.findall(r" ([a-z-]+)=\"", html))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("a\ud800b", "ab"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb", "a\tb"),
        ("cafe\u0301", "café"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("Llŷn", "Llŷn"),
        ("a" + "\u0316" * 90, "a" + "\u0316" * 30),
    ],
)
def test_text_loses_only_what_nobody_can_see(typed, kept):
    assert clean_text(typed) == kept


@fuzzed
@given(written)
def test_clean_text_is_clean_for_good(source):
    assert clean_text(clean_text(source)) == clean_text(source)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\"a' " * 300, "\"a' " * 300),
        ("http://a.b " * 501, "http://a.b " * 501),
        (f"[^{'a' * 101}]\n\n[^{'a' * 101}]: b", f"[^{'a' * 101}]"),
    ],
)
def test_what_nobody_writes_stays_as_typed_for_it_would_take_too_long(typed, kept):
    soup = soup_of(typed)
    assert soup.text.strip() == kept.strip()
    assert soup.a is None


@pytest.mark.parametrize("family", FAMILIES)
def test_no_text_keeps_the_site_busy(family):
    source = FAMILIES[family](200_000)
    with within(SECONDS):
        render_guide(source)


@pytest.mark.parametrize(
    "path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem
)
def test_every_way_through_a_starter_guide_leads_somewhere(path):
    soup = soup_of(path.read_text().split("---", 2)[-1])
    ids = {tag["id"] for tag in soup.find_all(id=True)}
    for link in soup.find_all("a", href=re.compile("^#")):
        assert urlsplit(link["href"]).fragment in ids
