"""The site's own pages, as they come with it."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from guides.models.asked import KEPT, MOST_WORDS, OFTEN
from tests.pages import visit

PAGES = Path(settings.BASE_DIR) / "content" / "pages"


@pytest.fixture
def seeded(tmp_path):
    """A site with its own pages, and nothing else."""
    shutil.copytree(PAGES, tmp_path / "pages")
    registers = "jurisdictions", "organisations", "policies", "terms"
    for name in *registers, "pathways", "topics":
        (tmp_path / f"{name}.yaml").write_text("[]")
    call_command("seed", content=tmp_path, verbosity=0)


def words_of(page) -> str:
    return " ".join(page.main.get_text(" ").split())


def test_the_footer_leads_to_every_page_and_each_page_leads_on(reader):
    call_command("seed", verbosity=0)
    links = [link["href"] for link in visit(reader, "/").select("footer a")]

    pages = [f"/{path.stem}/" for path in PAGES.glob("*.md")]
    assert sorted(links) == sorted([*pages, "/why/"])
    for address in links:
        for link in visit(reader, address).main.select("a[href^='/']"):
            status = reader.get(link["href"]).status_code
            assert status in (200, 302), (address, link["href"])


def test_about_says_why_the_hub_exists_and_where_the_idea_is_from(reader, seeded):
    page = visit(reader, "/about/")

    assert "Why this hub exists" in [h.get_text() for h in page.find_all("h2")]
    assert "anonymous public blog post" in words_of(page)


def test_the_cookie_page_names_every_cookie_that_the_site_sets(reader, seeded):
    named = {cell.get_text() for cell in visit(reader, "/cookies/").select("td code")}

    for name in "SESSION", "CSRF", "PENDING":
        cookie = getattr(settings, f"{name}_COOKIE_NAME")
        assert {cookie, f"__Host-{cookie}"} <= named


def test_the_cookie_page_names_what_scripts_keep_in_the_browser(reader, seeded):
    words = words_of(visit(reader, "/cookies/"))
    kept = set()
    for script in (Path(settings.BASE_DIR) / "static" / "js").glob("*.js"):
        text = script.read_text()
        if "localStorage" in text or "sessionStorage" in text:
            kept |= set(re.findall(r"handover-\w+", text))

    assert kept
    assert not [name for name in kept if name not in words]


def test_the_privacy_page_says_how_searches_are_counted(reader, seeded):
    words = words_of(visit(reader, "/privacy/"))

    assert (KEPT.days, MOST_WORDS, OFTEN) == (90, 4, 3)
    assert "a search of up to four words" in words
    assert "forget it after 90 days" in words
    assert "on at least three days" in words


def test_no_page_is_left_with_a_blank_to_fill_in():
    for path in PAGES.glob("*.md"):
        assert "____" not in path.read_text(), path
    form = (Path(settings.BASE_DIR) / "docs" / "safety-assessment.md").read_text()
    assert "not legal advice" in form
    assert form.count("____") > 50
