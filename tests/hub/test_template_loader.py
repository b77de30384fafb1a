"""Pages travel without the indentation of their templates."""

from pathlib import Path

from django.template.loader import get_template

from tests.factories import publish
from tests.pages import visit


def test_no_line_of_a_page_is_indented(reader, guide):
    visit(reader, "/guides/")
    text = reader.get("/guides/").content.decode()

    assert "<li" in text
    assert not [line for line in text.splitlines() if line.startswith(" ")]


def test_an_error_still_names_the_right_line():
    template = get_template("base.html").template

    written = Path(template.origin.name).read_text()
    assert template.source.count("\n") == written.count("\n")


def test_the_markdown_of_a_guide_keeps_its_indentation(reader, guide):
    publish(guide, body="- one\n    - two\n")

    assert "\n    - two" in reader.get(f"/guides/{guide.slug}.md").content.decode()
