"""Curators change the site's own pages, and nothing that was saved is lost."""

from threading import Barrier

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from hub.models import Page, PageVersion
from tests.guides.test_publish_together import at_once
from tests.hub.test_my_data import files_of
from tests.pages import visit

BODY = "## When\n\nWe meet on Monday.\n\n## Where\n\nIn the open."


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def about():
    """A page of the site, as it came."""
    about = Page.objects.create(slug="about", title="About", summary="Us.", body=BODY)
    about.keep(by=None, note="As it came with the site.")
    return about


def form_of(admin, about) -> dict:
    """What the curator's browser would send from the page of a page."""
    found = admin.get(f"/admin/hub/page/{about.pk}/change/").content
    form = BeautifulSoup(found, "html.parser").find("form", id="page_form")
    sent = {field["name"]: field.get("value", "") for field in form.select("input")}
    for field in form.select("textarea"):
        sent[field["name"]] = field.text.removeprefix("\n").replace("\n", "\r\n")
    return {name: text for name, text in sent.items() if name[0] != "_"}


def save(admin, about, typed: dict):
    """Save that form."""
    return admin.post(f"/admin/hub/page/{about.pk}/change/", typed)


def test_every_save_is_kept_with_who_when_and_why(admin, reader, curator, about):
    typed = form_of(admin, about) | {"note": "We moved the day."}
    typed["body"] = typed["body"].replace("Monday", "Tuesday")

    assert save(admin, about, typed).status_code == 302

    assert "Tuesday" in visit(reader, "/about/").main.get_text()
    newest, first = about.versions.all()
    assert (newest.number, newest.by, newest.note) == (2, curator, "We moved the day.")
    assert ("Tuesday" in newest.body, "Monday" in first.body) == (True, True)
    words = admin.get(f"/admin/hub/page/{about.pk}/history/").content.decode()
    for part in "We moved the day.", "Sample Curator", "As it came with the site.":
        assert part in words


def test_a_save_that_changes_nothing_adds_no_version(admin, about):
    assert save(admin, about, form_of(admin, about) | {"note": "x"}).status_code == 302

    assert about.versions.count() == 1


def test_a_save_says_what_changed(admin, about):
    typed = form_of(admin, about) | {"title": "About us"}

    answer = save(admin, about, typed)

    assert answer.status_code == 200
    assert "About us" in answer.content.decode()
    assert about.versions.count() == 1


def test_two_curators_on_one_page_overwrite_nothing(admin, veteran, about):
    mine = form_of(admin, about) | {"note": "Mine.", "title": "About us"}
    mine["body"] = mine["body"].replace("Monday", "Friday")
    theirs = {"title": "About", "summary": "Us.", "body": "We meet on **Sunday**."}
    about.revise(by=veteran, version=1, note="Theirs.", **theirs)

    answer = save(admin, about, mine)

    found = BeautifulSoup(answer.content, "html.parser")
    assert "Somebody has saved this page since" in found.text
    assert "Friday" in found.find("textarea", id="id_body").text
    beside = found.find("section", attrs={"aria-labelledby": "saved-meanwhile"})
    assert "We meet on **Sunday**." in beside.text
    assert "Theirs." in beside.text
    assert "Friday" in " ".join(new.text for new in beside.select("ins"))
    about.refresh_from_db()
    assert about.body == theirs["body"]

    mine["version"] = found.find("input", attrs={"name": "version"})["value"]
    assert save(admin, about, mine).status_code == 302
    assert [version.number for version in about.versions.all()] == [3, 2, 1]


@pytest.mark.parametrize("version", ["", "0", "9", "x"])
def test_a_form_that_names_no_version_overwrites_nothing(admin, about, version):
    typed = form_of(admin, about) | {"title": "Other", "note": "x", "version": version}

    assert save(admin, about, typed).status_code == 200

    about.refresh_from_db()
    assert about.title == "About"


def test_a_version_is_compared_and_restored(admin, reader, about):
    typed = form_of(admin, about) | {"note": "Oops.", "body": "Nothing."}
    save(admin, about, typed)
    place = f"/admin/hub/page/{about.pk}/versions/1/"
    found = BeautifulSoup(admin.get(place).content, "html.parser")
    restoring = found.find("section", attrs={"aria-labelledby": "restoring"})
    assert "Nothing" in restoring.select_one("del").text
    version = found.find("input", attrs={"name": "version"})["value"]

    answer = admin.post(place, {"version": version}, follow=True)

    assert "Readers see the words of version 1 again." in answer.content.decode()
    assert "We meet on Monday." in visit(reader, "/about/").main.get_text()
    assert about.versions.first().note == "Version 1 restored."
    assert about.versions.count() == 3


def test_restoring_overwrites_nothing_that_nobody_has_seen(admin, veteran, about):
    about.revise(by=veteran, version=1, note="Newer.", body="Newer words.")

    for version in "1", "", "x", "9" * 20:
        place = f"/admin/hub/page/{about.pk}/versions/1/"
        answer = admin.post(place, {"version": version}, follow=True)
        assert "Somebody has saved this page since" in answer.content.decode()

    about.refresh_from_db()
    assert about.body == "Newer words."


def test_a_version_that_is_not_there_is_a_404(admin, about):
    for place in f"{about.pk}/versions/7/", "999/versions/1/":
        assert admin.get(f"/admin/hub/page/{place}").status_code == 404


def test_whoever_may_not_change_pages_restores_none(browser_of, newcomer, about):
    newcomer.is_staff = True
    newcomer.save()
    browser = browser_of(newcomer)

    for place in "history/", "versions/1/":
        assert browser.get(f"/admin/hub/page/{about.pk}/{place}").status_code == 403
    place = f"/admin/hub/page/{about.pk}/versions/1/"
    assert browser.post(place, {"version": "1"}).status_code == 403


def test_nobody_rewrites_what_was_saved(about, veteran):
    for change in {"body": "x"}, {"note": "x"}, {"by": veteran}:
        with pytest.raises(IntegrityError), transaction.atomic():
            PageVersion.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.all().delete()


def test_a_change_needs_a_note_that_can_be_read(about, curator):
    for note in "", " \u200b ":
        with pytest.raises(ValidationError), transaction.atomic():
            about.revise(by=curator, version=1, note=note, title="Other")


def test_what_a_curator_saved_is_in_their_data(browser_of, curator, about):
    about.revise(by=curator, version=1, note="Mine.", title="About us")

    (saved,) = files_of(browser_of(curator))["site.json"]["pages"]

    assert (saved["title"], saved["note"]) == ("About us", "Mine.")


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_in_one_moment_one_is_refused(about, curator, veteran):
    copies = [Page.objects.get(pk=about.pk) for _ in range(2)]
    start = Barrier(2)

    def revise(copy, by):
        start.wait()
        copy.revise(by=by, version=1, note="Both.", title=f"By {by}")

    raised = at_once(
        lambda: revise(copies[0], curator), lambda: revise(copies[1], veteran)
    )

    assert len(raised) == 1
    about.refresh_from_db()
    assert about.title == about.versions.first().title
    assert about.versions.count() == 2
