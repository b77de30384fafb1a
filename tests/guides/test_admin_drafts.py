"""A curator's work on drafts in the admin, while colleagues work on them too."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_draft, make_guide, publish


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def form_of(admin, guide) -> dict:
    """What the curator's browser would send from the page of a guide."""
    page = admin.get(f"/admin/guides/guide/{guide.pk}/change/").content
    form = BeautifulSoup(page, "html.parser").find("form", id="guide_form")
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "textarea":  # browsers end lines in this way
            text = field.text.removeprefix("\n")
            sent[field["name"]] = text.replace("\n", "\r\n")
        elif field.name == "select":
            chosen = field.select("option[selected]")
            sent[field["name"]] = [option["value"] for option in chosen]
        elif field.get("type") not in {"submit", "checkbox"}:
            sent[field["name"]] = field.get("value", "")
    return sent | {"_save": "Save"}


@pytest.fixture
def draft(topic, author):
    """A draft of a guide that is not public yet."""
    return make_draft(make_guide(topics=[topic]), created_by=author)


def send(admin, guide, typed: dict):
    """Save the page of a guide."""
    return admin.post(f"/admin/guides/guide/{guide.pk}/change/", typed)


def test_words_for_a_draft_published_meanwhile_are_not_lost(admin, draft):
    typed = form_of(admin, draft.guide) | {"editions-0-body": "My late words."}
    draft.publish(by=None)

    answer = send(admin, draft.guide, typed)

    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert "published this draft since" in page.text
    assert "My late words." in page.find("textarea", id="id_editions-0-body").text
    draft.refresh_from_db()
    assert "My late words." not in draft.body


def test_a_draft_published_meanwhile_does_not_stop_other_changes(admin, draft):
    typed = form_of(admin, draft.guide) | {"public_benefit": "Patients."}
    draft.publish(by=None)

    assert send(admin, draft.guide, typed).status_code == 302

    draft.guide.refresh_from_db()
    assert draft.guide.public_benefit == "Patients."
    assert draft.guide.visibility == "live"


def test_a_curator_who_saves_waits_for_a_publication(admin, draft):
    typed = form_of(admin, draft.guide) | {"editions-0-title": "Another title"}

    with CaptureQueriesContext(connection) as queries:
        assert send(admin, draft.guide, typed).status_code == 302

    texts = [query["sql"] for query in queries]
    lock = next(n for n, sql in enumerate(texts) if "FOR UPDATE" in sql)
    read = next(n for n, sql in enumerate(texts) if '"guides_edition"."body"' in sql)
    assert lock < read, "A text read before the lock may be old."


def test_whoever_edits_a_draft_is_on_record(admin, curator, author, draft):
    typed = form_of(admin, draft.guide) | {"editions-0-title": "Another title"}

    send(admin, draft.guide, typed)

    draft.refresh_from_db()
    assert (draft.created_by, draft.editors.get()) == (author, curator)


def test_a_new_draft_starts_from_the_words_readers_see(admin, curator, guide):
    typed = form_of(admin, guide)
    assert typed["editions-0-title"] == guide.live_edition.title

    send(admin, guide, typed | {"editions-0-summary": "Now shorter."})

    assert guide.draft.summary == "Now shorter."
    assert guide.draft.body == guide.live_edition.body
    assert guide.draft.created_by == curator


def test_a_new_draft_that_nobody_touched_is_not_kept(admin, guide):
    publish(guide, body="## One\n\nTwo lines\nand an end.\n", byline="A team")
    typed = form_of(admin, guide)
    publish(guide, body="Newer words.")

    assert send(admin, guide, typed).status_code == 302

    assert guide.draft is None
    assert guide.editions.count() == 3
