"""Handing a draft in, and seeing where it stands."""

import pytest
from django.utils import timezone

from guides.models import Edition, Guide
from tests.factories import make_draft, make_guide, publish
from tests.pages import send, visit


@pytest.fixture
def draft(author, topic):
    """A complete draft."""
    return make_draft(make_guide(owner=author, topics=[topic]), created_by=author)


def hand_in(guide) -> str:
    return f"/guides/{guide.slug}/submit/"


def test_an_author_hands_in_and_sees_what_happens_next(browser_of, author, draft):
    browser = browser_of(author)
    page = visit(browser, hand_in(draft.guide))
    assert "A curator who did not write it looks at it" in page.main.get_text()

    answer = browser.post(hand_in(draft.guide), {})

    draft.refresh_from_db()
    page = visit(browser, answer.url)
    assert draft.state == "submitted"
    assert "It waits for a curator since" in page.main.get_text()


def test_what_is_missing_is_said_before_anybody_looks(browser_of, author):
    draft = make_draft(make_guide(owner=author), created_by=author, summary="")

    page = send(browser_of(author), hand_in(draft.guide), {}, status=422)

    words = page.find(role="alert").get_text()
    assert "Summary is empty." in words
    assert "Choose at least one topic." in words


def test_a_next_edition_says_what_changed(browser_of, author, guide):
    Guide.objects.update(owner=author)
    draft = Guide.objects.get().start_draft(by=author)
    browser = browser_of(author)

    page = send(browser, hand_in(guide), {"change_note": ""}, status=422)
    assert "Say what changed for readers." in page.find(role="alert").get_text()
    browser.post(hand_in(guide), {"change_note": "The new rules of 2027."})

    draft.refresh_from_db()
    assert (draft.state, draft.change_note) == ("submitted", "The new rules of 2027.")


def read_by(browser, guide) -> dict:
    """What the page says of the draft that it was opened with."""
    page = visit(browser, hand_in(guide))
    return {n: page.find("input", {"name": n})["value"] for n in ("edition", "version")}


def test_nobody_hands_in_words_of_another_that_they_have_not_read(
    browser_of, author, curator, guide
):
    Guide.objects.update(owner=author)
    draft = Guide.objects.get().start_draft(by=author)
    browser = browser_of(author)
    typed = {"change_note": "My note."}
    read = read_by(browser, guide)
    draft.revise(by=curator, version=1, change_note="Their note.")

    page = send(browser, hand_in(guide), typed | read, status=422)

    said = page.find(role="alert").get_text()
    assert "Somebody has changed the draft" in said
    assert "Somebody wrote here meanwhile: “Their note.”" in said
    assert page.find("textarea").get_text(strip=True) == "My note."
    draft.refresh_from_db()
    assert (draft.state, draft.change_note) == ("draft", "Their note.")
    names = ("edition", "version")
    read = {n: page.find("input", {"name": n})["value"] for n in names}
    browser.post(hand_in(guide), typed | read)
    draft.refresh_from_db()
    assert (draft.state, draft.change_note) == ("submitted", "My note.")


def test_a_note_on_an_incomplete_edition_comes_back_to_be_sent_again(
    browser_of, author, guide
):
    Guide.objects.update(owner=author)
    draft = Guide.objects.get().start_draft(by=author)
    draft.revise(by=author, version=1, summary="")
    browser = browser_of(author)
    typed = {"change_note": "My note."} | read_by(browser, guide)

    for _ in range(2):
        page = send(browser, hand_in(guide), typed, status=422)
        assert "Summary is empty." in page.find(role="alert").get_text()
        assert page.find("textarea").get_text(strip=True) == "My note."
        names = ("edition", "version")
        typed |= {n: page.find("input", {"name": n})["value"] for n in names}


def test_an_author_sees_who_looks_at_it_since_when(
    browser_of, author, curator, other_curator, draft
):
    draft.submit(by=author)
    draft.assign(to=other_curator, by=curator)

    page = visit(browser_of(author), hand_in(draft.guide)).main.get_text()

    today = timezone.localdate()
    assert "Sample Colleague has looked at it since" in page
    assert str(today.year) in page


def test_an_author_takes_back_what_was_handed_in(browser_of, author, draft):
    draft.submit(by=author)

    browser_of(author).post(f"/guides/{draft.guide.slug}/take-back/")

    assert Edition.objects.get().state == "draft"


def test_nobody_is_told_of_a_draft_when_it_was_published_meanwhile(
    browser_of, author, curator, draft
):
    draft.submit(by=author)
    draft.publish(by=curator)

    answer = browser_of(author).post(
        f"/guides/{draft.guide.slug}/take-back/", follow=True
    )

    words = answer.content.decode()
    assert "It was published or deleted meanwhile" in words
    assert "It is a draft again." not in words


def test_an_author_reads_why_changes_are_asked_for(browser_of, author, curator, draft):
    draft.submit(by=author)
    draft.request_changes(by=curator, reason="Say who decides.")

    page = visit(browser_of(curator), hand_in(draft.guide))

    assert "Say who decides." in page.main.get_text()


@pytest.mark.parametrize("page", ["submit", "take-back", "hand-over", "withdraw"])
def test_a_stranger_finds_nothing_there(browser_of, newcomer, reader, draft, page):
    address = f"/guides/{draft.guide.slug}/{page}/"

    assert browser_of(newcomer).post(address, {}).status_code == 404
    assert reader.post(address, {}).status_code == 401


def test_an_old_edition_is_taken_up_again_from_its_page(browser_of, author, guide):
    Guide.objects.update(owner=author)
    publish(guide, body="## Other\n\nWords.")
    browser = browser_of(author)
    page = visit(browser, f"/guides/{guide.slug}/editions/1/")
    form = page.main.find("form", action=f"/guides/{guide.slug}/editions/1/restore/")

    browser.post(form["action"])

    assert Edition.objects.drafts().get().body == guide.editions.get(number=1).body


def test_pages_of_writers_ask_little(
    browser_of, author, draft, django_assert_max_num_queries
):
    browser = browser_of(author)
    with django_assert_max_num_queries(9):
        browser.get(hand_in(draft.guide))
    draft.submit(by=author)
    with django_assert_max_num_queries(9):
        browser.get(hand_in(draft.guide))
