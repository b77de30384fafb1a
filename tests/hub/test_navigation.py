"""Every page begins with the way to the sections of the site, or of the admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission

from tests.factories import make_user
from tests.pages import visit


def marked(page) -> dict[str, str]:
    """The sections that are marked as the one at hand, and how."""
    links = page.select("header nav a[aria-current]")
    return {link.get_text(): link["aria-current"] for link in links}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/guides/", {"Guides": "page"}),
        ("/guides/starting-out/", {"Guides": "true"}),
        ("/glossary/", {"Glossary": "page"}),
        ("/search/", {}),
        ("/", {}),
    ],
)
def test_the_section_at_hand_is_marked(reader, guide, address, shown):
    guide.slug = "starting-out"
    guide.save()

    page = visit(reader, address)

    assert marked(page) == shown
    names = [link.get_text() for link in page.select("header nav a")]
    assert names[:3] == ["Guides", "Pathways", "Policies"]
    assert names[3:] == ["Organisations", "Glossary", "About"]


def test_one_page_says_nothing_of_the_one_before(reader):
    assert marked(visit(reader, "/policies/")) == {"Policies": "page"}
    assert marked(visit(reader, "/organisations/")) == {"Organisations": "page"}
    assert marked(visit(reader, "/nowhere/", 404)) == {}
    assert marked(visit(reader, "/policies/")) == {"Policies": "page"}


def admin_page(browser, address: str) -> BeautifulSoup:
    """A page of the admin, whose form is Django's."""
    return BeautifulSoup(browser.get(address).content, "html.parser")


def beside(page) -> list[str]:
    """The addresses of the lists that stand beside a page of the admin."""
    return [link["href"] for link in page.select("#nav-sidebar th a")]


def test_beside_each_page_of_the_admin_stand_the_lists_a_curator_may_open(
    browser_of, curator
):
    page = admin_page(browser_of(curator), "/admin/discussions/comment/")

    here = page.select_one("#nav-sidebar [aria-current]")
    assert here["href"] == "/admin/discussions/comment/"
    assert "current-app" in here.find_parent("div")["class"]
    index = admin_page(browser_of(curator), "/admin/").select("#content-main th a")
    assert beside(page) == [link["href"] for link in index]
    assert "/admin/guides/guide/" in beside(page)


def test_whoever_may_open_one_list_finds_that_one_alone(browser_of):
    helper = make_user(is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_comment"))

    page = admin_page(browser_of(helper), "/admin/discussions/comment/")

    assert beside(page) == ["/admin/discussions/comment/"]
    assert not page.select("#nav-sidebar .addlink")
