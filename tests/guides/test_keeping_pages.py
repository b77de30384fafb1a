"""Pages on which owners look after their guides, and what readers see of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.calendar import publish_planned
from guides.models import Guide, ReviewTask, Verification
from guides.wave import supersede
from tests.factories import make_draft, publish
from tests.guides.landscape import citing, make_policy
from tests.pages import send, visit


@pytest.fixture
def owned(guide, author):
    """A live guide that its author looks after."""
    Guide.objects.update(owner=author)
    guide.refresh_from_db()
    return guide


def test_an_owner_says_it_is_still_correct_and_readers_see_it(
    browser_of, reader, author, owned
):
    address = f"/guides/{owned.slug}/verify/"
    visit(browser_of(author), address)

    typed = {"basis": "asked", "note": "The commercial team, in May."}
    answer = browser_of(author).post(address, typed)

    assert answer.url == owned.get_absolute_url()
    page = visit(reader, owned.get_absolute_url()).main.get_text()
    assert "Found correct on" in page
    assert "by Sample Author, who asked the body that owns the procedure" in page
    assert "The commercial team, in May." in page
    text = reader.get(f"/guides/{owned.slug}.md").content.decode()
    assert "- Found correct: " in text
    assert "- Freshness: Current" in text


def test_nothing_is_found_correct_without_saying_why(browser_of, author, owned):
    typed = {"note": "Looks fine."}

    page = send(browser_of(author), f"/guides/{owned.slug}/verify/", typed, status=422)

    assert "Choose what makes you sure." in page.find(role="alert").get_text()
    assert page.find("textarea").get_text(strip=True) == "Looks fine."
    assert not Verification.objects.exists()


def test_only_what_was_read_is_found_correct(browser_of, author, owned):
    browser, address = browser_of(author), f"/guides/{owned.slug}/verify/"
    read = visit(browser, address).find("input", {"name": "edition"})["value"]
    publish(owned, body="## New\n\nOther words.")

    typed = {"basis": "used", "note": "I did it.", "edition": read}
    page = send(browser, address, typed, status=422)

    assert "Another edition came out" in page.find(role="alert").get_text()
    assert not Verification.objects.exists()
    assert page.find("textarea").get_text(strip=True) == "I did it."
    read = page.find("input", {"name": "edition"})["value"]
    browser.post(address, typed | {"edition": read})
    assert Verification.objects.get().edition.body == "## New\n\nOther words."


def test_what_changed_is_named_where_it_is_found_correct(browser_of, curator, author):
    policy = make_policy(title="Old Standard")
    guide = citing(policy, owner=author)
    supersede(policy, status="withdrawn", on="2026-04", by=curator)

    page = visit(browser_of(author), f"/guides/{guide.slug}/verify/")

    assert "Old Standard was withdrawn in April 2026." in " ".join(
        page.main.get_text().split()
    )


@pytest.mark.parametrize("status", ["in-force", "being-replaced"])
def test_only_changes_that_were_seen_are_looked_at(browser_of, curator, author, status):
    policy = make_policy(title="Old Standard", status="in-force")
    guide = citing(policy, owner=author)
    supersede(policy, status=status, by=curator)
    browser, address = browser_of(author), f"/guides/{guide.slug}/verify/"
    seen = visit(browser, address).find("input", {"name": "task"})["value"]
    supersede(policy, status="withdrawn", on="2026-04", by=curator)

    typed = {"basis": "used", "note": "I did it.", "task": seen}
    page = send(browser, address, typed, status=422)

    assert "changed after you opened" in page.find(role="alert").get_text()
    assert "Old Standard was withdrawn in April 2026." in " ".join(
        page.main.get_text().split()
    )
    assert page.find("textarea").get_text(strip=True) == "I did it."
    assert ReviewTask.objects.open().exists()
    seen = page.find("input", {"name": "task"})["value"]
    assert browser.post(address, typed | {"task": seen}).url == f"/guides/{guide.slug}/"
    assert not ReviewTask.objects.open().exists()


def test_a_stranger_cannot_say_it_is_correct(browser_of, newcomer, owned):
    answer = browser_of(newcomer).post(
        f"/guides/{owned.slug}/verify/", {"basis": "used"}
    )

    assert answer.status_code == 404


def test_readers_see_that_a_guide_is_overdue(reader, owned, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=200))

    page = visit(reader, owned.get_absolute_url()).main.get_text()

    assert "Overdue for a look since" in page
    assert "some of it may have changed" in page


def test_an_owner_withdraws_with_a_reason(browser_of, author, owned):
    browser, address = browser_of(author), f"/guides/{owned.slug}/withdraw/"
    visit(browser, address)
    send(browser, address, {"body": "\u200b"}, status=422)

    browser.post(address, {"body": "The rules of 2027 replace it."})

    owned.refresh_from_db()
    assert owned.visibility_reason == "The rules of 2027 replace it."


def test_what_was_planned_does_not_bring_a_withdrawn_guide_back(
    browser_of, author, curator, owned, time_machine
):
    draft = make_draft(owned, created_by=author, state="submitted")
    tomorrow = timezone.now() + timedelta(days=1)
    draft.schedule(at=tomorrow, by=curator, change_note="New rules.")
    browser = browser_of(author)
    browser.post(f"/guides/{owned.slug}/withdraw/", {"body": "Dangerous advice."})

    time_machine.move_to(tomorrow + timedelta(minutes=1))
    publish_planned(0)

    owned.refresh_from_db()
    draft.refresh_from_db()
    assert (owned.visibility, draft.state) == ("withdrawn", "ready")
    assert owned.visibility_reason == "Dangerous advice."
    page = visit(browser_of(author), f"/guides/{owned.slug}/submit/")
    assert "The guide is withdrawn now." in page.main.get_text()


def test_a_guide_is_handed_over_when_the_other_person_says_yes(
    browser_of, author, veteran, owned
):
    address = f"/guides/{owned.slug}/hand-over/"
    visit(browser_of(author), address)
    browser_of(author).post(
        address, {"handle": f"https://testserver/people/{veteran.handle}/"}
    )

    visit(browser_of(veteran), address)
    browser_of(veteran).post(address, {"accept": "1"})

    owned.refresh_from_db()
    assert owned.owner == veteran


def test_nobody_is_asked_who_is_not_there(browser_of, author, owned):
    address = f"/guides/{owned.slug}/hand-over/"

    page = send(browser_of(author), address, {"handle": "no-one"}, status=422)

    assert "Nobody here has the handle “no-one”." in page.get_text()


def test_the_page_for_readers_shows_no_work_for_keepers(reader, browser_of, owned):
    verify = f"/guides/{owned.slug}/verify/"

    assert not visit(reader, owned.get_absolute_url()).find("a", href=verify)
    keeper = browser_of(owned.owner)
    assert visit(keeper, owned.get_absolute_url()).find("a", href=verify)
