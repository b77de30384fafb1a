"""Every page begins with the way to the sections of the site."""

import pytest

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
