"""What is sent twice is done once; what was changed meanwhile is not overwritten."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.deployment import PEOPLE


def test_a_double_click_stores_once(site, whole, told):
    number = 60 if whole else 20
    path = f"/guides/{site.slug}/discussion/new/"
    with ThreadPoolExecutor(2) as two:
        for person in range(1, number + 1):
            browser = site.member(person)
            typed = browser.get(path).hidden | {"kind": "question", "body": "Once?"}
            sent = [two.submit(browser.post, path, typed) for _ in range(2)]
            places = {each.result().headers.get("Location") for each in sent}
            assert len(places) == 1
            assert None not in places
    rows = site.ask("SELECT author_id FROM discussions_comment")
    assert len(rows) == len({row["author_id"] for row in rows}) == number

    site.ask("UPDATE discussions_comment SET created_at = created_at - interval '1h'")
    assert browser.post(path, typed).headers["Location"] in places
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == number
    told("F3", f"{number} posts sent twice at once, one again later", "each there once")


def test_of_two_editors_neither_overwrites_the_other(site, whole, told):
    rounds = 20 if whole else 5
    author, path = site.member(0), "/guides/new/"
    page = author.get(f"{path}?kind=primer")
    texts = {"title": "Two editors", "summary": "Both.", "public_benefit": "All."}
    made = author.post(f"{path}?kind=primer", page.hidden | texts | {"body": "Start."})
    edit = made.headers["Location"].partition("?")[0]
    lost = 0
    for turn in range(rounds):
        page = author.get(edit)
        typed = page.hidden | texts
        with ThreadPoolExecutor(2) as two:
            bodies = [f"Words {turn} of {name}." for name in ("one", "two")]
            sent = [two.submit(author.post, edit, typed | {"body": b}) for b in bodies]
            answers = [each.result() for each in sent]
        assert sorted(answer.status for answer in answers) == [302, 409]
        loser = next(answer for answer in answers if answer.status == 409)
        lost += not all(body in loser.text for body in bodies)
    assert lost == 0
    told(
        "F7", f"two save one draft at once, {rounds} rounds", "both texts shown, 0 lost"
    )


CHANGES = {
    "the guide is withdrawn": "UPDATE guides_guide SET visibility = 'withdrawn', "
    "visibility_reason = 'Old.' WHERE first_published_at IS NOT NULL",
    "the guide is gone": "UPDATE guides_guide SET visibility = 'gone', "
    "visibility_reason = 'Old.' WHERE first_published_at IS NOT NULL",
    "the guide is no longer public": "UPDATE guides_guide "
    "SET visibility = 'unpublished' WHERE first_published_at IS NOT NULL",
    "the answered comment is hidden": "UPDATE discussions_comment "
    "SET state = 'hidden', hidden_reason = 'Unkind.'",
    "the thread is closed": "UPDATE discussions_thread SET state = 'closed'",
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_vanishes_under_a_reply_gives_the_words_back(site, told, change):
    path = f"/guides/{site.slug}/discussion/new/"
    first = site.member(1)
    typed = first.get(path).hidden | {"kind": "question", "body": "What?"}
    assert first.post(path, typed).is_taken
    thread = site.ask("SELECT id FROM discussions_thread")[0]["id"]
    reply, browser = f"/guides/{site.slug}/discussion/{thread}/reply/", site.member(2)
    typed = browser.get(reply).hidden | {"body": "That."}
    site.ask(CHANGES[change])
    try:
        answer, stranger = browser.post(reply, typed), site.reader().get(reply)
    finally:
        site.ask(
            "UPDATE guides_guide SET visibility = 'live', visibility_reason = '' "
            "WHERE first_published_at IS NOT NULL"
        )

    assert answer.status in {404, 409, 422}
    assert "That." in answer.text
    assert len(site.ask("SELECT 1 FROM discussions_comment")) == 1
    assert stranger.status < 500
    told("F8", change, f"{answer.status} with the words, no orphan")


def test_the_cast_is_large_enough():
    assert PEOPLE > 300
