"""What readers and writers see of the glossary in a guide."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import Edition, Guide
from landscape.models import Jurisdiction, Term
from tests.factories import make_draft, make_guide, make_topic, publish
from tests.guides.editor import edit, words_of
from tests.guides.glossary import make_term
from tests.pages import send, visit

BODY = """## Who decides

The SRO signs. A box closes at four.

## What then

> The SRO knows.
"""


@pytest.fixture
def terms():
    """Two terms; one is an everyday word."""
    make_term("box", is_explained=False)
    return make_term("SRO", "senior responsible owner", slug="sro")


@pytest.fixture
def spoken(terms):
    """A live guide that uses them."""
    return publish(body=BODY)


def explained(browser, guide: Guide) -> dict[str, str]:
    """The words that are explained on a guide's page, with where each leads."""
    page = visit(browser, guide.get_absolute_url())
    return {link.text: link["href"] for link in page.select("article .term")}


def test_a_reader_finds_what_a_word_means_at_the_end_of_the_guide(reader, spoken):
    page = visit(reader, spoken.get_absolute_url())

    [link] = page.select("article .term")
    meant = page.find(id=link["href"].removeprefix("#"))
    assert "Senior responsible owner: What senior" in meant.text
    assert page.find(id="terms").text == "Terms on this page"
    assert page.select_one(".toc a[href='#terms']")
    assert meant.select_one("a[href='/glossary/sro/']").text == "SRO in the glossary"
    assert page.find(id=meant.select_one("a[href^='#']")["href"][1:]) == link
    assert link["aria-describedby"] == meant["id"]


def test_a_reader_is_told_that_a_meaning_is_not_verified(reader, terms):
    Term.objects.filter(slug="sro").update(
        needs_check=True, check_note="It is from memory."
    )
    guide = publish(body=BODY)

    page = visit(reader, guide.get_absolute_url())

    said = "Not verified. It is from memory."
    assert said in page.find(id="term-sro").get_text()
    assert page.select_one("article .term")["data-meaning"].endswith(said)


def test_a_guide_without_terms_has_no_list_of_them(reader, guide, terms):
    page = visit(reader, guide.get_absolute_url())

    assert page.find(id="terms") is None
    assert not page.select("script[src*='terms']")


def test_reading_explained_words_asks_no_more(reader, spoken, guide):
    asked = []
    for each in guide, spoken:
        with CaptureQueriesContext(connection) as queries:
            reader.get(each.get_absolute_url())
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 5


def test_everything_but_the_page_has_the_words_alone(reader, spoken):
    address = spoken.get_absolute_url()
    for place in f"/guides/{spoken.slug}.md", f"{address}history/", "/feeds/guides/":
        assert "data-meaning" not in reader.get(place).content.decode()
    edition = spoken.live_edition
    assert edition.body.strip() == BODY.strip()
    assert 'class="term"' not in edition.body_html
    keys = [b["data-block"] for b in visit(reader, address).select("[data-block]")]
    assert [f'data-block="{key}"' in edition.body_html for key in keys] == [True] * len(
        keys
    )


def test_the_meaning_of_the_guides_own_place_is_shown(reader):
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    wales = Jurisdiction.objects.create(slug="wales", name="Wales", parent=uk)
    make_term("MS", "Member of the Senedd", slug="wales-ms", places=["wales"])
    make_term("MS", "managed service", slug="uk-ms", places=["uk"])

    for place, slug in (wales, "wales-ms"), (uk, "uk-ms"):
        guide = publish(make_guide(jurisdictions=[place]), body="An MS.")
        assert explained(reader, guide) == {"MS": f"#term-{slug}"}


def test_a_writer_leaves_a_word_unexplained_for_good(
    browser_of, reader, author, curator, spoken
):
    Guide.objects.filter(pk=spoken.pk).update(owner=author)
    spoken.topics.add(make_topic())
    browser = browser_of(author)
    typed = words_of(spoken.start_draft(by=author), muted_terms=" sro,  AO , sro")

    browser.post(edit(spoken), typed | {"change_note": "Fewer links."})

    page = visit(browser, edit(spoken))
    assert page.find(attrs={"name": "muted_terms"})["value"] == "sro, AO"
    spoken.draft.submit(by=author)
    spoken.draft.publish(by=curator)
    assert explained(reader, spoken) == {}
    spoken.refresh_from_db()
    assert spoken.start_draft(by=author).muted_terms == ["sro", "AO"]


def test_two_writers_see_which_words_the_other_leaves_alone(
    browser_of, author, curator
):
    draft = make_draft(make_guide(owner=author), created_by=author)
    typed = words_of(draft)
    browser_of(author).post(edit(draft.guide), typed | {"muted_terms": "SRO, box"})

    theirs = typed | {"muted_terms": "AO"}
    page = send(browser_of(curator), edit(draft.guide), theirs, status=409)

    assert "SRO, box" in page.main.get_text()


def test_a_preview_explains_and_its_advice_knows(browser_of, author, terms):
    draft = make_draft(make_guide(owner=author), created_by=author)
    typed = words_of(draft, body="The SRO and the TLA sign.")

    page = send(browser_of(author), f"/guides/{draft.guide.slug}/preview/", typed)

    assert [link.text for link in page.select(".preview .term")] == ["SRO"]
    assert page.select_one(".preview #term-sro")
    advice = page.select_one(".advice__fold").text
    assert "TLA" in advice
    assert "SRO" not in advice


def test_a_draft_that_is_handed_in_is_not_advised_on_what_is_explained(
    browser_of, author, terms
):
    draft = make_draft(
        make_guide(owner=author), created_by=author, body="An SRO, a TLA."
    )

    page = visit(browser_of(author), f"/guides/{draft.guide.slug}/submit/")

    assert "“TLA” stands for" in page.main.text
    assert "“SRO” stands for" not in page.main.text


def test_a_writer_pins_a_word_or_one_of_its_meanings(reader, terms):
    for slug in "grade", "officer":
        make_term("AO", f"{slug} of accounts", slug=f"ao-{slug}")
    guide = publish(body="A box, an AO: [[term:ao-grade|AO]]. [[term:box]]!")

    assert explained(reader, guide) == {
        "AO": "/glossary/ao-grade/",
        "box": "/glossary/box/",
    }
    page = visit(reader, guide.get_absolute_url())
    assert page.find(id="term-ao-grade")
    assert page.find(id="term-box")
    assert not page.find(id="term-ao-officer")


def test_an_old_edition_keeps_the_meanings_of_its_time(reader, spoken):
    publish(spoken, body="Nothing.")
    Term.objects.filter(slug="sro").update(meaning="Something else.")
    Edition.objects.explain_again()

    page = visit(reader, f"{spoken.get_absolute_url()}editions/1/")

    assert "What senior responsible owner means." in page.find(id="term-sro").text
