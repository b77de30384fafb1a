"""Reading a guide."""

from datetime import UTC, datetime

import pytest

from guides.models import Guide
from tests.factories import make_comment, make_draft, make_guide, make_topic, publish
from tests.pages import visit


def test_a_reader_sees_who_it_is_for_and_who_signs_it(reader, guide):
    page = visit(reader, guide.get_absolute_url())

    assert "People who claim once" in page.select_one(".purpose").get_text()
    assert page.select_one(".byline b").get_text() == "A former member"
    assert page.select_one(".pill").get_text() == "Primer"


def test_a_reader_sees_its_topics_in_their_order_and_where_it_holds(reader):
    topics = [make_topic(title="Agile", order=2), make_topic(title="Spend", order=1)]
    guide = publish(make_guide(topics=topics))
    for name in "Wales", "England":
        guide.jurisdictions.create(slug=name.lower(), name=name)

    line = visit(reader, guide.get_absolute_url()).select_one(".guide__head .kicker")

    spend, agile = line.select("a")
    assert spend["href"] == topics[1].get_absolute_url()
    assert (spend.get_text(), agile.get_text()) == ("Spend", "Agile")
    assert [span.get_text() for span in line.select("a ~ span")][:2] == [
        "England",
        "Wales",
    ]


def test_a_day_is_the_day_it_was_here(reader, guide):
    summer_night = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    Guide.objects.update(first_published_at=summer_night)

    published = visit(reader, guide.get_absolute_url()).select_one(".dates time")

    assert (published["datetime"], published.get_text()) == (
        "2026-07-02",
        "2 July 2026",
    )


def test_a_reader_sees_the_three_dates(reader):
    guide = publish(sources_read_on="2026-11-23", byline="Handover editors")

    dates = visit(reader, guide.get_absolute_url()).select_one(".dates").get_text()

    assert "Published" in dates
    assert "Changed" in dates
    assert "sources read on 23 November 2026, not yet verified" in dates


def test_a_stranger_cannot_see_a_draft(reader, browser_of, newcomer, author):
    draft = make_draft(make_guide(owner=author), created_by=author)

    for browser in reader, browser_of(newcomer):
        visit(browser, draft.guide.get_absolute_url(), 404)
        visit(browser, draft.get_absolute_url(), 404)


def test_an_author_and_a_curator_preview_a_draft(browser_of, author, curator):
    draft = make_draft(make_guide(owner=author), created_by=author)

    for person in author, curator:
        page = visit(browser_of(person), draft.get_absolute_url())
        assert "readers cannot see it yet" in page.select_one(".notice").get_text()


def test_an_old_address_leads_to_the_guide(reader, guide, curator):
    old = guide.get_absolute_url()
    guide.rename("assessments-without-fear", by=curator)

    answer = reader.get(old)

    assert (answer.status_code, answer.url) == (301, guide.get_absolute_url())
    for door in "history/", "discussion/", "discussion/?after=3":
        assert reader.get(old + door).url == guide.get_absolute_url() + door


def test_a_withdrawn_guide_stays_under_a_notice(reader, guide, curator):
    guide.withdraw(by=curator, reason="The rules changed in May.")

    page = visit(reader, guide.get_absolute_url())

    assert "The rules changed in May." in page.select_one(".notice").get_text()
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert guide.slug not in str(visit(reader, "/guides/"))


SIDE_DOORS = [
    "",
    "history/",
    "editions/1/",
    "compare/1/1/",
    "discussion/",
    "discussion/new/",
]


@pytest.mark.parametrize("side_door", SIDE_DOORS)
def test_a_merged_guide_leads_to_the_other(reader, guide, curator, side_door):
    other = publish()
    guide.merge(into=other, by=curator)

    answer = reader.get(guide.get_absolute_url() + side_door, follow=False)

    assert (answer.status_code, answer.url) == (301, other.get_absolute_url())


def test_the_markdown_of_a_merged_guide_leads_to_the_others(reader, guide, curator):
    other = publish()
    guide.merge(into=other, by=curator)

    assert reader.get(f"/guides/{guide.slug}.md").url == f"/guides/{other.slug}.md"


@pytest.mark.parametrize("side_door", SIDE_DOORS)
def test_a_guide_that_is_gone_says_why(reader, guide, curator, side_door):
    guide.mark_gone(by=curator, reason="It named a person.")

    page = visit(reader, guide.get_absolute_url() + side_door, 410)

    assert "It named a person." in page.get_text()


def test_comments_of_a_guide_that_is_gone_go_with_it(reader, guide, curator, newcomer):
    comment = make_comment(guide, newcomer)
    guide.mark_gone(by=curator, reason="It named a person.")

    assert reader.get(f"/guides/{guide.slug}.md").status_code == 410
    assert reader.get(comment.get_absolute_url()).url == guide.get_absolute_url()
    assert reader.get(comment.thread.get_absolute_url()).status_code == 410


def test_a_withdrawn_guide_returns_for_a_reason(reader, guide, curator):
    guide.withdraw(by=curator, reason="A mistake.")

    guide.restore(by=curator, reason="It was right after all.")

    assert not visit(reader, guide.get_absolute_url()).select(".notice")
    assert guide.slug in str(visit(reader, "/search/?q=assessor"))


def test_a_draft_of_a_withdrawn_guide_says_both(browser_of, guide, curator):
    guide.withdraw(by=curator, reason="The rules changed.")
    draft = make_draft(guide)

    answer = browser_of(curator).get(draft.get_absolute_url())

    assert b"has been withdrawn" in answer.content
    assert b"Preview of a draft" in answer.content
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_reader_takes_the_guide_along_as_markdown(reader, guide):
    answer = reader.get(f"/guides/{guide.slug}.md")

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.content.decode().startswith("# Service assessments, without the fear")
    assert "## Who is in the room" in answer.content.decode()


def test_search_engines_read_the_article_and_its_trail(reader, guide):
    page = visit(reader, guide.get_absolute_url())

    data = page.find("script", type="application/ld+json").string

    assert '"@type": "Article"' in data
    assert '"@type": "BreadcrumbList"' in data
    assert page.find("link", rel="canonical")["href"].endswith(guide.get_absolute_url())


def test_a_title_cannot_end_the_data_block(reader):
    guide = publish(title="</script><script>alert(1)</script>")

    page = visit(reader, guide.get_absolute_url())

    assert "alert(1)" in page.find("script", type="application/ld+json").string
    assert "alert(1)" in page.h1.get_text()
