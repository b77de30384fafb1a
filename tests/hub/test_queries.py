"""Pages ask the database as little with a thousand guides as with ten."""

import pytest
from django.db import connection

from discussions.models import Comment, Thread
from guides.models import Edition, Guide
from tests.factories import (
    make_comment,
    make_guide,
    make_reply,
    make_topic,
    make_user,
    publish,
)


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
            due_on=edition.published_at.date(),
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
        ("/search/?q=spand", 7),  # a second try, and the registers
        ("/search/?q=xylophone", 6),
        ("/", 7),
        (f"{guide.get_absolute_url()}discussion/", 3),
        (f"{guide.get_absolute_url()}history/", 3),
        (guide.topics.first().get_absolute_url(), 4),
        ("/feeds/guides/", 2),
    ]:
        with django_assert_max_num_queries(budget):
            assert reader.get(address).status_code == 200, address


def make_talk(guide: Guide, number: int) -> None:
    """A guide with this many comments, three in each thread."""
    people = [make_user() for _ in range(5)]
    start = make_comment(guide, people[0])
    threads = Thread.objects.bulk_create(
        Thread(guide=guide, edition=guide.live_edition) for _ in range(number // 3)
    )
    openings = Comment.objects.bulk_create(
        Comment(thread=t, author=people[1], body="Why?", body_html="<p>Why?</p>")
        for t in threads
    )
    Comment.objects.bulk_create(
        Comment(
            thread=opening.thread,
            author=people[2 + number],
            in_reply_to=opening,
            body="So.",
            body_html="<p>So.</p>",
        )
        for opening in openings
        for number in range(2)
    )
    make_reply(start, people[4])


@pytest.mark.parametrize("number", [50, 500, 5000])
def test_a_discussion_costs_the_same_however_long_it_is(
    reader, browser_of, newcomer, guide, number, django_assert_max_num_queries
):
    make_talk(guide, number)
    member = browser_of(newcomer)
    with connection.cursor() as cursor:  # as a running site has its statistics
        cursor.execute("ANALYZE discussions_comment, discussions_thread")

    for browser, budget in [(reader, 4), (member, 6)]:
        with django_assert_max_num_queries(budget):
            assert browser.get(guide.get_absolute_url()).status_code == 200


def test_posting_asks_the_database_little(
    browser_of, newcomer, guide, django_assert_max_num_queries
):
    make_talk(guide, 500)
    newcomer.experiences.create(role="developer at a justice agency")
    member = browser_of(newcomer)
    new = f"{guide.get_absolute_url()}discussion/new/"
    question = Comment.objects.first()
    reply = f"{question.thread.get_absolute_url()}reply/?to={question.pk}"

    for address in new, reply:
        words = {"kind": "question", "body": f"At {address}?", "post": "1"}
        with django_assert_max_num_queries(11):
            assert member.post(address, words).status_code == 302
        words["body"] += " In place."
        with django_assert_max_num_queries(11):
            in_place = member.post(address, words, headers={"hx-request": "true"})
        assert in_place.status_code == 200
