"""Writers find what to cite, and hear of what they cite in vain."""

import pytest
from bs4 import BeautifulSoup

from guides.models import Citation
from guides.registers import look_up
from guides.wave import reorganise
from tests.factories import make_draft, make_guide
from tests.guides.landscape import citing, make_body, make_policy, make_term
from tests.pages import visit

CITE = "/guides/new/cite/"


@pytest.fixture
def standard():
    """A policy that holds."""
    return make_policy(
        slug="service-standard", title="Service Standard", abbreviation="GSS"
    )


@pytest.fixture
def old(standard):
    """A policy that does not."""
    policy = make_policy(slug="old", title="Old", status="superseded", ended="2019")
    standard.relations.create(other=policy, kind="replaces", since="2019-06-30")
    return policy


def advice(browser, body: str) -> str:
    sent = {"title": "T", "summary": "S.", "body": body}
    page = browser.post("/guides/new/preview/?fragment", sent).content
    return " ".join(BeautifulSoup(page, "html.parser").get_text().split())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("policy:service-standrd", "Do you mean “policy:service-standard”?"),
        ("policy:gss", "Do you mean “policy:service-standard”?"),
        ("policy:xylophone", "Nothing is called “policy:xylophone” in the registers."),
        ("org:service-standard", "Nothing is called “org:service-standard”"),
    ],
)
def test_the_preview_names_what_is_cited_in_vain(
    browser_of, author, standard, typed, said
):
    assert said in advice(browser_of(author), f"By [[{typed}]] and [[{typed}]].")


def test_every_name_that_is_off_by_a_letter_has_its_guess_for_one_query_more(
    django_assert_num_queries,
):
    slugs = [
        f"{name}-standard" for name in ("alpha", "bravo", "coast", "delta", "echo")
    ]
    for slug in slugs:
        make_policy(slug=slug)
    body = " ".join(f"[[policy:{slug}s]]" for slug in slugs)

    with django_assert_num_queries(2):
        register = look_up(f"{body} [[policy:xylophone]]", guesses=True)

    found = [register["policy", f"{slug}s"].nearest for slug in slugs]
    assert found == [f"policy:{slug}" for slug in slugs]
    assert register["policy", "xylophone"].nearest == ""


def test_the_preview_shows_what_readers_will_see(browser_of, author, standard):
    sent = {"body": "By [[policy:service-standard]] or [[policy:none|other words]]."}

    page = browser_of(author).post("/guides/new/preview/?fragment", sent).content

    shown = BeautifulSoup(page, "html.parser").article
    assert shown.get_text().strip() == "By Service Standard or other words."
    assert shown.a["href"] == "/policies/service-standard/"


def test_what_holds_no_more_is_named_before_it_is_handed_in(
    browser_of, author, topic, old
):
    draft = make_draft(
        make_guide(owner=author, topics=[topic]),
        created_by=author,
        body="By [[policy:old]] and [[org:none]].",
    )
    browser = browser_of(author)
    page = visit(browser, f"/guides/{draft.guide.slug}/submit/")
    words = " ".join(page.get_text().split())
    assert "Old was superseded in 2019 by Service Standard. Cite what holds" in words

    sent = {"edition": draft.pk, "version": draft.version}
    page = browser.post(f"/guides/{draft.guide.slug}/submit/", sent, follow=True)

    assert "so no link: org:none." in page.content.decode()
    assert Citation.objects.get().policy == old
    draft.refresh_from_db()
    assert (draft.state, "[[org:none]]" in draft.body) == ("submitted", True)


def test_a_curator_reads_it_before_publishing(browser_of, curator, author, topic):
    guide = make_guide(owner=author, topics=[topic])
    make_draft(guide, created_by=author, body="By [[org:none]].").submit(by=author)
    chosen = {"action": "publish", "_selected_action": [guide.pk]}

    page = browser_of(curator).post("/admin/guides/guide/", chosen).content.decode()

    assert "readers see no link: org:none" in page


def test_a_citation_counts_as_a_source(browser_of, author, standard):
    words = advice(browser_of(author), "You must, by [[policy:service-standard]].")

    assert "source" not in words


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("standard", "[[policy:service-standard]]"),
        ("gss", "[[policy:service-standard]]"),
        ("Commercial S", "[[org:ccs]]"),
        ("accounting", "[[term:ao]]"),
    ],
)
def test_writers_find_what_they_can_cite(
    browser_of, author, curator, standard, words, typed
):
    body = make_body(slug="ccs", name="Crown Commercial Service")
    reorganise(body, status="renamed", name="Crown Com", on="2026", by=curator)
    make_term()

    page = visit(browser_of(author), CITE, data={"q": words})
    fragment = browser_of(author).get(CITE, {"q": words, "fragment": ""}).content

    assert [code.get_text() for code in page.main.find_all("code")] == [typed]
    button = BeautifulSoup(fragment, "html.parser").button
    assert button["data-cite"] == typed


def test_what_nobody_has_is_said(browser_of, author):
    words = "<b>xylophone</b>"
    page = visit(browser_of(author), CITE, data={"q": words})

    assert f"“{words}”" in page.main.get_text()


def test_strangers_search_nothing(reader):
    assert reader.get(CITE).url.startswith("/accounts/login/")


def test_the_page_on_which_one_writes_leads_there(browser_of, author):
    page = visit(browser_of(author), "/guides/new/")

    assert page.select_one(f".cite a[href='{CITE}']")


def test_a_row_lists_the_guides_that_rest_on_it(reader, standard):
    from django.template import Context, Template

    citing(standard, title="One that cites it")
    make_draft(body="[[policy:service-standard]]", title="A draft")
    page = Template("{% load guides %}{% cited_in row %}")

    words = page.render(Context({"row": standard}))

    assert "One that cites it" in words
    assert "A draft" not in words
    assert not page.render(Context({"row": make_policy()})).strip()
