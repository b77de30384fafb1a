"""Two topics become one, and readers of both find their way."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from zeal import zeal_ignore

from guides.models import Topic
from tests.factories import make_guide, make_topic, publish
from tests.guides.test_admin import act
from tests.pages import visit

pytestmark = pytest.mark.usefixtures("usual_home")


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def old():
    """A topic that says the same as another."""
    return make_topic(slug="approvals", title="Approvals")


@pytest.fixture
def new():
    """The topic that stays."""
    return make_topic(slug="money", title="Money and approvals")


def on(*topics):
    """A live guide on these topics."""
    return publish(make_guide(topics=topics))


def test_the_guides_move_and_the_old_address_leads_on(reader, curator, old, new):
    guides = [on(old), on(old, new), on(new)]

    old.merge(into=new, by=curator)

    assert set(new.guides.all()) == set(guides)
    assert not old.guides.exists()
    answer = reader.get("/topics/approvals/")
    assert (answer.status_code, answer.url) == (301, "/topics/money/")
    answer = reader.get("/feeds/topics/approvals/")
    assert (answer.status_code, answer.url) == (301, "/feeds/topics/money/")


def test_a_merged_topic_is_in_no_list(reader, curator, old, new):
    on(old), on(new)
    old.merge(into=new, by=curator)

    for address in "/", "/guides/", "/search/":
        words = visit(reader, address).get_text()
        assert "Money and approvals" in words
        assert "Approvals" not in words.replace("Money and approvals", ""), address
    for address in "/sitemap.xml", "/llms.txt":
        text = reader.get(address).content.decode()
        assert "topics/approvals" not in text
        assert "topics/money" in text


def test_the_address_of_a_merged_topic_stays_taken(admin, curator, old, new):
    old.merge(into=new, by=curator)

    typed = {"slug": "approvals", "title": "Again", "summary": "x", "order": 0}
    answer = admin.post("/admin/guides/topic/add/", typed)

    assert "already exists" in answer.content.decode()


def test_a_merge_is_undone_with_the_guides_that_moved(curator, old, new):
    moved, shared, later = on(old), on(old, new), on(new)
    old.merge(into=new, by=curator)
    taken_off = on(new)

    old.separate(by=curator)

    assert set(old.guides.all()) == {moved, shared}
    assert set(new.guides.all()) == {shared, later, taken_off}
    old.refresh_from_db()
    assert (old.merged_into, old.merged_by, old.merged_at) == (None, None, None)


def test_a_guide_put_elsewhere_meanwhile_does_not_come_back(curator, old, new):
    guide = on(old)
    old.merge(into=new, by=curator)
    guide.topics.set([make_topic()])

    old.separate(by=curator)

    assert not old.guides.exists()


def test_a_topic_goes_only_where_readers_arrive(curator, old, new):
    with pytest.raises(ValidationError):
        old.merge(into=old, by=curator)
    old.merge(into=new, by=curator)
    for topic, other in (old, new), (new, old), (make_topic(), old):
        with pytest.raises(ValidationError):
            topic.merge(into=other, by=curator)
    with pytest.raises(ValidationError):
        new.separate(by=curator)
    new.merge(into=make_topic(), by=curator)
    with pytest.raises(ValidationError, match="First make “Money and approvals”"):
        old.separate(by=curator)


def test_the_database_knows_what_merged_means(old):
    for change in (
        {"merged_into": old, "merged_at": "2026-01-01T00:00Z"},
        {"merged_at": "2026-01-01T00:00Z"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.filter(pk=old.pk).update(**change)


def test_an_old_form_puts_a_guide_on_the_topic_that_took_over(curator, old, new):
    old.merge(into=new, by=curator)
    guide = publish()

    guide.topics.add(old)
    guide.topics.set([old, new])

    assert list(guide.topics.all()) == [new]


def test_a_curator_merges_two_topics_and_takes_it_back(admin, curator, old, new):
    on(old)

    page = act(admin, [old], "merge", into=new.pk).content.decode()

    assert "1 done" in page
    assert "/admin/guides/topic/?show=merged" in page
    assert "Money and approvals" in str(LogEntry.objects.first())
    listed = admin.get("/admin/guides/topic/").context["cl"].result_list
    assert list(listed) == [new]
    answer = admin.get("/admin/guides/topic/?show=merged")
    assert list(answer.context["cl"].result_list) == [old]
    assert "Sample Curator" in answer.content.decode()

    chosen = {"action": "separate", "_selected_action": [old.pk]}
    merged = "/admin/guides/topic/?show=merged"
    assert b"Guides that were put" in admin.post(merged, chosen).content
    admin.post(merged, chosen | {"confirmed": "1"})

    old.refresh_from_db()
    assert old.merged_into is None
    assert old.guides.count() == 1


def test_a_curator_chooses_no_merged_topic_for_a_guide(admin, curator, old, new):
    old.merge(into=new, by=curator)
    choice = {"app_label": "guides", "model_name": "guide", "field_name": "topics"}

    found = admin.get("/admin/autocomplete/", choice).json()["results"]

    assert [topic["text"] for topic in found] == ["Money and approvals"]


def test_the_address_of_a_topic_stays_while_its_words_change(admin, old):
    typed = {"slug": "other", "title": "Approval", "summary": "x", "order": 3}

    admin.post(f"/admin/guides/topic/{old.pk}/change/", typed)

    old.refresh_from_db()
    assert (old.slug, old.title, old.order) == ("approvals", "Approval", 3)


def test_curators_set_the_order_in_the_list(admin, old, new):
    typed = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "Save"}
    for number, (topic, order) in enumerate([(old, 2), (new, 1)]):
        typed |= {f"form-{number}-id": topic.pk, f"form-{number}-order": order}

    with zeal_ignore():  # Django's own: an editable list is saved row by row
        admin.post("/admin/guides/topic/", typed)

    assert list(Topic.objects.all()) == [new, old]


def test_a_curator_goes_from_a_topic_to_its_guides(admin, old, new):
    guide = on(old)
    on(new)
    page = BeautifulSoup(admin.get("/admin/guides/topic/").content, "html.parser")
    link = page.find("a", string=None, href=re.compile(f"topics.*={old.pk}$"))

    found = admin.get(link["href"]).context["cl"].result_list

    assert link.get_text(" ", strip=True) == "Guides on Approvals"
    assert list(found) == [guide]
