"""What readers look up and find is counted, without a word about who asked."""

from collections import Counter

import pytest

from guides.models import AskedSearch
from guides.models.asked import MOST_A_DAY
from guides.reads import searches
from tests.guides.test_reads import BROWSER


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    searches.reads.clear()
    yield
    searches.reads.clear()


def counted() -> dict[str, int]:
    searches.write()
    return dict(AskedSearch.objects.values_list("query", "times"))


def look_up(reader, words: str, **given) -> None:
    data = {"q": words, **given}
    answer = reader.get("/search/", data, headers=BROWSER)
    assert answer.status_code == 200


def test_the_same_words_are_one_search(reader, guide):
    for words in "Panel", "panel ", "  PANEL":
        look_up(reader, words)

    assert counted() == {"panel": 3}


@pytest.mark.parametrize(
    "words",
    [
        "xylophone",  # finds nothing
        "panle",  # finds something else
        "panel 07700900123",
        "panel or sam@example.org",
        "panel -sam",
        '"the panel"',
        "the panel asks which evidence settles it",
        "panel " * 9,
    ],
)
def test_what_finds_nothing_or_may_be_about_somebody_is_not_kept(reader, guide, words):
    look_up(reader, words)

    assert counted() == {}


def test_filtered_searches_programs_and_later_pages_do_not_count(reader, guide):
    look_up(reader, "panel", kind=guide.kind)
    reader.get("/search/?q=panel", headers={"user-agent": "Googlebot/2.1"})
    reader.head("/search/?q=panel", headers=BROWSER)

    assert counted() == {}


def test_a_search_writes_nothing_itself(reader, guide, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        look_up(reader, "panel")

    assert not AskedSearch.objects.exists()


def test_on_a_very_busy_day_only_known_words_go_on_counting():
    AskedSearch.objects.add(Counter(f"word {n}" for n in range(MOST_A_DAY)))

    AskedSearch.objects.add(Counter(["word 7", "one more"]))

    found = dict(AskedSearch.objects.values_list("query", "times"))
    assert len(found) == MOST_A_DAY
    assert found["word 7"] == 2
