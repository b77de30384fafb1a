"""The public page of a person."""

import pytest

from accounts.backends import PersonBackend
from accounts.experience import Experience
from accounts.models import User
from tests.factories import make_draft, make_guide, make_user, publish
from tests.pages import visit


@pytest.fixture
def veteran(veteran):
    """Has done something, and says so."""
    veteran.experiences.create(role="delivery manager", from_year=2009, to_year=2021)
    return veteran


def publish_by(person, **given):
    guide = publish()
    make_draft(guide, created_by=person, **given).publish(by=None, change_note="New.")
    return guide


def test_a_profile_shows_what_somebody_did_and_published(reader, veteran):
    guide = publish_by(veteran, title="Money, plainly")

    page = visit(reader, "/people/sample-veteran/")

    words = page.main.get_text(" ", strip=True)
    assert page.h1.get_text() == "Sample Veteran"
    assert "delivery manager, 2009–2021" in words
    assert f"Member since {veteran.date_joined:%B %Y}" in words
    assert page.find("a", string="Money, plainly")["href"] == guide.get_absolute_url()
    assert page.find("meta", {"name": "robots"}) is None


def test_what_is_private_stays_so(reader, veteran):
    draft = make_draft(make_guide(owner=veteran), created_by=veteran, title="Secret")
    signed = publish_by(veteran, title="By us", byline="Handover editors")

    text = reader.get(veteran.get_absolute_url()).content.decode()

    for private in veteran.email, draft.title, signed.slug:
        assert private not in text


def test_who_has_published_nothing_is_not_for_search_engines(reader, newcomer):
    page = visit(reader, newcomer.get_absolute_url())

    assert "Nothing published yet" in page.main.get_text()
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"


def test_a_profile_is_found_whatever_the_case_of_its_address(reader, newcomer):
    answer = reader.get("/people/Sample-Newcomer/")

    assert (answer.status_code, answer.url) == (301, "/people/sample-newcomer/")


def test_who_is_shut_out_or_gone_has_no_page(reader, newcomer):
    newcomer.is_active = False
    newcomer.save()

    for handle in "sample-newcomer", "nobody", "-_-", "x" * 200:
        assert reader.get(f"/people/{handle}/").status_code == 404


def test_who_waits_for_a_curator_is_shown(reader, newcomer):
    newcomer.is_held = True
    newcomer.save()

    visit(reader, newcomer.get_absolute_url())


@pytest.mark.parametrize("number", [1, 30])
def test_a_profile_costs_few_queries_and_no_cookie(
    reader, veteran, number, django_assert_max_num_queries
):
    for _ in range(number):
        publish_by(veteran)

    with django_assert_max_num_queries(3):
        answer = reader.get(veteran.get_absolute_url())
    assert not answer.cookies
    assert answer.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, "tester"),
        ({"kind_of_body": "local"}, "tester, local government"),
        ({"kind_of_body": "other"}, "tester"),
        ({"from_year": 2019}, "tester, 2019 to now"),
        ({"from_year": 2019, "to_year": 2019}, "tester, 2019"),
        (
            {"kind_of_body": "health", "from_year": 2009, "to_year": 2021},
            "tester, NHS and health, 2009–2021",
        ),
    ],
)
def test_a_line_reads_like_a_sentence(newcomer, given, line):
    newcomer.experiences.create(role="tester", **given)

    assert line_of(newcomer) == line


def line_of(person):
    """As it is found for anybody, and for whoever is signed in."""
    line = User.objects.get(pk=person.pk).experience_line
    assert PersonBackend().get_user(person.pk).experience_line == line
    return line


def test_the_chosen_line_shows_or_else_the_newest(newcomer):
    assert line_of(newcomer) == ""
    old = newcomer.experiences.create(role="clerk", from_year=1999, to_year=2004)
    newcomer.experiences.create(role="manager", from_year=2004, to_year=2010)
    assert line_of(newcomer).startswith("manager")
    newcomer.experiences.create(role="adviser", from_year=2010)
    assert line_of(newcomer).startswith("adviser")

    old.is_main = True
    old.keep()
    assert line_of(newcomer).startswith("clerk")


def test_a_line_from_a_form_is_kept_as_it_was_typed(newcomer):
    Experience.from_line(newcomer, "  developer at a   justice agency ")
    assert Experience.from_line(newcomer, "  ") is None

    assert newcomer.experience_line == "developer at a justice agency"


def test_two_people_have_a_main_line_each(newcomer):
    for person in newcomer, make_user():
        Experience(person=person, role="tester", is_main=True).keep()

    assert Experience.objects.filter(is_main=True).count() == 2
