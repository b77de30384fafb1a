"""Curators say what the home page shows, and in which order."""

from collections import Counter
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.utils import timezone
from zeal import zeal_ignore

from guides.models import AskedSearch, Pathway, Verification
from hub import home
from hub.models import HomeGuide, HomeSearch, HomeSection
from hub.usual_home import arrange
from tests.factories import make_guide, publish
from tests.guides.pathways import make_pathway
from tests.hub.test_queries import make_many
from tests.pages import visit

LIST = "/admin/hub/homesection/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.fixture
def first_day():
    """A guide for the first day."""
    guide = make_guide(stages=["first-day"])
    return publish(guide, title="Before you log in")


def choose(*guides, **given) -> HomeSection:
    """A section with these guides, the first of them on top."""
    section = HomeSection.objects.create(heading="For the election", **given)
    for order, guide in enumerate(guides):
        section.places.create(guide=guide, order=order)
    return section


def headings(page) -> list[str]:
    """The headings of the home page, from the top."""
    return [heading.get_text() for heading in page.main.find_all("h2")]


def arrange_by(admin, **changes):
    """Save the list of sections with some of its fields changed."""
    rows = list(HomeSection.objects.all())
    typed = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        order, is_shown = changes.get(row.kind, (row.order, row.is_shown))
        typed |= {f"form-{number}-id": row.pk, f"form-{number}-order": order}
        typed |= {f"form-{number}-is_shown": "on"} if is_shown else {}
    with zeal_ignore():  # Django's own: an editable list is saved row by row
        return admin.post(LIST, typed | {"_save": "Save"})


def test_a_new_site_shows_what_it_always_did(reader, guide, first_day):
    page = visit(reader, "/")

    assert headings(page) == [
        "Read these first",
        "New and changed guides",
        "Browse by topic",
    ]
    assert page.select_one(".hero .folder__tab").get_text() == "Starting on Monday?"
    assert page.select_one(".folder a")["href"] == first_day.get_absolute_url()


def test_a_curator_changes_the_order_and_hides_a_section(
    admin, reader, guide, first_day
):
    assert arrange_by(admin, topics=(1, True), newest=(2, False)).status_code == 302

    page = visit(reader, "/")
    assert headings(page) == ["Browse by topic", "Read these first"]
    assert not page.select(".folder")
    assert page.select_one("#first + ul a")["href"] == first_day.get_absolute_url()


def test_the_search_and_the_welcome_stay_whatever_is_hidden(admin, reader, guide):
    nothing = dict.fromkeys(HomeSection.Kind.values, (1, False))
    arrange_by(admin, **nothing)

    page = visit(reader, "/")

    assert headings(page) == []
    assert page.find("input", attrs={"name": "q"})


def test_a_curator_puts_guides_in_front_of_readers(admin, reader):
    guides = [publish(title=f"Guide {letter}") for letter in "AB"]
    typed = {"heading": "For the election", "order": "5", "is_shown": "on"}
    typed |= {"places-TOTAL_FORMS": 2, "places-INITIAL_FORMS": 0}
    for number, guide in enumerate(guides):
        typed |= {f"places-{number}-guide": guide.pk}
        typed |= {f"places-{number}-order": 10 - number}

    with zeal_ignore():  # Django's own: each choice of a form is looked up
        answer = admin.post(f"{LIST}add/", typed)
    assert answer.status_code == 302, answer.content.decode()

    folder = visit(reader, "/").select_one(".hero .folder")
    assert folder.h2.get_text() == "For the election"
    assert [link.get_text() for link in folder.select("a")] == ["Guide B", "Guide A"]


def test_a_chosen_guide_that_is_withdrawn_is_not_shown(reader, curator, guide):
    other = publish(title="Still here")
    section = choose(guide, other, order=25)
    guide.withdraw(by=curator, reason="Old.")

    page = visit(reader, "/")

    band = page.find("section", attrs={"aria-labelledby": section.anchor})
    assert [link.get_text() for link in band.select("a")] == ["Still here"]


def test_a_section_whose_guides_all_went_leaves_the_page(reader, curator, guide):
    choose(guide, order=15)
    guide.withdraw(by=curator, reason="Old.")

    assert "For the election" not in headings(visit(reader, "/"))


def test_a_curator_sees_a_section_before_readers_do(admin, reader, guide):
    section = choose(guide, is_shown=False)
    assert "For the election" not in headings(visit(reader, "/"))

    page = admin.get(f"{LIST}{section.pk}/preview/")

    assert "For the election" in headings(BeautifulSoup(page.content, "html.parser"))
    assert reader.get(f"{LIST}{section.pk}/preview/").status_code == 302


def test_only_a_live_guide_is_chosen(admin, curator, guide):
    section = choose(guide)
    draft = make_guide()
    guide.withdraw(by=curator, reason="Old.")
    address = f"{LIST}{section.pk}/change/"
    place = section.places.get()
    typed = {"heading": "Now", "order": 5, "is_shown": "on"}
    typed |= {"places-TOTAL_FORMS": 1, "places-INITIAL_FORMS": 1}
    typed |= {"places-0-id": place.pk, "places-0-section": section.pk}
    typed |= {"places-0-guide": guide.pk, "places-0-order": 0}

    assert "Nothing: it is withdrawn." in admin.get(address).content.decode()
    assert admin.post(address, typed).status_code == 302
    answer = admin.post(address, typed | {"places-0-guide": draft.pk})

    assert "Choose a live guide" in answer.content.decode()
    assert HomeGuide.objects.get().guide == guide


def test_the_usual_sections_are_hidden_but_never_deleted(admin, guide):
    usual, chosen = HomeSection.objects.first(), choose(guide)

    for section, status in (usual, 403), (chosen, 302):
        address = f"{LIST}{section.pk}/delete/"
        assert admin.post(address, {"post": "yes"}).status_code == status

    assert not HomeSection.objects.filter(kind="chosen")


def test_there_is_one_section_of_each_kind_but_the_chosen(guide):
    choose(guide), choose(guide)

    for wrong in {"kind": "newest"}, {"heading": ""}, {"kind": "news"}:
        with pytest.raises(IntegrityError), transaction.atomic():
            HomeSection.objects.create(**({"heading": "x"} | wrong))


def test_a_home_page_that_somebody_arranged_is_left_alone(guide):
    HomeSection.objects.filter(kind="topics").delete()

    arrange()

    assert not HomeSection.objects.filter(kind="topics")


@pytest.mark.parametrize("number", [10, 200])
def test_a_full_home_page_costs_no_more(reader, number, django_assert_max_num_queries):
    make_many(number)
    guides = [publish(make_guide(stages=["first-day"])) for _ in range(3)]
    choose(*guides, order=1), choose(*guides, order=15), choose(*guides)

    with django_assert_max_num_queries(8):
        page = visit(reader, "/")

    assert headings(page).count("For the election") == 3


def test_what_somebody_found_still_correct_stands_with_its_day(
    reader, curator, guide, days_ago
):
    older = publish(title="Looked at last year")
    for checked, days in (older, 300), (guide, 3):
        checked.verify(by=curator, basis="used")
        Verification.objects.filter(guide=checked).update(at=days_ago(days))
    publish(title="Nobody looked")

    band = visit(reader, "/").find("section", attrs={"aria-labelledby": "verified"})

    assert [link.get_text() for link in band.select(".card-row__title a")] == [
        guide.live_edition.title,
        "Looked at last year",
    ]
    assert band.time["datetime"] == timezone.localdate(days_ago(3)).isoformat()


def test_a_guide_found_still_correct_does_not_stand_among_the_new_ones_too(
    reader, curator, guide
):
    guide.verify(by=curator, basis="used")
    assert headings(visit(reader, "/")) == ["Found still correct", "Browse by topic"]

    publish(title="Nobody looked")

    band = visit(reader, "/").find("section", attrs={"aria-labelledby": "newest"})
    assert [link.get_text() for link in band.select(".card-row a")] == ["Nobody looked"]


def test_a_pathway_stands_first_and_says_what_to_begin_with(
    reader, guide, first_day, monkeypatch
):
    steps = ["Passes and people", "Who answers to whom"]
    way = home.Shown("Your first 10 days", "In the order you need.", "/x/", steps, 4)
    monkeypatch.setattr(home, "pathways", lambda: [way])

    page = visit(reader, "/")

    folder = page.select_one(".hero .folder")
    assert folder.h2.get_text() == "Your first 10 days"
    assert [step.get_text(strip=True) for step in folder.select("li")] == steps
    assert "4 more steps" in folder.get_text()
    assert folder.a["href"] == "/x/"
    assert "Read these first" not in headings(page)


def test_the_pathway_for_newcomers_is_found_with_its_steps(reader, curator, guide):
    given = {"title": "Your first days", "summary": "In order.", "done_when": "Sure."}
    Pathway.objects.create(slug="veterans", audience="veterans", order=0, **given)
    way = Pathway.objects.create(slug="first", audience="newcomers", order=1, **given)
    told = {"box": "day", "number": 1, "why": "It helps.", "done_when": "you did."}
    way.steps.create(position=1, guide=guide, **told)
    for number in range(2, 9):
        way.steps.create(position=number, title=f"Task {number}", minutes=5, **told)

    folder = visit(reader, "/").select_one(".hero .folder")

    steps = [step.get_text(strip=True) for step in folder.select("li")]
    assert steps[:2] == [guide.live_edition.title, "Task 2"]
    assert len(steps) == 5
    assert "3 more steps" in folder.get_text()
    links = [link["href"] for link in folder.select("a")]
    assert links == [way.get_absolute_url(), "/pathways/#monday"]

    guide.withdraw(by=curator, reason="Old.")
    assert visit(reader, "/").select_one(".folder li").get_text(strip=True) == "Task 2"


def test_the_steps_on_the_home_page_follow_a_merged_guide(reader, guide):
    old, withdrawn = publish(title="Old"), publish(title="Withdrawn")
    old.merge(into=guide, by=None)
    withdrawn.withdraw(by=None, reason="Out of date.")
    make_pathway({"guide": withdrawn}, {"guide": old}, {})

    folder = visit(reader, "/").select_one(".hero .folder")

    steps = [step.get_text(strip=True) for step in folder.select("li")]
    assert steps == [guide.live_edition.title, "Task 3"]


def test_a_pathway_can_stand_further_down(admin, reader, guide, monkeypatch):
    way = home.Shown("Your first 10 days", "In order.", "/x/", ["Passes"])
    monkeypatch.setattr(home, "pathways", lambda: [way])
    arrange_by(admin, pathway=(99, True))

    page = visit(reader, "/")

    assert not page.select(".folder")
    assert headings(page)[-1] == "Your first days"
    assert page.select_one(".relay li").get_text(strip=True) == "Passes"


def choose_words(admin, *words):
    """Put words under the search box, by the form of their section."""
    section = HomeSection.objects.get(kind="searches")
    typed = {"heading": section.heading, "order": 40, "is_shown": "on"}
    typed |= {"searches-TOTAL_FORMS": len(words), "searches-INITIAL_FORMS": 0}
    for number, one in enumerate(words):
        typed |= {f"searches-{number}-words": one, f"searches-{number}-order": number}
    return admin.post(f"{LIST}{section.pk}/change/", typed)


def test_a_curator_chooses_the_words_under_the_search_box(admin, reader, guide):
    assert not visit(reader, "/").select(".looked-up")

    answer = choose_words(admin, "panel", "service assessments")
    assert answer.status_code == 302, answer.content.decode()

    links = visit(reader, "/").select(".hero .looked-up a")
    assert [link.get_text() for link in links] == ["panel", "service assessments"]
    assert guide.live_edition.title in visit(reader, links[1]["href"]).main.get_text()


def test_words_that_find_nothing_are_not_put_there(admin, guide):
    answer = choose_words(admin, "panel", "xylophone")

    assert "Nothing is found under these words." in answer.content.decode()
    assert not HomeSearch.objects.exists()


def test_a_curator_sees_what_readers_look_up_on_several_days(admin, reader, guide):
    today = timezone.localdate()
    for days in range(3):
        AskedSearch.objects.add(Counter(["panel"]), today - timedelta(days=days))
    AskedSearch.objects.add(Counter({"once only": 50}))
    section = HomeSection.objects.get(kind="searches")

    page = admin.get(f"{LIST}{section.pk}/change/").content.decode()

    assert "panel: on 3 days" in page
    assert "once only" not in page
    assert not visit(reader, "/").select(".looked-up")
