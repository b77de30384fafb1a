"""Two people who write one draft find both their words on one page."""

import pytest

from guides.models import Edition, Guide
from tests.factories import make_draft, make_guide, make_topic, publish
from tests.guides.editor import edit, words_of
from tests.pages import send, visit


@pytest.fixture
def draft(author, topic):
    """A draft of the author's own."""
    return make_draft(make_guide(owner=author, topics=[topic]), created_by=author)


def sent_by(form) -> dict:
    """What a browser sends of a form as it stands."""
    boxes = form.select("input[type=checkbox]")
    lines = form.select("input[name]:not([type=checkbox]), textarea[name]")
    ticked = {}
    for box in boxes:
        if box.has_attr("checked"):
            ticked.setdefault(box["name"], []).append(box["value"])
    return {f["name"]: f.get("value", f.text.strip("\n")) for f in lines} | ticked


def test_whoever_saves_late_puts_all_that_differs_together(
    browser_of, author, curator, draft, topic
):
    buying = make_topic(title="Buying")
    theirs = words_of(draft, body="Their words.", topics=[topic.pk, buying.pk])
    mine = words_of(draft, body="My words.", title="My title", stages=["first-day"])
    browser_of(curator).post(edit(draft.guide), theirs | {"tiers": ["local"]})

    page = send(browser_of(author), edit(draft.guide), mine, status=409)

    rows = {
        row["aria-label"].split(":")[0]: row for row in page.select(".merge__field")
    }
    saved = {name: row.select_one(".merge__saved") for name, row in rows.items()}
    assert {
        name: list(words.stripped_strings)[1:] for name, words in saved.items()
    } == {
        "Title": [draft.title],
        "Topics": ["Buying", "Standards"],
        "When in a stay it helps": ["Nothing"],
        "Which part of the public sector": ["Local government"],
        "The text": ["The text that was saved, to copy from", "Their words."],
    }
    assert rows["Title"].input["value"] == "My title"
    assert Edition.objects.get().body == "Their words."

    form = page.select_one("form.merge")
    both = {"body": "Both words.", "topics": [topic.pk, buying.pk]}
    browser_of(author).post(form["action"], sent_by(form) | both)

    kept = Edition.objects.get()
    assert (kept.body, kept.title) == ("Both words.", "My title")
    assert kept.summary == draft.summary
    assert (kept.guide.stages, kept.guide.tiers) == (["first-day"], [])
    assert set(kept.guide.topics.all()) == {topic, buying}


def test_a_note_on_the_next_edition_is_put_together_too(
    browser_of, author, curator, guide
):
    Guide.objects.update(owner=author)
    draft = guide.start_draft(by=author)
    draft.revise(by=curator, version=1, change_note="Rules of 2027.", is_minor=True)
    mine = {"title": draft.title, "summary": draft.summary, "body": draft.body}

    page = send(
        browser_of(author),
        edit(guide),
        mine | {"version": 1, "change_note": "New rules."},
        status=409,
    )

    saved = [list(row.stripped_strings)[1] for row in page.select(".merge__saved")]
    assert saved == ["Rules of 2027.", "Ticked"]
    assert page.find("textarea", {"name": "change_note"}).text.strip() == "New rules."


def test_words_begun_before_another_edition_came_out_meet_it(
    browser_of, author, curator, guide
):
    Guide.objects.update(owner=author)
    browser = browser_of(author)
    read = read_by(browser, guide)
    publish(guide, body="## Newer\n\nTheir words.")

    typed = words_of(guide.live_edition, body="My words.") | read
    page = send(browser, edit(guide), typed, status=409)

    texts = [area.text.strip() for area in page.find_all("textarea")]
    assert texts[:2] == ["My words.", "## Newer\n\nTheir words."]


def read_by(browser, guide) -> dict:
    """What the edit page says of the words it was opened with."""
    page = visit(browser, edit(guide))
    return {n: page.find("input", {"name": n})["value"] for n in ("edition", "version")}


def test_a_number_given_again_is_not_the_edition_that_was_read(
    browser_of, author, curator, guide
):
    Guide.objects.update(owner=author)
    browser = browser_of(author)
    typed = words_of(guide.live_edition, body="My words.", version=0)
    browser.post(edit(guide), typed)
    read = read_by(browser, guide)
    guide.draft.discard(by=author)
    guide.start_draft(by=curator).revise(by=curator, version=1, body="Their words.")

    send(browser, edit(guide), typed | read | {"body": "My later words."}, status=409)

    assert guide.draft.body == "Their words."


def test_words_of_a_draft_that_was_mended_and_published_meet_it(
    browser_of, author, curator, guide
):
    Guide.objects.update(owner=author)
    browser = browser_of(author)
    browser.post(edit(guide), words_of(guide.live_edition, body="My words."))
    read = read_by(browser, guide)
    draft = guide.draft
    draft.revise(by=curator, version=draft.version, body="Mended words.")
    draft.publish(by=None, change_note="New rules.")

    typed = words_of(draft, body="My later words.") | read
    send(browser, edit(guide), typed, status=409)
