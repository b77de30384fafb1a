"""Pages ask the database as little with a thousand guides as with ten."""

import pytest

from guides.models import Edition, Guide
from tests.factories import make_comment, make_guide, make_topic, make_user, publish


def make_many(number: int) -> Guide:
    """Many live guides that share their words; gives back one with comments."""
    topics = [make_topic() for _ in range(3)]
    guides = [make_guide(topics=topics) for _ in range(number)]
    for guide in guides[:-1]:
        edition = Edition(guide=guide, title="Spend", summary="s", body="x", number=1)
        edition.state, edition.change_note = "published", "x"
        edition.published_at = guide.created_at
        edition.save()
    for edition in Edition.objects.all():
        Guide.objects.filter(pk=edition.guide_id).update(
            live_edition=edition,
            visibility="live",
            first_published_at=edition.published_at,
        )
    guide = publish(guides[-1], title="Spend")
    people = [make_user() for _ in range(3)]
    for number in range(20):
        make_comment(guide, people[number % 3])
    return guide


@pytest.mark.parametrize("number", [10, 1000])
def test_reading_costs_the_same_however_much_there_is(
    reader, number, django_assert_max_num_queries
):
    guide = make_many(number)

    for address, budget in [
        (guide.get_absolute_url(), 4),
        ("/guides/", 6),
        ("/guides/?kind=primer&page=2" if number > 20 else "/guides/", 6),
        ("/search/?q=spend", 6),
        ("/search/?q=spand", 6),
        ("/search/?q=xylophone", 6),
        ("/", 6),
        (f"{guide.get_absolute_url()}discussion/", 3),
        (f"{guide.get_absolute_url()}history/", 3),
        (guide.topics.first().get_absolute_url(), 4),
        ("/feeds/guides/", 2),
    ]:
        with django_assert_max_num_queries(budget):
            assert reader.get(address).status_code == 200, address
