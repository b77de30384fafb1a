"""What curators write down about a member, and who ever reads it."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction

from accounts.models import CuratorNote
from hub.tidying import delete_leavers
from tests.hub.test_leaving import let_seven_days_pass
from tests.hub.test_my_data import files_of
from tests.pages import visit

ADD = "/admin/accounts/curatornote/add/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def note(curator, newcomer):
    """Something a colleague should know."""
    words = "Agreed by email to keep to the house rules."
    return CuratorNote.objects.create(person=newcomer, by=curator, words=words)


@pytest.mark.parametrize("place", ["accounts/user", "discussions/member"])
def test_a_note_is_written_from_the_page_of_the_person(admin, newcomer, place):
    page = BeautifulSoup(
        admin.get(f"/admin/{place}/{newcomer.pk}/change/").content, "html.parser"
    )
    link = page.find("a", string="Write a note")
    asked = admin.get(link["href"])
    assert f'<option value="{newcomer.pk}" selected>' in asked.content.decode()

    typed = {"person": newcomer.pk, "words": "Sorry, and meant it."}
    answer = admin.post(link["href"], typed, follow=True)

    assert answer.redirect_chain[-1][0] == f"/admin/accounts/user/{newcomer.pk}/change/"
    assert "Sorry, and meant it." in answer.content.decode()
    assert "Sample Curator" in answer.content.decode()


@pytest.mark.parametrize("words", ["  ", "\u200b", "Holds DV clearance."])
def test_a_note_that_says_nothing_or_too_much_is_refused(admin, newcomer, words):
    answer = admin.post(ADD, {"person": newcomer.pk, "words": words})

    assert answer.status_code == 200
    assert not CuratorNote.objects.exists()


def test_nobody_changes_a_note_or_takes_it_away(admin, curator, veteran, note):
    place = f"/admin/accounts/curatornote/{note.pk}"
    assert admin.post(f"{place}/change/", {"words": "Other."}).status_code == 403
    assert admin.post(f"{place}/delete/", {"post": "yes"}).status_code == 403

    for change in {"words": "Other."}, {"by": veteran}, {"person": veteran}:
        with pytest.raises(IntegrityError), transaction.atomic():
            CuratorNote.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        note.delete()
        connection.check_constraints()


def test_no_page_of_the_site_shows_a_note(reader, browser_of, newcomer, note):
    for browser in reader, browser_of(newcomer):
        page = visit(browser, newcomer.get_absolute_url())
        assert note.words not in page.get_text()


def test_a_member_cannot_look_at_notes(browser_of, newcomer, note):
    answer = browser_of(newcomer).get("/admin/accounts/curatornote/")

    assert answer.status_code == 302


def test_whom_a_note_is_about_reads_it_in_their_data(
    browser_of, newcomer, curator, note
):
    account = files_of(browser_of(newcomer))["account.json"]
    theirs = account["curators_notes"]["about_you"]
    assert [row["words"] for row in theirs] == [note.words]
    assert "Sample Curator" not in str(account)

    account = files_of(browser_of(curator))["account.json"]
    assert len(account["curators_notes"]["by_you"]) == 1
    assert note.words not in str(account)


def leave(person, days_ago):
    """Let a person go whose seven days are over."""
    person.leave(days_ago(0))
    let_seven_days_pass()
    delete_leavers(timestamp=0)
    connection.check_constraints()


def test_notes_go_with_the_person(newcomer, note, days_ago):
    leave(newcomer, days_ago)

    assert not CuratorNote.objects.exists()


def test_a_note_outlives_the_curator_who_wrote_it(curator, note, days_ago):
    leave(curator, days_ago)

    note.refresh_from_db()
    assert (note.by, note.words) == (
        None,
        "Agreed by email to keep to the house rules.",
    )
