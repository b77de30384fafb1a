"""Writing a guide on one plain page, without script."""

import re

import pytest
from django.test import Client

from guides.models import Edition, Guide
from tests.factories import make_draft, make_guide, publish
from tests.guides.editor import edit, words_of
from tests.pages import send, visit

KEY = "00000000-0000-4000-8000-00000000000a"


@pytest.fixture
def typed(topic):
    """What a veteran types."""
    return {
        "title": "Spend control",
        "summary": "When to ask, and whom.",
        "body": "## Before you ask\n\nRead the rules.",
        "public_benefit": "Taxpayers.",
        "topics": [topic.pk],
        "stages": ["first-week"],
        "key": KEY,
    }


@pytest.fixture
def draft(author, topic):
    """A draft of the author's own."""
    return make_draft(make_guide(owner=author, topics=[topic]), created_by=author)


def test_a_signed_out_reader_signs_in_first(reader):
    assert reader.get("/guides/new/").url == "/accounts/login/?next=/guides/new/"


def test_words_typed_after_the_session_ended_all_come_back(reader, typed):
    page = send(reader, "/guides/new/", typed, status=401)

    words = [field.get_text() for field in page.select("textarea")]
    for name in "title", "summary", "body", "public_benefit":
        assert any(typed[name] in text for text in words), name


def test_the_page_begins_with_questions_of_the_kind(browser_of, newcomer):
    browser = browser_of(newcomer)
    page = visit(browser, "/guides/new/")
    assert "## Why it is like this" in page.find("textarea", {"name": "body"}).text

    page = visit(browser, "/guides/new/?kind=how-to")

    assert "## Step by step" in page.find("textarea", {"name": "body"}).text
    assert page.select_one(".kinds [aria-current]").b.get_text() == "How-to"
    assert browser.get("/guides/new/?kind=poem").status_code == 404


def test_the_first_save_makes_the_guide(browser_of, newcomer, typed):
    browser = browser_of(newcomer)

    answer = browser.post("/guides/new/?kind=map", typed)

    draft = Edition.objects.get()
    assert answer.url == "/guides/spend-control/edit/"
    assert (draft.created_by, draft.guide.owner) == (newcomer, newcomer)
    assert (draft.guide.kind, draft.guide.stages) == ("map", ["first-week"])
    page = visit(browser, answer.url)
    assert page.find("textarea", {"name": "body"}).text.strip() == typed["body"]
    assert page.find("input", {"name": "topics", "checked": True})


def test_a_double_click_makes_one_guide(browser_of, newcomer, typed):
    browser = browser_of(newcomer)
    for _ in range(2):
        assert browser.post("/guides/new/", typed).status_code == 302

    assert Guide.objects.count() == 1


def test_an_empty_draft_is_kept_too(browser_of, newcomer):
    answer = browser_of(newcomer).post("/guides/new/", {"key": KEY})

    assert answer.url == "/guides/untitled/edit/"


def test_what_is_too_long_comes_back(browser_of, author, draft):
    page = send(
        browser_of(author),
        edit(draft.guide),
        words_of(draft, title="x" * 121, body="My words."),
        status=422,
    )

    assert page.find("textarea", {"name": "body"}).text.strip() == "My words."
    assert "121" in page.find(role="alert").get_text()


def test_saving_changes_the_draft_and_not_what_readers_see(
    browser_of, author, guide, reader
):
    Guide.objects.update(owner=author)
    browser = browser_of(author)
    page = visit(browser, edit(guide))
    assert page.find("input", {"name": "public_benefit"}) is None
    assert not Edition.objects.drafts().exists()

    typed = words_of(guide.live_edition, body="## New\n\nWords.", version=0)
    browser.post(edit(guide), typed | {"change_note": "New rules."})

    draft = Edition.objects.drafts().get()
    assert (draft.body, draft.change_note) == ("## New\n\nWords.", "New rules.")
    assert b"New rules" not in reader.get(guide.get_absolute_url()).content


def test_save_and_hand_in_leads_to_the_checks(browser_of, author, draft):
    answer = browser_of(author).post(
        edit(draft.guide), words_of(draft, body="More.", submit="1")
    )

    assert answer.url == f"/guides/{draft.guide.slug}/submit/"
    assert Edition.objects.get().body == "More."


def test_a_preview_saves_nothing_and_gives_the_words_back(browser_of, author, draft):
    address = f"/guides/{draft.guide.slug}/preview/"

    page = send(browser_of(author), address, words_of(draft, body="## Seen\n\nNow."))

    assert page.select_one(".preview h2").get_text() == "Seen"
    assert "2 words" in page.main.get_text()
    assert page.find("textarea", {"name": "body"}).text.strip() == "## Seen\n\nNow."
    assert Edition.objects.get().body == draft.body


def test_a_preview_gives_advice_with_reasons(browser_of, newcomer):
    typed = {"title": "A", "body": "Obviously, leverage the PSTN for this."}

    page = send(browser_of(newcomer), "/guides/new/preview/", typed)

    advice = page.select_one(".advice").get_text()
    assert "PSTN" in advice
    assert page.select(".advice .field__hint")


def test_what_was_handed_in_is_not_written_in_any_more(browser_of, author, draft):
    draft.submit(by=author)

    answer = browser_of(author).get(edit(draft.guide))

    assert answer.url == f"/guides/{draft.guide.slug}/submit/"


def test_words_sent_after_the_draft_was_handed_in_come_back(browser_of, author, draft):
    draft.submit(by=author)

    typed = words_of(draft, body="My late words.")
    page = send(browser_of(author), edit(draft.guide), typed, status=422)

    assert page.find("textarea", {"name": "body"}).text.strip() == "My late words."
    assert "can no longer be changed here" in page.find(role="alert").get_text()
    stands = f"/guides/{Guide.objects.get().slug}/submit/"
    assert page.find(role="note").a["href"] == stands
    assert Edition.objects.get().body == draft.body


def test_a_curator_mends_what_was_handed_in(browser_of, author, curator, draft):
    draft.submit(by=author)

    page = visit(browser_of(curator), edit(draft.guide))

    assert page.find("a", string="This guide in the admin")


def test_an_author_sees_what_a_curator_asked_for(browser_of, author, curator, draft):
    draft.submit(by=author)
    draft.request_changes(by=curator, reason="Say who decides.")

    page = visit(browser_of(author), edit(draft.guide))

    assert "Say who decides." in page.find(role="note").get_text()


def test_a_draft_is_deleted_after_a_question(browser_of, author, draft):
    address = f"/guides/{draft.guide.slug}/delete/"
    visit(browser_of(author), address)

    assert browser_of(author).post(address).url == "/desk/"

    assert not Guide.objects.exists()


@pytest.mark.parametrize("page", ["edit", "preview", "autosave", "delete"])
def test_a_stranger_finds_no_draft(browser_of, newcomer, reader, draft, page):
    address = f"/guides/{draft.guide.slug}/{page}/"

    assert browser_of(newcomer).post(address, {}).status_code == 404
    assert reader.post(address, {}).status_code == 401


def test_a_form_of_another_site_gives_the_words_back(author, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(author, "accounts.backends.PersonBackend")

    page = send(browser, edit(draft.guide), words_of(draft, body="Mine."), status=403)

    words = [field.get_text() for field in page.select("textarea")]
    assert "Mine." in words
    assert draft.title in words


def test_a_member_has_a_bounded_number_of_drafts(browser_of, author, typed):
    for number in range(30):
        make_guide(owner=author, slug=f"draft-{number}")

    page = send(browser_of(author), "/guides/new/", typed, status=422)

    assert "30 drafts" in page.find(role="alert").get_text()
    assert page.find("textarea", {"name": "body"}).text.strip() == typed["body"]


def test_the_pages_of_writers_ask_little(
    browser_of, author, draft, django_assert_max_num_queries
):
    browser = browser_of(author)
    for address in edit(draft.guide), "/guides/new/":
        with django_assert_max_num_queries(10):
            browser.get(address)
    with django_assert_max_num_queries(27):
        browser.post(
            f"/guides/{draft.guide.slug}/autosave/", words_of(draft, body="Mine.")
        )


def test_an_autosave_says_where_the_draft_is_now(browser_of, newcomer, typed):
    browser = browser_of(newcomer)

    answer = browser.post("/guides/new/autosave/?kind=how-to", typed).json()

    assert answer["edit"] == "/guides/spend-control/edit/"
    assert re.fullmatch(r"\d\d:\d\d", answer["at"])
    more = typed | {"body": "More words.", "version": answer["version"]}
    assert browser.post(answer["autosave"], more).json()["version"] == 3
    assert Edition.objects.get().body == "More words."


def test_an_autosave_never_says_saved_when_it_is_not(
    browser_of, author, curator, draft
):
    browser = browser_of(author)
    address = f"/guides/{draft.guide.slug}/autosave/"
    draft.revise(by=curator, version=1, body="Their words.")

    conflict = browser.post(address, words_of(draft, body="Mine.", version=1))
    too_long = browser.post(address, words_of(draft, title="x" * 200))

    assert (conflict.status_code, too_long.status_code) == (409, 422)
    assert "title" in too_long.json()["errors"]
    draft.submit(by=author)
    assert browser.post(address, words_of(draft, body="Late.")).status_code == 422
    assert Edition.objects.get().body == "Their words."


def test_what_is_pasted_becomes_markdown(browser_of, newcomer, reader):
    html = "<h1>Ask early</h1><p>A <b>bold</b> word.</p>"

    answer = browser_of(newcomer).post("/guides/new/paste/", {"html": html})

    assert answer.content.decode().split("\n\n")[-1].strip() == "A **bold** word."
    assert reader.post("/guides/new/paste/", {"html": html}).status_code == 401


def test_a_published_guide_that_is_gone_is_not_written(browser_of, author, curator):
    guide = publish(make_guide(owner=author))
    guide.mark_gone(by=curator, reason="It named a person.")

    page = send(
        browser_of(author),
        edit(guide),
        {"title": "A", "body": "Late.", "version": 0},
        status=422,
    )

    assert page.find("textarea", {"name": "body"}).text.strip() == "Late."


def test_too_many_previews_give_the_words_back_and_say_when(
    browser_of, newcomer, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"preview": "1/m/user", "paste": "1/m/user"}
    browser = browser_of(newcomer)
    places = ("preview", {"title": "Spend"}), ("paste", {"html": "<p>Spend</p>"})

    for place, typed in places:
        address = f"/guides/new/{place}/"
        first, second = (browser.post(address, typed) for _ in range(2))
        assert (first.status_code, second.status_code) == (200, 429)
        assert second.headers["Retry-After"] == "60"
        assert place == "paste" or "Spend" in second.content.decode()
