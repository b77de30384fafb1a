"""An author puts an image into a guide, and readers see it."""

import pytest

from guides.models import Guide
from tests.browser.people import sign_in
from tests.browser.test_access import browser_context_args, faults
from tests.factories import make_draft, make_guide, make_image, make_user, publish
from tests.guides import odd_files

__all__ = ["browser_context_args"]  # lets the checker of accessibility in

WORDS = "The form goes to finance first, then to the board."


@pytest.fixture
def author():
    return make_user("Sample Author")


@pytest.fixture
def guide(author) -> Guide:
    """A guide of which only its author knows."""
    return make_draft(make_guide(owner=author), created_by=author).guide


@pytest.fixture
def file(tmp_path):
    """A drawing on the author's disk."""
    file = tmp_path / "form.png"
    drawing = odd_files.drawing(size=(1200, 700))
    file.write_bytes(odd_files.written(drawing, "PNG"))
    return file


def show(guide, body: str) -> None:
    """Publish the guide's draft with this text."""
    draft = guide.draft
    draft.body = body
    draft.save()
    draft.publish(by=None)


@pytest.mark.parametrize("script", [True, False])
def test_an_author_adds_an_image_and_readers_see_it(
    new_context, live_server, author, guide, file, script
):
    page = new_context(java_script_enabled=script).new_page()
    sign_in(page, live_server.url, author)
    page.goto(f"{live_server.url}{guide.get_absolute_url()}images/")

    page.get_by_role("button", name="Add the image").click()
    page.get_by_role("link", name="File: Choose a file.").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Description").fill(WORDS)
    page.get_by_role("button", name="Add the image").click()
    line = page.get_by_label("Line for the text").input_value()

    show(guide, f"## The way\n\nFirst.\n\n{line[:-1]} 'From desk to board')")
    page.goto(f"{live_server.url}{guide.get_absolute_url()}")
    shown = page.get_by_role("img", name=WORDS)
    shown.scroll_into_view_if_needed()
    shown.evaluate("image => image.decode()")
    assert shown.evaluate("image => image.currentSrc").endswith("-960.webp")
    assert page.get_by_role("figure", name="From desk to board").is_visible()


def test_the_page_of_images_and_a_guide_with_some_are_accessible(
    page, live_server, author, guide
):
    lines = [make_image(guide, author).markdown]
    lines.append(make_image(guide, author, alt="", is_decorative=True).markdown)
    show(guide, "\n\n".join(["## The way", *lines, f"{lines[0][:-1]} 'Under')"]))
    sign_in(page, live_server.url, author)

    found = []
    for address in ["images/", ""]:
        found += faults(page, f"{live_server.url}{guide.get_absolute_url()}{address}")

    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_image_keeps_its_shape_and_fits_the_page(page, live_server, author, width):
    guide = publish()
    publish(guide, body=make_image(guide, author).markdown)
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{live_server.url}{guide.get_absolute_url()}")

    box = page.locator(".prose img").bounding_box()

    assert box["width"] <= width
    assert abs(box["width"] / box["height"] - 640 / 400) < 0.02
