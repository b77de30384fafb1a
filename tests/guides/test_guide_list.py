"""Finding a guide by what it is and whom it is for."""

import pytest

from landscape.models import Jurisdiction
from tests.factories import make_guide, make_topic, publish
from tests.pages import visit


def titles(page) -> list[str]:
    return [link.get_text() for link in page.select(".card-row__title a")]


def test_the_newest_edition_comes_first(reader):
    publish(title="Older")
    publish(title="Newer")

    assert titles(visit(reader, "/guides/")) == ["Newer", "Older"]


def test_a_reader_narrows_the_list_and_sees_the_counts(reader):
    money = make_topic(slug="money", title="Money")
    publish(make_guide(topics=[money], kind="how-to"), title="Pay")
    publish(make_guide(kind="primer"), title="Rules")

    page = visit(reader, "/guides/?topic=money")

    assert titles(page) == ["Pay"]
    assert page.select_one(".count").get_text(strip=True) == "1 guide"
    kinds = page.find(id="facet-kind").find_next("ul").get_text(" ", strip=True)
    assert kinds == "How-to 1"


def test_a_guide_for_everyone_is_also_for_developers(reader):
    publish(make_guide(professions=["developer"]), title="Code")
    publish(make_guide(professions=["policy"]), title="Bills")
    publish(make_guide(), title="Passes")

    assert titles(visit(reader, "/guides/?profession=developer")) == ["Passes", "Code"]


def test_what_holds_in_the_uk_holds_in_scotland(reader):
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    scotland = Jurisdiction.objects.create(slug="scotland", name="Scotland", parent=uk)
    publish(make_guide(jurisdictions=[uk]), title="Whole")
    publish(make_guide(jurisdictions=[scotland]), title="North")

    assert titles(visit(reader, "/guides/?place=scotland")) == ["North", "Whole"]
    assert titles(visit(reader, "/guides/?place=uk")) == ["Whole"]


def test_a_count_tells_how_many_guides_the_filter_leaves(reader):
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    wales = Jurisdiction.objects.create(slug="wales", name="Wales", parent=uk)
    publish(make_guide(jurisdictions=[uk, wales], professions=["developer"]))
    publish(make_guide(jurisdictions=[uk]))

    for facet, value in [("place", "wales"), ("profession", "developer")]:
        page = visit(reader, "/guides/")
        link = (
            page.find(id=f"facet-{facet}")
            .find_next("ul")
            .find(href=f"/guides/?{facet}={value}")
        )
        count = int(link.find_next(class_="filters__count").get_text())
        assert count == len(titles(visit(reader, link["href"]))) == 2


def test_an_empty_list_says_what_to_do(reader, guide):
    page = visit(reader, "/guides/?kind=checklist")

    assert "Take one filter away" in page.select_one(".empty").get_text()


@pytest.mark.parametrize(
    "query", ["page=abc", "page=0", "page=99999999999999999999", "kind=x", "place=x"]
)
def test_an_address_that_makes_no_sense_is_a_worded_404(reader, guide, query):
    page = visit(reader, f"/guides/?{query}", 404)

    assert "There is no" in page.main.get_text()


def test_a_topic_lists_its_guides(reader, guide, topic):
    publish(title="Elsewhere")

    page = visit(reader, topic.get_absolute_url())

    assert titles(page) == ["Service assessments, without the fear"]
