"""Pages travel without the indentation of their templates."""

from pathlib import Path

from django.template.loader import get_template

PROJECT = Path(__file__).parents[2]


def written(name: str) -> str:
    """A template as it was written."""
    return (PROJECT / "templates" / name).read_text()


def test_no_line_of_a_page_is_indented(reader, guide):
    text = reader.get("/guides/").content.decode()

    assert "<li" in text
    assert not [line for line in text.splitlines() if line.startswith(" ")]


def test_an_error_still_names_the_right_line():
    source = get_template("guides/guide_detail.html").template.source

    assert source.count("\n") == written("guides/guide_detail.html").count("\n")


def test_what_is_not_html_stays_as_it_was_written():
    name = "hub/opensearch.xml"

    assert "\n  " in written(name)
    assert get_template(name).template.source == written(name)


def test_no_template_has_text_whose_indentation_a_browser_shows():
    for path in (PROJECT / "templates").rglob("*.html"):
        for line in path.read_text().splitlines():
            for name in "pre", "textarea":
                opened, closed = line.count(f"<{name}"), line.count(f"</{name}>")
                assert opened == closed, (path, line)
