"""Every address as everybody, in every state: nobody gets where they do not belong."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from hub import my_data
from tests.hub.matrix import Matrix, Visitor, every_route, is_of_admin, visitor_as
from tests.hub.places import make_people, make_places, secrets_from
from tests.hub.rules import ROLES, RULES

pytestmark = pytest.mark.usefixtures("quickly")
AT_LEAST = 8_200  # cells; fewer mean that something is asked no more


def test_everybody_gets_where_they_belong_and_nowhere_else():
    people = make_people()
    places = make_places(people)
    matrix = Matrix()

    for role in ROLES:
        visitor = visitor_as(role, people)
        matrix.secrets = secrets_from(role)
        for name in every_route():
            if not is_of_admin(name):
                ask(matrix, visitor, name, places)

    print(f"\n{sum(matrix.cells.values())} cells: {dict(matrix.cells)}")
    assert not matrix.wrong, "\n".join(matrix.wrong)
    assert sum(matrix.cells.values()) >= AT_LEAST


def test_words_of_drafts_are_found_through_no_side_door():
    people = make_people()
    places = make_places(people)
    guide = reverse("guides:detail", args=places["guide"][4].args)
    doors = [
        *(f"/search/?q={word}" for word in ("unseenword", "unseenwort", "quokka")),
        *("/search/?q=unseenword&kind=primer", "/guides/?kind=primer&page=1"),
        *(f"{guide}discussion/?order=newest", f"{guide}discussion/?after=0"),
        *(f"{guide}compare/?old=1&new=2", "/guides/new/?kind=map"),
        *(f"{guide}discussion/new/?about=x", "/admin/", "/admin/guides/edition/"),
        f"/admin/guides/guide/?q={places['guide'][0].args[0]}",
        "/admin/autocomplete/?app_label=hub&model_name=homeguide&field_name=guide",
    ]

    told = [
        f"{role} at {address}: {word.decode()}"
        for role in (set(ROLES) - {"curator", "superuser", "viewer", "author"})
        for visitor in [visitor_as(role, people)]
        for address in doors
        for word in secrets_from(role)
        if word in visitor.ask("GET", address).content
    ]
    copy = archive_of(people["other author"])
    told += [f"their data: {w}" for w in secrets_from("other author") if w in copy]
    assert not told, told


@pytest.mark.urls("tests.hub.unguarded_urls")
def test_a_new_address_needs_a_rule():
    with pytest.raises(AssertionError, match="who may open peek"):
        ask(Matrix(), Visitor("signed out"), "peek", {})
    assert "peek" in every_route()


@pytest.mark.urls("tests.hub.unguarded_urls")
def test_a_view_that_forgets_to_ask_is_found_out(monkeypatch):
    monkeypatch.setitem(RULES, "peek", RULES["guides:history"])
    people = make_people()
    matrix = Matrix()
    matrix.secrets = secrets_from("member")

    ask(matrix, visitor_as("member", people), "peek", make_places(people))

    wrong = "\n".join(matrix.wrong)
    assert "member: GET peek (draft): shown, not as if it were not there" in wrong
    assert "member: GET peek (draft): tells quokkadraftquokka" in wrong
    assert "member: POST peek (live): shown, not no such method" in wrong


def archive_of(person) -> bytes:
    """All that is in the copy of somebody's data, as text."""
    with ZipFile(BytesIO(my_data.archive_for(person))) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def ask(matrix: Matrix, visitor: Visitor, name: str, places) -> None:
    """Ask for every address of a route."""
    assert name in RULES, f"say in rules.py who may open {name}"
    rule = RULES[name]
    *found, absent = places[rule.about] if rule.about else [*places[""], None]
    nothing = reverse(name, args=absent.args) if absent else ""
    for place in [*found, absent] if absent else found:
        expected = rule.expected(visitor.role, place.state)
        address = reverse(name, args=place.args)
        changes = rule.changes(visitor.role, place.state)
        matrix.check(visitor, name, address, place.state, expected, nothing, changes)
