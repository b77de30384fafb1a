"""`manage.py prose_check` and `manage.py link_report`: what a guide lacks, and where it
leads."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guides.manuscripts import Known, known_in, manuscript_in
from guides.prose import problems_in, reading_ease
from tests.guides.whys import FREELY, REASON, REGISTER, TITLE, block

HEAD = "---\ntitle: Spending\nsummary: Who may spend.\n---\n\n"
SOURCE = "[The law](https://www.legislation.gov.uk/)"
KNOWN = Known(REGISTER, frozenset({"GDS", "SRO"}))
LONG = " ".join(["word"] * 26)
ROWS = {
    "jurisdictions.yaml": "[]",
    "topics.yaml": "[]",
    "organisations.yaml": "- slug: gds\n  name: Digital Service\n  abbreviation: GDS\n",
    "policies.yaml": (
        "# Rules\n- slug: act\n  title: An Act\n  address: https://law.example/act\n"
    ),
    "terms.yaml": (
        "- slug: sro\n  short: SRO\n  long: senior responsible owner\n"
        "  sources:\n    - https://words.example/sro/\n    - https://law.example/act\n"
    ),
}


@pytest.fixture
def content(tmp_path):
    """A folder of content with one guide and one page."""
    for name, text in ROWS.items():
        (tmp_path / name).write_text(text, "utf-8")
    for name in "guides", "pages":
        (tmp_path / name).mkdir()
    guide = "## Money\n\nThe SRO of GDS knows [[policy:act]].\n\nSo does\n[it](%s).\n"
    (tmp_path / "guides/a.md").write_text(HEAD + guide % "https://LAW.example/act/#1")
    (tmp_path / "pages/b.md").write_text(HEAD + "See <https://only.example/> here.\n")
    return tmp_path


def told(body: str, head: str = HEAD) -> list[str]:
    found = problems_in(manuscript_in(head + body), KNOWN)
    return [f"{problem.line}: {problem.message}" for problem in found]


def run(*given: str) -> str:
    out = StringIO()
    call_command(*given, stdout=out)
    return out.getvalue()


def test_a_good_guide_has_nothing_to_mend(content):
    body = f"## Money\n\nAsk GDS. {SOURCE} says it.\n\n{block()}"

    assert told(body) == []
    assert "Nothing to mend in 1 files." in run("prose_check", f"--content={content}")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"{LONG}.", "6: Split this sentence: it has 26 words."),
        (f"- Short.\n- {LONG}", "7: Split this sentence: it has 26 words."),
        (f"| a |\n|---|\n| {LONG} |", "8: Split this sentence: it has 26 words."),
        ("Ask the XYZ.", "6: Say what “XYZ” stands for, here where it comes first."),
        ("## Money\n\nWords.", "6: Give this section a source: link to one"),
        ("## A\n\n[Here](/guides/b/).", "6: Give this section a source: link to one"),
        ("## A\n\n[[org:treasury]].", "6: Give this section a source: link to one"),
        (
            f"## A\n\n{SOURCE}\n\n## B\n\nC.\n\n## D\n\n{SOURCE}",
            "10: Give this section",
        ),
        (
            f"## A\n\n{SOURCE}[^1]\n\n## B\n\nC.\n\n[^1]: {SOURCE}",
            "10: Give this section",
        ),
        ("By [[policy:none]].", "6: Nothing is called “policy:none” in the registers."),
        (block(FREELY), f"6: “{TITLE}”: There is no reason."),
        (f"::: why {TITLE}\nA.\n\n{REASON}", f"6: “{TITLE}”: This block does not end."),
    ],
)
def test_what_is_to_be_mended_is_named_with_its_line(body, said):
    [problem] = told(body)

    assert problem.startswith(said)


@pytest.mark.parametrize(
    "body",
    [
        " ".join(["word"] * 25) + ".",
        f"{' '.join(['word'] * 20)}:\n\n- {' '.join(['word'] * 20)}",
        f"# {LONG}",
        f"[{' '.join(['word'] * 24)}](https://a.example/{'-'.join(['word'] * 30)}) x.",
        "Ask the BAR (big audit room). BAR is there.",
        "Ask the big audit room (BAR).",
        "Ask the SRO or [[org:treasury|HMT]]. HMT knows.",
        "## A\n\n### B\n\nBy [[policy:public-money]].",
        f"## A\n\nWords.[^1]\n\n[^1]: {SOURCE}",
        f"## A\n\n- {SOURCE}",
        "`XYZ` and\n\n    XYZ",
    ],
)
def test_what_reads_well_is_left_alone(body):
    assert told(body) == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (f"---\nsummary: S\ntitle: {'a' * 66}\n---\n", "3: Shorten the title to 65"),
        (
            f"---\ntitle: T\nsummary: {'a' * 161}\n---\n",
            "3: Shorten the summary to 160",
        ),
        ("---\ntitle: T\n---\n", "1: There is no summary."),
        ("---\ntitle:\nsummary: S\n---\n", "2: There is no title."),
    ],
)
def test_a_title_or_summary_that_lists_would_cut_off_is_named(head, said):
    [problem] = told("Words.", head)

    assert problem.startswith(said)


def test_lines_are_those_of_the_file(content):
    (content / "guides/a.md").write_text(f"{HEAD}Well.\n\n{LONG}.\n")

    with pytest.raises(CommandError, match="1 to mend in 1 files"):
        run("prose_check", f"--content={content}")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("prose_check", content=content, stdout=out)
    assert f"{content}/guides/a.md:8: Split this sentence" in out.getvalue()


@pytest.mark.parametrize("text", ["Words.", "---\na: [\n---\nWords.", "---\n- a\n---"])
def test_a_file_that_is_no_guide_is_named(content, text):
    (content / "guides/a.md").write_text(text)

    with pytest.raises(CommandError, match="1 to mend in 1 files"):
        run("prose_check", f"--content={content}")


@pytest.mark.parametrize("name", ["guides/none.md", "guides"])
def test_a_file_that_cannot_be_read_is_said(content, name):
    for command in (["prose_check", f"{content}/{name}"], ["link_report"]):
        with pytest.raises(CommandError, match="The content cannot be read"):
            run(*command, f"--content={content}/nowhere")


def test_words_to_avoid_and_how_easily_it_reads_are_only_advice(content):
    (content / "guides/a.md").write_text(f"{HEAD}We leverage it.\n")

    said = run("prose_check", str(content / "guides/a.md"), f"--content={content}")

    assert "a.md:6: advice: Instead of “leverage”, write “use”." in said
    assert "advice: Flesch reading ease" in said


@pytest.mark.parametrize(
    ("body", "ease"),
    [
        ("The cat sat on the mat.", 116),  # 6 words of 6 syllables
        ("- The cat sat\n- on the mat", 119),  # two sentences
        ("# Incomprehensible\n\nThe cat sat on the mat.", 116),
        ("The cat sat on [the mat](https://incomprehensible.example/).", 116),
        ("The organisation considers alternatives.", -72),  # 4 words of 13
    ],
)
def test_reading_ease_is_flesch_s(body, ease):
    found = reading_ease(manuscript_in(HEAD + body), KNOWN)

    assert round(found) == ease


def test_a_text_without_words_has_no_ease():
    assert reading_ease(manuscript_in(HEAD + "# A"), KNOWN) is None


def test_the_report_names_every_address_with_its_row(content):
    lines = run("link_report", f"--content={content}").splitlines()

    assert lines == [
        "https://LAW.example/act/#1 guides/a.md:11 policy:act, term:sro",
        "https://law.example/act policies.yaml:4 policy:act",
        "https://law.example/act terms.yaml:6 term:sro",
        "https://only.example/ pages/b.md:6 page only",
        "https://words.example/sro/ terms.yaml:5 term:sro",
    ]


def test_the_report_is_there_for_programs(content):
    told = json.loads(run("link_report", "--json", f"--content={content}"))

    assert told[3] == {
        "address": "https://only.example/",
        "file": "pages/b.md",
        "line": 6,
        "rows": [],
    }
    assert len(told) == 5


def test_the_registers_say_what_texts_may_cite(content):
    known = known_in(content)

    assert known.forms == {"GDS", "SRO"}
    assert known.register["policy", "act"].name == "An Act"
    assert known.register["org", "gds"].name == "Digital Service"
