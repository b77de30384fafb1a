"""Loading the starter content."""

import pytest
from django.core.management import CommandError, call_command

from guides.models import Guide, Topic
from hub.models import Page
from landscape.models import Organisation

GUIDE = """---
title: Spend control
summary: How to ask.
kind: how-to
topics: [money]
public_benefit: Taxpayers.
---
## First

Ask early.
"""
TOPICS = "- {slug: money, title: Money, summary: Budgets.}\n"


@pytest.fixture
def folder(tmp_path):
    """A small folder of content; a test breaks one thing in it."""
    for name in ["guides", "pages"]:
        (tmp_path / name).mkdir()
    for name in ["jurisdictions", "organisations", "policies", "terms", "pathways"]:
        (tmp_path / f"{name}.yaml").write_text("[]")
    (tmp_path / "topics.yaml").write_text(TOPICS)
    (tmp_path / "guides" / "spend-control.md").write_text(GUIDE)
    return tmp_path


def test_the_starter_content_loads_whole(capsys):
    call_command("seed")

    slugs = set(Guide.objects.live().values_list("slug", flat=True))
    assert {"how-government-fits-together", "your-first-week"} <= slugs
    assert {"service-standard-and-assessments", "handling-information"} <= slugs
    assert Topic.objects.count() == 12
    assert Page.objects.filter(slug__in=["house-rules", "privacy"]).count() == 2
    assert Organisation.objects.filter(parent__isnull=False).exists()


def test_a_second_run_doubles_nothing(capsys):
    call_command("seed")
    before = [m.objects.count() for m in (Guide, Topic, Page, Organisation)]

    call_command("seed")

    assert capsys.readouterr().out.endswith("Nothing new to add.\n")
    assert [m.objects.count() for m in (Guide, Topic, Page, Organisation)] == before


def test_what_a_curator_changed_stays(folder):
    call_command("seed", content=folder, verbosity=0)
    Topic.objects.update(title="Money and approvals")

    call_command("seed", content=folder, verbosity=0)

    assert Topic.objects.get().title == "Money and approvals"


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("topics.yaml", "- {slug: money}\n", "topics.yaml, row 1, field title: "),
        ("topics.yaml", "5\n", "topics.yaml: must be a list"),
        (
            "topics.yaml",
            "- {slug: a, title: [a, b], summary: c}\n",
            "topics.yaml, row 1, field title: must be one value",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("kind:", "stages: first-day\nkind:"),
            "guides/spend-control.md, field stages: must be a list",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("kind:", "owner: somebody\nkind:"),
            "guides/spend-control.md, field owner: cannot be set here",
        ),
        ("topics.yaml", "- money\n", "topics.yaml, row 1: must be a list of fields"),
        (
            "topics.yaml",
            "- {slug: money, title: Money, summary: Budgets., on: 1, 7: x}\n",
            "topics.yaml, row 1, field 7: there is no such field.\n"
            "topics.yaml, row 1, field on: there is no such field.",
        ),
        (
            "topics.yaml",
            "- {slug: money, title: NO, summary: Budgets.}\n",
            "topics.yaml, row 1, field title: must be words",
        ),
        (
            "topics.yaml",
            "- {slug: money, title: 1.10, summary: Budgets.}\n",
            "topics.yaml, row 1, field title: must be words",
        ),
        (
            "topics.yaml",
            "- slug: money\n  title: Money\n  title: Time\n  summary: Budgets.\n",
            "topics.yaml, line 3: this is not valid YAML",
        ),
        (
            "topics.yaml",
            "- [" + "[" * 2000,
            "topics.yaml, line 1: this is not valid YAML",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("Spend control", "yes"),
            "guides/spend-control.md, field title: must be words",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("topics:", "stages: [[first-day]]\ntopics:"),
            "guides/spend-control.md, field stages: each in it must be one value",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("kind:", "sources_read_on: 2026-02-30\nkind:"),
            "guides/spend-control.md, field sources_read_on: must be a date",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("kind:", "kind: [\nkind:"),
            "guides/spend-control.md, line 6: this is not valid YAML",
        ),
        ("topics.yaml", "- {slug: [\n", "topics.yaml, line 2: this is not valid YAML"),
        (
            "topics.yaml",
            f"{TOPICS}- {{slug: b, title: B, summary: b, colour: red}}\n",
            "topics.yaml, row 2, field colour: there is no such field",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("how-to", "poem"),
            "guides/spend-control.md, field kind: ",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("[money]", "[mony]"),
            "guides/spend-control.md, field topics: there is no “mony”",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("summary: How to ask.\n", ""),
            "guides/spend-control.md, field summary: ",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("kind:", "sources_read_on: Monday\nkind:"),
            "guides/spend-control.md, field sources_read_on: must be a date",
        ),
        (
            "guides/spend-control.md",
            GUIDE.replace("topics: [money]\n", ""),
            "guides/spend-control.md, field topics: name at least one",
        ),
        ("guides/b.md", "No fields.", "guides/b.md: must start with fields between"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_loaded(folder, name, text, problem):
    (folder / name).write_text(text)

    with pytest.raises(CommandError) as error:
        call_command("seed", content=folder)

    assert problem in str(error.value)
    assert not Topic.objects.exists()


def test_a_file_that_is_no_text_is_named(folder):
    (folder / "topics.yaml").write_bytes(b"- \xff\xfe")

    with pytest.raises(CommandError, match="topics.yaml: this is not text"):
        call_command("seed", content=folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="jurisdictions.yaml"):
        call_command("seed", content=tmp_path)


def test_every_text_is_rendered_again(folder, capsys):
    call_command("seed", content=folder, verbosity=0)
    Guide.objects.get().live_edition.__class__.objects.update(body_html="old")

    call_command("rerender")

    assert "Ask early." in Guide.objects.get().live_edition.body_html
    assert "editions: 1" in capsys.readouterr().out
