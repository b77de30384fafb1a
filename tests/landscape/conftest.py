"""A small landscape: bodies that were renamed, split and merged, and their policies."""

import pytest

from landscape.models import FormerName, Jurisdiction, Succession
from tests.guides.landscape import make_body, make_policy, make_policy_in_part


@pytest.fixture
def ccs():
    """A body that another one replaced."""
    return make_body(
        slug="ccs",
        name="Crown Commercial Service",
        abbreviation="CCS",
        status="renamed",
        closed="2026-04-01",
    )


@pytest.fixture
def gca(ccs):
    """The body that replaced it."""
    body = make_body(slug="gca", name="Government Commercial Agency", kind="team")
    Succession.objects.create(old=ccs, new=body, kind="renamed", on="2026-04-01")
    return body


@pytest.fixture
def mhclg():
    """A body that changed its name and went on."""
    body = make_body(slug="mhclg", name="Ministry of Housing", abbreviation="MHCLG")
    FormerName.objects.create(
        organisation=body,
        name="Department for Levelling Up",
        abbreviation="DLUHC",
        since="2021-09",
        until="2024-07-10",
    )
    return body


@pytest.fixture
def twice(mhclg):
    """A body that has a name again which it had before."""
    name = FormerName(
        organisation=mhclg,
        name=mhclg.name,
        abbreviation="MHCLG",
        since="2018",
        until="2021-09",
    )
    name.full_clean()
    name.save()
    return mhclg


@pytest.fixture
def places():
    """The United Kingdom, Scotland and Wales in it, by slug."""
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    scotland, wales = (
        Jurisdiction.objects.create(slug=slug, name=slug.title(), parent=uk)
        for slug in ("scotland", "wales")
    )
    return {"uk": uk, "scotland": scotland, "wales": wales}


@pytest.fixture
def in_part():
    """A policy that another one replaced for some cases only."""
    return make_policy_in_part()


@pytest.fixture
def standard(gca):
    """A policy that holds."""
    return make_policy(
        slug="service-standard",
        title="Service Standard",
        abbreviation="GSS",
        aliases=["Digital by Default Service Standard"],
        owner=gca,
        issued="2019-05",
        in_force_from="2019-07-01",
    )
