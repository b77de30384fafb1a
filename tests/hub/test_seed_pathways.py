"""Loading pathways from YAML."""

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from guides.models import Guide, Pathway, Step
from tests.factories import make_guide, publish
from tests.guides.landscape import make_policy

STEP = "task: Ask, minutes: 5, why: Because., done_when: you know."
PATHWAY = """
- slug: first-days
  title: First days
  summary: In order.
  audience: newcomers
  done_when: you are in.
  tiers: [nhs]
  steps:
  - {when: before, guide: money, why: Because., done_when: you know.}
  - {when: in one go, guide: money, part: The end, minutes: 2, why: B., done_when: c.}
  - {when: week 2, policy: standard, professions: [data], STEP}
"""


@pytest.fixture
def folder(tmp_path):
    """A small folder with one pathway; a test breaks one thing in it."""
    for name in ["guides", "pages"]:
        (tmp_path / name).mkdir()
    for name in ["jurisdictions", "organisations", "policies", "terms", "topics"]:
        (tmp_path / f"{name}.yaml").write_text("[]")
    (tmp_path / "pathways.yaml").write_text(PATHWAY.replace("STEP", STEP))
    publish(make_guide(slug="money"))
    make_policy(slug="standard")
    return tmp_path


def seed(folder):
    call_command("seed", content=folder, verbosity=0)


def test_a_pathway_is_loaded_with_its_steps_in_order(folder):
    seed(folder)

    pathway = Pathway.objects.get()
    steps = list(pathway.steps.values_list("box", "number", "guide__slug", "title"))
    assert steps == [
        ("before", 0, "money", ""),
        ("sitting", 0, "money", ""),
        ("week", 2, None, "Ask"),
    ]
    assert pathway.steps.last().policy.slug == "standard"
    assert (pathway.tiers, pathway.order) == (["nhs"], 1)


def test_a_second_run_adds_nothing_and_keeps_what_curators_changed(folder):
    seed(folder)
    Step.objects.filter(title="Ask").update(title="Ask early")
    Step.objects.filter(part="The end").delete()

    seed(folder)

    assert [*Step.objects.values_list("title", flat=True)] == ["", "Ask early"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("money", "mony", "row 1, field steps, row 1, field guide: there is no “mony”"),
        ("standard", "none", "steps, row 3, field policy: there is no “none”"),
        ("week 2", "soon", "row 1, field steps, row 3, field when: must be “before”"),
        ("week 2", "day 61", "row 1, field steps, row 3, field when: "),
        ("minutes: 5", "hours: 1", "row 3, field hours: there is no such field"),
        ("minutes: 5", "minutes: ages", "row 1, field steps, row 3, field minutes: "),
        ("task: Ask, ", "", "row 1, field steps, row 3: Name a guide or a task"),
        (
            "why: Because., done_when: you know.}",
            "done_when: c.}",
            "row 1, field why: ",
        ),
        ("professions: [data]", "professions: [astronaut]", "row 3, field professions"),
        ("professions: [data]", "professions: data", "row 3, field professions"),
        ("audience: newcomers", "audience: all", "row 1, field audience: "),
        ("tiers: [nhs]", "tiers: nhs", "row 1, field tiers: must be a list"),
        ("title: First days", "colour: red", "row 1, field colour: there is no such"),
        (
            "- {when: before",
            "- 5\n  - {when: before",
            "row 1: must be a list of fields",
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_loaded(folder, old, new, problem):
    file = folder / "pathways.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))

    with pytest.raises(CommandError) as error:
        seed(folder)

    assert f"pathways.yaml, {'row 1, field ' if problem[:3] == 'ste' else ''}" in str(
        error.value
    )
    assert problem in str(error.value)
    assert not Pathway.objects.exists()


def test_a_pathway_without_steps_and_one_that_stands_twice_are_named(folder):
    rows = yaml.safe_load((folder / "pathways.yaml").read_text())
    rows += [rows[0], rows[0] | {"slug": "empty", "steps": []}]
    (folder / "pathways.yaml").write_text(yaml.safe_dump(rows))

    with pytest.raises(CommandError) as error:
        seed(folder)

    assert "row 2, field slug: “first-days” stands above already." in str(error.value)
    assert "row 3, field steps: must be a list of steps." in str(error.value)


def test_a_guide_that_readers_cannot_see_is_refused(folder):
    Guide.objects.update(slug="other")
    make_guide(slug="money")

    with pytest.raises(CommandError, match="Readers cannot see this guide yet"):
        seed(folder)


def test_every_guide_and_policy_of_the_starter_pathways_is_in_content():
    content = settings.BASE_DIR / "content"
    rows = yaml.safe_load((content / "pathways.yaml").read_text())
    steps = [step for row in rows for step in row["steps"]]
    policies = yaml.safe_load((content / "policies.yaml").read_text())

    guides = {step["guide"] for step in steps if "guide" in step}
    assert guides <= {path.stem for path in (content / "guides").glob("*.md")}
    assert {step["policy"] for step in steps if "policy" in step} <= {
        row["slug"] for row in policies
    }
