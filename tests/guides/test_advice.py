"""A writer is told what would help readers, and why, and is never held up by it."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given

from guides.advice import Advice, advice_on
from guides.citations import Row
from guides.markdown import clean_text
from tests.guides.advised import rules, told
from tests.guides.texts import assert_linear, fuzzed, within, written

CONTENT = Path(__file__).parents[2] / "content"
GUIDES = CONTENT / "guides"


def test_a_good_text_gets_no_advice():
    assert told("## Day one\n\nBring your pass.\n\n### Lunch\n\nAsk the team.") == []


def test_advice_says_what_to_do_and_why_and_where():
    advice = told("Bring a pass.\n\nIt is\nrobust.")

    assert advice == [
        Advice(
            "word-to-avoid",
            "Instead of “robust”, write what makes it strong.",
            "Plain words are read faster, by experts too, and leave nobody out.",
            "robust",
            4,
        )
    ]


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("A" + "a" * 65, "title-length"),
        ("Your first week.", "title-stop"),
        ("Your First Working Week", "title-case"),
        ("YOUR FIRST WEEK", "title-case"),
        ("your first week", "title-case"),
    ],
)
def test_a_title_is_short_and_in_sentence_case(title, rule):
    assert rules(title=title) == [rule]


@pytest.mark.parametrize(
    "title",
    [
        "A" * 65,
        "How the Service Standard works",
        "OFFICIAL and above",
        "GDS",
        "Who?",
        "",
    ],
)
def test_a_title_may_have_names_in_it(title):
    assert rules(title=title) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("A" * 161, ["summary-length"]),
        ("Who decides. Who pays.", ["summary-sentences"]),
        ("Who decides in the UK, e.g. Parliament, and who pays.", []),
        ("", []),
    ],
)
def test_a_summary_is_one_short_sentence(summary, expected):
    assert rules(summary=summary) == expected


def test_a_guide_says_who_is_better_off():
    assert rules(public_benefit=" ") == ["public-benefit"]


def test_a_long_text_has_headings():
    long = "Six words are in this sentence. " * 80
    assert rules(f"## One\n\n{long}") == ["sections"]
    assert rules(f"## One\n\n{long}\n\n## Two\n\n{long}") == []
    assert rules("Short.") == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A\n\n#### B", ["heading-order"]),
        ("# A\n\n## B\n\n### C\n\n## D\n\n# E", []),
        ("#### A\n\n##### B", []),
        ("## A\n\n##\n\nb", ["heading-empty"]),
        ("```\n## A\n#### B\n```", []),
    ],
)
def test_headings_are_in_order(body, expected):
    assert rules(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[Click here](/a)", ["link-text"]),
        ("See [here.](/a)", ["link-text"]),
        ("[](/a)", ["link-text"]),
        ("<https://example.org/a>", ["link-text"]),
        ("See https://example.org/a", ["link-text"]),
        ("[www.example.org](https://www.example.org)", ["link-text"]),
        ("[The code](/a) and [the code](/b)", ["link-twice"]),
        ("[The code](/a) and [the code](/a/)", []),
        ("`[here](/a)`", []),
        ("[How to ask for a pass](/a)", []),
        ("Come here and read more.", []),
    ],
)
def test_a_link_says_where_it_leads(body, expected):
    assert rules(body) == expected


def test_a_picture_is_described():
    assert rules("![](/images/a)") == ["picture"]
    assert rules("![A desk](/images/a) `![](/b)`") == []


def test_three_of_a_rule_are_told_and_the_others_counted():
    body = "\n\n".join(["Robust."] * 3 + ["[here](/a)"] + ["Robust."] * 4)

    advice = told(body)

    assert [(a.rule, a.line) for a in advice] == [
        *[("word-to-avoid", line) for line in (1, 3, 5)],
        ("word-to-avoid", None),
        ("link-text", 7),
    ]
    assert advice[3].message == "There are 4 more like this further down."
    assert "is 1 more" in told("Robust.\n\n" * 4)[-1].message


def test_what_is_about_the_whole_comes_first_then_the_order_of_the_text():
    body = "![](/a)\n\n[here](/a)\n\nRobust."
    assert rules(body, public_benefit="") == [
        *("public-benefit", "picture", "link-text", "word-to-avoid")
    ]


def starter_register():
    """What the starter guides may cite, as it comes with the site."""
    names = [
        *(("policy", "policies", "title"), ("org", "organisations", "name")),
        ("term", "terms", "short"),
    ]
    return {
        (kind, row["slug"]): Row(1, row[name])
        for kind, file, name in names
        for row in yaml.safe_load((CONTENT / f"{file}.yaml").read_text())
    }


@pytest.mark.parametrize(
    "path", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem
)
def test_a_starter_guide_gets_little_advice(path):
    _, head, body = path.read_text().split("---\n", 2)
    fields = ("title", "summary", "public_benefit")
    given = {name: yaml.safe_load(head)[name] for name in fields}

    advice = advice_on(body=body, register=starter_register(), **given)

    assert len(advice) <= 1
    assert {told.rule for told in advice} <= {"source"}


@fuzzed
@given(written, written)
def test_nothing_that_is_written_stops_the_advice(body, line):
    lines = clean_text(body).count("\n") + 1
    for advice in advice_on(title=line, summary=line, body=body, public_benefit=line):
        assert advice.message
        assert advice.reason.endswith(".")
        assert advice.line is None or 1 <= advice.line <= lines


REPEATED = [
    *(
        "word ",
        "Robust ",
        "Robust. ",
        "Robust.\n\n",
        "ABC ",
        "A",
        "A&",
        "a.",
        "1.",
        "1,",
    ),
    *("“", "“a”", "must ", "The Act ", "£1", "1% ", "a@b.c ", "a@", "07911 ", "0", "("),
    *(
        "[here](/a) ",
        "[a](b)\n\n",
        "![](a) ",
        "# a\n",
        "| a ",
        "- a\n",
        "`a` ",
        ". ",
        " ",
    ),
    *(
        "Jane Sample a@b.gov.uk ",
        "AB123456C ",
        "SRO (",
        "deliver ",
        "\n",
        "It is a. B ",
    ),
]


@pytest.mark.parametrize("said", REPEATED)
def test_twice_as_much_takes_twice_as_long(said):
    assert_linear(told, said)


@pytest.mark.parametrize("said", REPEATED)
def test_the_longest_guide_is_soon_read(said):
    with within(60):
        told(said * (200_000 // len(said)))
