"""Two curators change topics at the same moment, on real transactions."""

import pytest
from django.db import transaction

from guides.models import Guide, Topic
from tests.factories import make_guide, make_topic, publish
from tests.guides.test_publish_together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5  # as not each time two meet in the worst moment


@pytest.mark.parametrize("_", range(TIMES))
def test_two_topics_merged_into_each_other_do_not_lose_their_guides(
    curator, veteran, _
):
    one, two = make_topic(), make_topic()
    guides = [publish(make_guide(topics=[topic])) for topic in (one, two)]

    raised = at_once(
        lambda: one.merge(into=two, by=curator), lambda: two.merge(into=one, by=veteran)
    )

    assert len(raised) == 1
    left = Topic.objects.listed().get()
    assert set(left.guides.all()) == set(guides)


@pytest.mark.parametrize("_", range(TIMES))
def test_three_merges_in_a_ring_leave_one_topic_that_readers_reach(curator, reader, _):
    topics = [make_topic() for _ in range(3)]
    guide = publish(make_guide(topics=topics[:1]))
    pairs = zip(topics, [*topics[1:], topics[0]], strict=True)

    raised = at_once(*[lambda a=a, b=b: a.merge(into=b, by=curator) for a, b in pairs])

    assert Topic.objects.listed().count() == len(raised) >= 1
    for topic in topics:
        answer = reader.get(topic.get_absolute_url(), follow=True)
        assert answer.status_code == 200
    assert guide.topics.get().merged_into is None


@pytest.mark.parametrize("_", range(TIMES))
def test_a_guide_saved_during_a_merge_stands_on_the_topic_that_stays(curator, _):
    old, new, other = make_topic(), make_topic(), make_topic()
    guides = [publish(make_guide(topics=[topic])) for topic in (old, other)]

    @transaction.atomic
    def save(guide, *topics):
        Guide.objects.select_for_update(of=["self"]).get(pk=guide.pk)
        guide.topics.set(topics)

    at_once(
        lambda: old.merge(into=new, by=curator),
        lambda: save(guides[0], other, new),
        lambda: save(guides[1], old),
    )

    assert not old.guides.exists()
    assert new in guides[0].topics.all()
    assert list(guides[1].topics.all()) == [new]
