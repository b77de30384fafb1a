"""Registers ask the database as little with thousands of rows as with ten."""

import pytest

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


@pytest.mark.parametrize("number", [60, 3000])
def test_a_page_of_a_register_costs_the_same_however_much_there_is(
    reader, number, django_assert_max_num_queries
):
    fill(number)

    for address in SIX:
        with django_assert_max_num_queries(6):
            assert reader.get(address).status_code == 200, address
