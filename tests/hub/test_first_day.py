"""What browsers, crawlers and monitors ask a site for."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from hub.models import Page
from tests.factories import make_draft, make_user, publish
from tests.pages import visit


def test_home_shows_the_newest_guides_and_the_topics(reader, guide, topic):
    page = visit(reader, "/")

    assert page.select_one(".card-row__title a")["href"] == guide.get_absolute_url()
    assert "Standards 1" in " ".join(page.select_one(".topics").get_text(" ").split())


def test_home_is_whole_on_the_first_day(reader):
    assert "first ones are on their way" in visit(reader, "/").get_text()


def test_the_sitemap_names_what_is_live_and_nothing_else(reader, guide, topic):
    draft = make_draft().guide

    text = reader.get("/sitemap.xml").content.decode()

    assert guide.get_absolute_url() in text
    assert topic.get_absolute_url() in text
    assert draft.slug not in text


@pytest.mark.parametrize(
    "address", ["/feeds/guides/", "/feeds/topics/standards-and-assessment/"]
)
def test_a_feed_tells_of_new_and_changed_guides(reader, guide, topic, address):
    publish(guide, change_note="The new rules of May.")
    make_draft(title="Nobody sees this")

    answer = reader.get(address)

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert "The new rules of May." in text
    assert f"guide/{guide.pk}</id>" in text
    assert "Nobody sees this" not in text


def test_crawlers_are_told_where_the_map_is(reader):
    text = reader.get("/robots.txt").content.decode()

    assert "Disallow: /search/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_weaknesses_can_be_reported_and_the_file_has_not_expired(reader):
    text = reader.get("/.well-known/security.txt").content.decode()

    expires = text.split("Expires: ")[1].split("\n")[0]
    left = datetime.fromisoformat(expires) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)
    assert "Contact: mailto:" in text


def test_password_managers_find_the_page(reader):
    answer = reader.get("/.well-known/change-password")

    assert answer.url == "/accounts/password/change/"


def test_a_browser_can_add_the_search_and_the_icon(reader):
    assert b"{searchTerms}" in reader.get("/opensearch.xml").content
    icons = reader.get("/manifest.webmanifest").json()["icons"]
    for icon in icons:
        picture = reader.get(icon["src"])
        assert picture.status_code == 200
        picture.close()


def test_language_models_get_the_site_in_one_page(reader, guide):
    text = reader.get("/llms.txt").content.decode()

    assert f"http://testserver/guides/{guide.slug}.md" in text


def test_health_is_told_without_details(reader, monkeypatch):
    assert reader.get("/healthz").content == b"ok\n"
    assert reader.get("/readyz").content == b"ok\n"

    def away(connection):
        raise DatabaseError("password authentication failed")

    monkeypatch.setattr("hub.wellknown.MigrationExecutor", away)
    answer = reader.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"no database\n")


def test_a_page_of_the_site_is_edited_in_admin(reader, browser_of, curator):
    page = Page.objects.create(slug="about", title="About", summary="x", body="Old.")

    browser_of(curator).post(
        f"/admin/hub/page/{page.pk}/change/",
        {
            "slug": "about",
            "title": "About us",
            "summary": "What.",
            "body": "New words.",
            "note": "Who we are.",
            "version": "0",
        },
    )

    assert "New words." in visit(reader, "/about/").get_text()


def test_the_contact_page_names_the_address(reader):
    body = "Write to {{ contact_email }}."
    Page.objects.create(slug="contact", title="Contact", summary="x", body=body)

    assert "editors@handover.example" in visit(reader, "/contact/").main.get_text()


def test_only_curators_see_the_styleguide(reader, browser_of, newcomer, curator):
    assert reader.get("/styleguide/").status_code == 302
    assert browser_of(newcomer).get("/styleguide/").status_code == 302
    visit(browser_of(curator), "/styleguide/")


def test_a_form_that_is_too_old_gives_the_words_back(guide):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user(), "accounts.backends.PersonBackend")

    address = f"{guide.get_absolute_url()}discussion/new/"
    answer = browser.post(address, {"body": "A long question"})

    assert answer.status_code == 403
    assert b"A long question" in answer.content
