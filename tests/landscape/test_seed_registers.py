"""Loading policies, bodies and terms from YAML."""

import pytest
from django.core.management import CommandError, call_command

from landscape.models import Organisation, Policy, PolicyRelation, Succession, Term

PLACES = "- {slug: uk, name: United Kingdom}\n"
BODIES = """
- slug: gca
  name: Government Commercial Agency
  abbreviation: GCA
  kind: executive-agency
  jurisdictions: [uk]
  successions:
  - {kind: renamed, from: ccs, on: 2026-04-01}
- slug: ccs
  name: Crown Commercial Service
  kind: executive-agency
  status: renamed
  closed: "2026-04-01"
  former_names:
  - {name: Buying Solutions, since: "2009", until: "2011"}
  - {name: Government Procurement Service, since: "2011", until: "2014"}
"""
POLICY = (
    "kind: standard, status: in-force, force: law, reach: bound, "
    "address: 'https://policy.example/', summary: What., why: Because."
)
POLICIES = f"""
- {{slug: new, title: New standard, owner: gca, {POLICY},
   relations: [{{kind: replaces, policy: old, since: "2025"}}]}}
- {{slug: old, title: Old standard, {POLICY.replace("in-force", "superseded")}}}
"""
TERMS = """
- {slug: av, short: AV, long: developed vetting, meaning: A check., kind: acronym,
   replaced_by: dv}
- {slug: dv, short: DV, long: deep vetting, meaning: A check., kind: acronym,
   aliases: [deep check], organisation: gca, policy: new}
"""


@pytest.fixture
def folder(tmp_path):
    """Small registers; a test breaks one thing in them."""
    for name in ["guides", "pages"]:
        (tmp_path / name).mkdir()
    for name in ["topics", "pathways"]:
        (tmp_path / f"{name}.yaml").write_text("[]")
    (tmp_path / "jurisdictions.yaml").write_text(PLACES)
    (tmp_path / "organisations.yaml").write_text(BODIES)
    (tmp_path / "policies.yaml").write_text(POLICIES)
    (tmp_path / "terms.yaml").write_text(TERMS)
    return tmp_path


def seed(folder):
    call_command("seed", content=folder, verbosity=0)


def test_rows_may_name_rows_that_stand_below_them(folder):
    seed(folder)

    agency = Organisation.objects.get(slug="gca")
    assert agency.origins.get().old.slug == "ccs"
    assert agency.origins.get().on == "2026-04-01"
    assert Policy.objects.get(slug="new").relations.get().other.slug == "old"
    assert Term.objects.get(slug="av").replaced_by.slug == "dv"
    assert Term.objects.get(slug="dv").organisation == agency


def test_a_second_run_leaves_rows_as_curators_have_them(folder, capsys):
    seed(folder)
    Policy.objects.filter(slug="new").update(title="Newer standard")
    Succession.objects.all().delete()
    Organisation.objects.get(slug="ccs").former_names.all().delete()

    call_command("seed", content=folder)

    assert capsys.readouterr().out.splitlines()[1:] == ["Nothing new to add."]
    assert Policy.objects.get(slug="new").title == "Newer standard"
    assert not Succession.objects.exists()


def test_a_row_that_comes_later_is_joined_to_those_that_are_there(folder):
    alone = BODIES.partition("  successions:")[0]
    (folder / "organisations.yaml").write_text(alone)
    seed(folder)

    (folder / "organisations.yaml").write_text(BODIES)
    seed(folder)

    assert Succession.objects.get().old.slug == "ccs"


def test_a_row_that_is_said_to_be_replaced_later_is_left_to_curators(folder, capsys):
    files = {name: folder / f"{name}.yaml" for name in ("organisations", "policies")}
    before = {
        "organisations": "- {slug: ccs, name: Crown Commercial Service, kind: team}",
        "policies": f"- {{slug: old, title: Old standard, {POLICY}}}",
    }
    for name, text in before.items():
        files[name].write_text(text)
    (folder / "terms.yaml").write_text("[]")
    seed(folder)
    files["organisations"].write_text(BODIES)
    files["policies"].write_text(POLICIES)
    capsys.readouterr()

    for _ in range(2):
        seed(folder)

        said = capsys.readouterr().out
        assert (
            "organisations.yaml, row 1: here Crown Commercial Service is at work, but "
            "“Government Commercial Agency” should be in its place. Have a curator use "
            "“Say what became of it” on the page of Crown Commercial Service."
        ) in said
        assert (
            "policies.yaml, row 1: here Old standard is in force, but “New standard” "
            "should be in its place. Have a curator use “Change its status”"
        ) in said
    assert Organisation.objects.filter(slug="gca").exists()
    assert Policy.objects.get(slug="old").status == "in-force"
    assert not Succession.objects.exists()
    assert not PolicyRelation.objects.exists()


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("policies", "owner: gca", "owner: gcb", "row 1, field owner: there is no"),
        (
            "policies",
            "policy: old",
            "policy: odd",
            "row 1, field relations, row 1, field policy: there is no “odd”",
        ),
        (
            "policies",
            "policy: old",
            "policy: new",
            "row 1, field relations, row 1: A policy cannot replace",
        ),
        (
            "policies",
            "status: superseded",
            "status: in-force",
            "row 1, field relations, row 1, field policy: Old standard is in force, so",
        ),
        ("policies", "reach: bound", "reach: far", "row 1, field reach: "),
        ("policies", "title: Old", "titel: Old", "row 2, field titel: there is no"),
        ("policies", "policy.example", "pol icy", "row 1, field address: "),
        (
            "policies",
            "title: New standard",
            "title: New standard, in_force_from: 2025, ended: 2024, issued: 2020",
            "row 1: A policy cannot end before",
        ),
        (
            "policies",
            "title: New",
            "needs_check: true, title: New",
            "row 1: Say what is not verified",
        ),
        (
            "policies",
            "title: New",
            "checked_on: 2026, title: New",
            "row 1, field checked_on: must be a date",
        ),
        (
            "policies",
            "title: New",
            "checked_on: 2026-02-30, title: New",
            "row 1, field checked_on: must be a date",
        ),
        (
            "policies",
            "title: New",
            "issued: 2026-02-30, title: New",
            "row 1, field issued: Write a date",
        ),
        (
            "organisations",
            "on: 2026-04-01",
            "on: 2026-04-31",
            "row 1, field successions, row 1, field on: Write a date",
        ),
        (
            "organisations",
            "name: Buying Solutions",
            "name: [Buying Solutions]",
            "row 2, field former_names, row 1, field name: must be one value",
        ),
        (
            "terms",
            "aliases: [deep check]",
            "aliases: [deep: 7]",
            "row 2, field aliases: each in it must be one value",
        ),
        (
            "terms",
            "aliases: [deep check]",
            "aliases: [NO]",
            "row 2, field aliases: each in it must be words",
        ),
        ("terms", "short: DV", "short: NO", "row 2, field short: must be words"),
        ("terms", "{slug: av", "{colour: red, 7: a, slug: av", "field 7: there is no"),
        ("policies", "slug: old", "slug: new", "row 2, field slug: “new” stands in"),
        ("policies", "replaces,", "replaces", ".yaml, line "),
        (
            "organisations",
            "from: ccs",
            "from: gca",
            "row 1, field successions, row 1: A body cannot take its own place",
        ),
        (
            "organisations",
            "from: ccs, ",
            "",
            "row 1, field successions, row 1, field from: ",
        ),
        (
            "organisations",
            "on: 2026-04-01",
            "on: last spring",
            "row 1, field successions, row 1, field on: ",
        ),
        (
            "organisations",
            'since: "2011", until: "2014"',
            'since: "2010", until: "2014"',
            "row 2, field former_names, row 2: In that time the body was called "
            "Buying Solutions, until 2011",
        ),
        (
            "organisations",
            '"2014"}',
            '"2014", colour: red}',
            "row 2, field former_names, row 2, field colour: there is no such",
        ),
        (
            "organisations",
            "  successions:\n  - {kind: renamed, from: ccs, on: 2026-04-01}",
            "  successions: ccs",
            "row 1, field successions: must be a list",
        ),
        (
            "organisations",
            'closed: "2026-04-01"',
            'closed: ""',
            "row 2, field closed: Say when it ended",
        ),
        (
            "organisations",
            'status: renamed\n  closed: "2026-04-01"',
            "status: active",
            "row 1, field successions, row 1, field from: Crown Commercial Service is "
            "at work",
        ),
        ("terms", "replaced_by: dv", "replaced_by: dw", "row 1, field replaced_by: "),
        (
            "terms",
            "aliases: [deep check]",
            "aliases: [Developed Vetting]",
            "row 2, field aliases: “Developed Vetting” is the term AV",
        ),
        (
            "terms",
            "replaced_by: dv}",
            "aliases: [Deep Vetting]}",
            "row 2, field short: “Deep Vetting” is another name of the term AV",
        ),
        (
            "terms",
            "aliases: [deep check],",
            "replaced_by: av,",
            "row 2, field replaced_by: ",
        ),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_loaded(folder, name, old, new, problem):
    file = folder / f"{name}.yaml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))

    with pytest.raises(CommandError) as error:
        seed(folder)

    assert problem in str(error.value)
    assert f"{name}.yaml" in str(error.value)
    assert not Policy.objects.exists()
    assert not Organisation.objects.exists()


def test_bodies_cannot_succeed_each_other_in_a_ring(folder):
    ring = "  successions:\n  - {kind: merged, from: gca, on: 2027}\n"
    (folder / "organisations.yaml").write_text(BODIES + ring)

    with pytest.raises(CommandError, match="row 2, field successions, row 1: Crown"):
        seed(folder)

    assert not Organisation.objects.exists()


def test_policies_cannot_replace_each_other_in_a_ring(folder):
    back = "why: Because., relations: [{kind: replaces, policy: new}]}\n"
    ring = back.join(POLICIES.rsplit("why: Because.}\n", 1))
    (folder / "policies.yaml").write_text(ring)

    with pytest.raises(CommandError, match="cannot replace each other"):
        seed(folder)
