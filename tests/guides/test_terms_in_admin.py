"""Curators write the glossary and see what it lacks."""

import pytest
from bs4 import BeautifulSoup
from procrastinate.contrib.django.models import ProcrastinateJob

from guides.models import UnknownAcronym
from landscape.models import Jurisdiction, Term
from tests.factories import publish
from tests.guides.glossary import make_term

LIST, ADD = "/admin/guides/unknownacronym/", "/admin/landscape/term/add/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def jobs() -> int:
    name = "guides.explaining.explain_again"
    return ProcrastinateJob.objects.filter(task_name=name, status="todo").count()


def typed(**given) -> dict:
    return {
        "short": "TLA",
        "slug": "tla",
        "kind": "acronym",
        "meaning": "What.",
    } | given


def test_the_most_used_unknown_acronym_comes_first_and_leads_to_a_new_term(admin):
    for short, guides in ("ABC", 2), ("TLA", 9):
        UnknownAcronym.objects.create(short=short, guides=guides)

    page = BeautifulSoup(admin.get(LIST).content, "html.parser")

    links = page.select("td.field-explain a")
    assert [link.text for link in links] == ["Explain TLA", "Explain ABC"]
    form = BeautifulSoup(admin.get(links[0]["href"]).content, "html.parser")
    assert form.find(id="id_short")["value"] == "TLA"
    assert form.find(id="id_kind").find(selected=True)["value"] == "acronym"


def test_an_acronym_is_found_as_it_is_typed(admin):
    for short in "ABC", "TLA":
        UnknownAcronym.objects.create(short=short, guides=2)

    page = BeautifulSoup(admin.get(f"{LIST}?q=TL").content, "html.parser")

    assert [cell.text for cell in page.select(".field-short")] == ["TLA"]


def test_what_a_curator_saves_is_soon_said_by_every_guide(admin, reader):
    guide = publish(body="A TLA.")
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")

    answer = admin.post(ADD, typed(jurisdictions=[uk.pk], aliases="tla, tlas"))

    assert answer.status_code == 302, answer.context["errors"]
    term = Term.objects.get()
    assert (term.aliases, list(term.jurisdictions.all())) == (["tla", "tlas"], [uk])
    assert jobs() == 1
    assert b"term-tla" not in reader.get(guide.get_absolute_url()).content


def test_two_changes_before_the_worker_comes_are_one_job(admin):
    admin.post(ADD, typed())
    change = f"/admin/landscape/term/{Term.objects.get().pk}/change/"

    answer = admin.post(change, typed(meaning="Something else."))

    assert answer.status_code == 302
    assert (Term.objects.get().meaning, jobs()) == ("Something else.", 1)


def test_names_of_others_and_rings_are_refused_in_words(admin):
    term = make_term("TLA", slug="tla")
    other = make_term("ABC", slug="abc", replaced_by=term)

    change = f"/admin/landscape/term/{term.pk}/change/"
    for wrong, said in (
        ({"aliases": "ABC"}, "“ABC” is the term ABC already."),
        ({"replaced_by": other.pk}, "ABC gave way to TLA itself."),
    ):
        assert said in admin.post(change, typed(**wrong)).content.decode()
    term.refresh_from_db()
    assert term.replaced_by is None
