"""What changed, when and why."""

import pytest

from tests.factories import make_draft, publish
from tests.pages import visit


def test_the_history_tells_what_changed_and_why(reader, guide):
    publish(guide, change_note="Two points were added in May.")

    page = visit(reader, f"{guide.get_absolute_url()}history/")

    rows = page.select(".history > li")
    assert [row.h2.a.get_text() for row in rows] == ["Edition 2", "Edition 1"]
    assert "Two points were added in May." in rows[0].get_text()


def test_any_two_editions_are_compared_word_by_word(reader):
    guide = publish(body="Ask the panel in May.")
    publish(guide, body="Ask the panel in June.")

    page = visit(reader, f"{guide.get_absolute_url()}compare/1/2/")

    assert "May" in page.select_one(".diff del").get_text()
    assert "June" in page.select_one(".diff ins").get_text()
    assert "panel" not in page.select_one(".diff ins").get_text()


def test_the_two_editions_chosen_are_put_in_order(reader, guide):
    publish(guide)

    answer = reader.get(f"{guide.get_absolute_url()}compare/?old=2&new=1")

    assert answer.url == f"{guide.get_absolute_url()}compare/1/2/"


@pytest.mark.parametrize("old", ["x", "0", "-1", "9999999999", "1e3"])
def test_choosing_nonsense_leads_back_to_the_history(reader, guide, old):
    address = f"{guide.get_absolute_url()}compare/?old={old}&new=1"

    assert reader.get(address).url == f"{guide.get_absolute_url()}history/"


def test_an_old_edition_says_that_it_is_old(reader, guide):
    publish(guide)

    page = visit(reader, f"{guide.get_absolute_url()}editions/1/")

    assert "This is edition 1" in page.select_one(".notice").get_text()


def test_a_draft_is_in_no_comparison_for_strangers(reader, guide):
    make_draft(guide)

    visit(reader, f"{guide.get_absolute_url()}compare/1/2/", 404)
