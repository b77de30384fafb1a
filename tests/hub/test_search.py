"""Searching for words."""

import pytest

from guides.models import EmptySearch
from guides.search import MARK_END, MARK_START, marked
from tests.factories import make_draft, make_guide, publish
from tests.pages import visit


def found(page) -> list[str]:
    return [link.get_text() for link in page.select(".card-row__title a")]


@pytest.fixture(autouse=True)
def _guides():
    publish(make_guide(slug="spend"), title="Spend control", body="Ask for approval.")
    publish(
        make_guide(slug="submissions", kind="how-to"),
        title="Submissions",
        body="A submission may need approval of spend by the minister.",
    )


def test_a_title_weighs_more_than_the_text(reader):
    page = visit(reader, "/search/?q=spend")

    assert found(page) == ["Spend control", "Submissions"]


def test_the_words_found_are_marked_in_an_extract(reader):
    page = visit(reader, "/search/?q=minister")

    assert page.select_one(".card-row mark").get_text() == "minister"


@pytest.mark.parametrize("words", ["zebras", '"striped zebra"', "zebra -minister"])
def test_an_extract_shows_the_place_far_down_in_a_long_text(reader, words):
    filler = "Nobody looks for this line of the text.\n\n" * 500
    publish(title="Long", body=f"Striped things.\n\n{filler}A striped zebra waits.")

    page = visit(reader, "/search/", data={"q": words})

    assert "zebra" in page.select_one(".card-row mark").parent.get_text()


def test_quotes_keep_words_together(reader):
    assert found(visit(reader, '/search/?q="spend+control"')) == ["Spend control"]
    assert found(visit(reader, "/search/?q=approval+-minister")) == ["Spend control"]


def test_a_slip_of_the_finger_is_answered(reader):
    page = visit(reader, "/search/?q=submisions")

    assert found(page) == ["Submissions"]
    assert "Did you mean submissions?" in page.select_one(".notice").get_text()


def test_filters_narrow_a_search(reader):
    page = visit(reader, "/search/?q=approval&kind=how-to")

    assert found(page) == ["Submissions"]


def test_a_draft_is_found_by_nobody(reader):
    make_draft(title="Quarantine")

    assert found(visit(reader, "/search/?q=quarantine")) == []


def test_an_empty_result_says_what_to_do_and_is_remembered(reader):
    page = visit(reader, "/search/?q=Xylophone++licence")

    assert "Look through every guide" in page.select_one(".empty").get_text()
    assert EmptySearch.objects.get().query == "xylophone licence"


@pytest.mark.parametrize("words", ["sam@example.org", "call 07700900123"])
def test_words_about_a_person_are_not_kept(reader, words):
    visit(reader, "/search/", data={"q": words})

    assert not EmptySearch.objects.exists()


def test_a_guide_cannot_put_markup_into_an_extract(reader):
    publish(title="Odd", body="Zebra \ue000<b>bold</b>\ue001 and `<script>` zebra")

    page = visit(reader, "/search/?q=zebra")

    assert not page.select(".card-row b, .card-row script")


@pytest.mark.parametrize("query", ["q=x&kind=poem", "q=x&page=abc", "q=x&stage=y"])
def test_nonsense_in_the_address_is_a_worded_404(reader, query):
    assert "There is no" in visit(reader, f"/search/?{query}", 404).main.get_text()


def test_an_extract_is_text_but_for_its_marks():
    extract = f"{MARK_START}Zebra{MARK_END} <b>1 < 2</b> & {MARK_END}"

    html = "<mark>Zebra</mark> &lt;b&gt;1 &lt; 2&lt;/b&gt; &amp; "
    assert marked(extract).strip() == html.strip()
