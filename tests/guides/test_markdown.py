"""What an author types, and what readers see of it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from guides.markdown import render_guide
from tests.guides.texts import comment_of, ids_of, soup_of

GUIDES = Path(__file__).parents[2] / "content" / "guides"


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


@pytest.mark.parametrize(
    "path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem
)
def test_every_way_through_a_starter_guide_leads_somewhere(path):
    soup = soup_of(path.read_text().split("---", 2)[-1])
    ids = {tag["id"] for tag in soup.find_all(id=True)}
    for link in soup.find_all("a", href=re.compile("^#")):
        assert urlsplit(link["href"]).fragment in ids
