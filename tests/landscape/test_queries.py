"""Registers ask the database as little with thousands of rows as with ten."""

import pytest

from landscape.models import Organisation, Policy, Term
from tests.guides.landscape import citing
from tests.landscape.many import fill

SIX = [
    "/policies/",
    "/policies/?kind=act&status=in-force&force=law&owner=body-4&place=place-2",
    "/policies/?q=rule",
    "/policies/?page=2",
    "/policies/policy-50/",
    "/policies.json",
    "/policies/policy-50.json",
    "/organisations/",
    "/organisations/?letter=O",
    "/organisations/?q=office",
    "/organisations/body-1/",
    "/organisations/body-10/",
    "/organisations.json",
    "/organisations/body-10.json",
    "/glossary/",
    "/glossary/?q=term",
    "/glossary/?letter=T",
    "/glossary/term-50/",
    "/glossary.json",
    "/glossary/term-50.json",
    "/search/?q=BDY10",
]
CITED = [(Organisation, "body-10"), (Policy, "policy-50"), (Term, "term-50")]


@pytest.mark.parametrize("number", [60, 3000])
def test_a_page_of_a_register_costs_the_same_however_much_there_is(
    reader, number, django_assert_max_num_queries
):
    fill(number)
    for model, slug in CITED:
        row = model.objects.get(slug=slug)
        for _ in range(3 if number < 100 else 12):
            citing(row)

    for address in SIX:
        with django_assert_max_num_queries(6):
            assert reader.get(address).status_code == 200, address
