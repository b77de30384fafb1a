"""The registers that come with the site are sound."""

from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from guides.models.glossary import current_glossary
from landscape.models import FormerName, Organisation, Policy, Succession, Term
from landscape.models.dates import earliest, is_before

CONTENT = settings.BASE_DIR / "content"
FILES = ["jurisdictions", "organisations", "policies", "terms"]


def rows_of(name: str) -> list[dict]:
    return yaml.safe_load((CONTENT / f"{name}.yaml").read_text())


@pytest.fixture
def _loaded():
    call_command("seed", verbosity=0)


@pytest.mark.parametrize("name", FILES)
def test_no_two_rows_have_one_address(name):
    slugs = [row["slug"] for row in rows_of(name)]

    assert len(slugs) == len(set(slugs))


@pytest.mark.usefixtures("_loaded")
def test_the_registers_are_large_enough_to_lean_on():
    assert Policy.objects.count() >= 60
    assert Organisation.objects.count() >= 60
    assert Term.objects.count() >= 170
    assert Policy.objects.count() == len(rows_of("policies"))
    assert Term.objects.count() == len(rows_of("terms"))


def test_every_row_that_another_one_names_is_there():
    slugs = {name: {row["slug"] for row in rows_of(name)} for name in FILES}
    wanted = [
        *(("organisations", o.get("parent")) for o in rows_of("organisations")),
        *(
            ("organisations", step["from"])
            for o in rows_of("organisations")
            for step in o.get("successions", ())
        ),
        *(("organisations", p.get("owner")) for p in rows_of("policies")),
        *(
            ("policies", step["policy"])
            for p in rows_of("policies")
            for step in p.get("relations", ())
        ),
        *(("terms", t.get("replaced_by")) for t in rows_of("terms")),
        *(("policies", t.get("policy")) for t in rows_of("terms")),
        *(("organisations", t.get("organisation")) for t in rows_of("terms")),
    ]

    missing = [
        (name, slug) for name, slug in wanted if slug and slug not in slugs[name]
    ]
    assert not missing


@pytest.mark.usefixtures("_loaded")
def test_a_body_that_is_no_more_leads_on_unless_it_closed():
    lost = [
        body.slug
        for body in Organisation.objects.exclude(status__in=["active", "closed"])
        if not body.successions.exclude(kind="took-over").exists()
    ]

    assert not lost


@pytest.mark.usefixtures("_loaded")
def test_nothing_comes_after_itself():
    steps = {
        "bodies": Succession.objects.values_list("old", "new"),
        "policies": Policy.objects.filter(relations__kind="replaces").values_list(
            "relations__other", "pk"
        ),
        "terms": Term.objects.exclude(replaced_by=None).values_list(
            "pk", "replaced_by"
        ),
    }

    assert {name: ring_in(pairs) for name, pairs in steps.items()} == {
        "bodies": set(),
        "policies": set(),
        "terms": set(),
    }


def ring_in(pairs) -> set[int]:
    """What is left when everything that leads nowhere is taken away."""
    left = set(pairs)
    while ends := {new for _, new in left} - {old for old, _ in left}:
        left = {(old, new) for old, new in left if new not in ends}
    return {old for old, _ in left}


def test_a_ring_is_found():
    assert ring_in([(1, 2), (2, 3), (3, 2)]) >= {2, 3}
    assert ring_in([(1, 2), (2, 3)]) == set()


@pytest.mark.usefixtures("_loaded")
def test_dates_follow_one_another():
    spans = [
        *Organisation.objects.values_list("opened", "closed"),
        *FormerName.objects.values_list("since", "until"),
        *Policy.objects.values_list("issued", "in_force_from"),
        *Policy.objects.values_list("in_force_from", "ended"),
        *Term.objects.values_list("since", "until"),
    ]

    assert [earliest(day) for span in spans for day in span if day]
    assert not [s for s in spans if all(s) and is_before(s[1], s[0])]


@pytest.mark.usefixtures("_loaded")
def test_every_address_is_one_that_a_browser_opens():
    addresses = [
        *Policy.objects.values_list("address", flat=True),
        *Organisation.objects.exclude(address="").values_list("address", flat=True),
        *(one for term in Term.objects.all() for one in term.sources),
    ]

    odd = [a for a in addresses if not is_address(a)]
    assert not odd


def is_address(address: str) -> bool:
    parts = urlsplit(address)
    is_whole = parts.scheme == "https" and "." in parts.netloc
    return is_whole and parts.port is None and not set(address) & set(' <>"')


def test_an_odd_address_is_found():
    assert not is_address("http://www.gov.uk/")
    assert not is_address("https://gov/")
    assert not is_address("https://www.gov.uk/a b")


@pytest.mark.parametrize("name", ["organisations", "policies", "terms"])
def test_what_holds_in_all_parts_of_a_place_names_that_place(name):
    parts: dict[str, set[str]] = {}
    for place in rows_of("jurisdictions"):
        parts.setdefault(place.get("parent", ""), set()).add(place["slug"])
    whole = [found for around, found in parts.items() if around]

    long_winded = [
        row["slug"]
        for row in rows_of(name)
        if any(found <= set(row.get("jurisdictions", ())) for found in whole)
    ]
    assert len(whole) == 2
    assert not long_winded


@pytest.mark.usefixtures("_loaded")
def test_what_holds_in_england_and_wales_is_found_in_each(reader):
    names = "Police Vetting Code", "Public Services (Social Value)", "Procurement Act"

    for place in "england", "wales", "england-and-wales":
        for name in names:
            found = reader.get("/policies.json", {"place": place, "q": name}).json()
            assert found["count"], (place, name)


@pytest.mark.usefixtures("_loaded")
def test_a_guide_about_england_is_near_the_words_of_england_and_wales():
    near = current_glossary().distances(["england"])

    assert near["england"] < near["england-and-wales"] < near["uk"]


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize("model", [Policy, Organisation, Term])
def test_a_row_that_is_not_verified_says_what_is_not(model):
    doubted = model.objects.filter(needs_check=True)

    assert doubted
    assert not doubted.filter(check_note="")
    assert not model.objects.filter(checked_on=None)
