"""Every address of the admin as everybody: only those who look after it get in."""

import re

import pytest

from tests.hub.admin_rules import admin_cells, has_right, verb_forms
from tests.hub.matrix import Matrix, every_route, is_of_admin, visitor_as
from tests.hub.places import make_people, make_places
from tests.hub.rules import LET_IN, ROLES

# Without a name, and yet asked for: old addresses, rows on the site, and nothing.
NAMELESS = (
    r"admin/(\w+/\w+/<path:object_id>/"
    r"|r/<int:content_type_id>/<path:object_id>/|\(\?P<url>\.\*\)\$)"
)
pytestmark = pytest.mark.usefixtures("quickly")
AT_LEAST = 4_350  # cells; fewer mean that something is asked no more


def test_only_those_who_look_after_a_thing_get_at_it():
    people = make_people()
    make_places(people)
    matrix = Matrix()

    for role in ROLES:
        visitor = visitor_as(role, people)
        for name, address, expected, nothing in admin_cells(role):
            matrix.check(visitor, name, address, "as it is", expected, nothing)

    print(f"\n{sum(matrix.cells.values())} cells: {dict(matrix.cells)}")
    assert not matrix.wrong, "\n".join(matrix.wrong)
    assert sum(matrix.cells.values()) >= AT_LEAST


def test_a_verb_is_done_by_those_who_may_and_by_nobody_else():
    people = make_people()
    make_places(people)
    wrong, tried = [], 0

    for role in ROLES:
        visitor = visitor_as(role, people)
        for label, address, sent in verb_forms():
            answer = visitor.ask("POST", address, sent)
            is_right = has_right(role, "change", label)
            tried += 1
            if is_right != (answer.outcome in LET_IN and bool(answer.written)):
                wrong.append(f"{role}: {label} {sent['action']}: {answer.outcome}")
    assert not wrong, wrong
    assert tried >= 25 * len(ROLES)


def test_every_page_of_the_admin_is_asked_for():
    make_places(make_people())

    assert unasked_in_admin() == set()


@pytest.mark.urls("tests.hub.unguarded_urls")
def test_a_new_page_of_the_admin_is_found_out():
    make_places(make_people())

    assert unasked_in_admin() == {"admin:peek", "admin/nameless/"}


def unasked_in_admin() -> set[str]:
    """The pages of the admin for which the matrix does not ask."""
    asked = {name.partition(" ")[0].rstrip(":") for name, *_ in admin_cells("viewer")}
    names = {name for name in every_route() if is_of_admin(name)}
    return {n for n in names - asked if not re.fullmatch(NAMELESS, n)}
