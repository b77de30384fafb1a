"""Pathways as readers and curators see them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides.models import Guide, Pathway, Step
from tests.factories import make_guide, publish
from tests.guides.landscape import citing, make_policy
from tests.guides.pathways import make_pathway, make_step, starter_pathways
from tests.pages import visit

LIST = "/pathways/"


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def words(page) -> str:
    """The text of a page, with single blanks."""
    return " ".join(page.main.get_text().split())


def test_a_reader_finds_the_pathways_in_order(reader):
    make_pathway(title="Second", order=2)
    make_pathway(title="First", order=1, audience="veterans")

    page = visit(reader, LIST)

    titles = [title.get_text() for title in page.select(".card-row__title")]
    assert titles == ["First", "Second"]
    assert "For veterans 2 steps" in words(page)
    assert page.select_one("header a[href='/pathways/']")["aria-current"] == "page"


def test_without_pathways_the_page_leads_to_the_guides(reader):
    assert "No pathway yet" in words(visit(reader, LIST))


def test_a_pathway_shows_each_step_with_its_why_and_its_end(reader):
    guide = publish(title="How it fits", body="## A\n\n" + "word " * 410)
    policy = make_policy(title="A standard")
    task = {"number": 3, "title": "Ask", "why": "Because.", "done_when": "you know."}
    pathway = make_pathway({"box": "before", "guide": guide}, task | {"policy": policy})

    page = visit(reader, pathway.get_absolute_url())

    text = words(page)
    headings = [h.get_text() for h in page.select(".entry__text h2")]
    assert headings == ["Before you arrive", "Day 3"]
    assert "Read How it fits 3 minutes to read" in text
    assert "Ask 10 minutes Why: Because. It rests on A standard." in text
    assert "You are done when you know." in text
    assert page.select_one(".step a")["href"] == guide.get_absolute_url()


def test_a_part_of_a_guide_has_minutes_of_its_own(reader):
    guide = publish(title="Long", body="## A\n\n" + "word " * 4000)
    step = {"guide": guide, "part": "The section on day one", "minutes": 4}

    text = words(visit(reader, make_pathway(step).get_absolute_url()))

    assert "Read Long The section on day one 4 minutes to read" in text


def test_the_line_says_in_words_what_it_draws(reader):
    steps = [{"box": "before"}, *({"number": number} for number in (1, 1, 2, 3, 4))]

    page = visit(reader, make_pathway(*steps).get_absolute_url())

    line = page.select_one("svg.line")
    assert line["aria-label"] == (
        "The pathway as a line with 5 stops: Before, 1 step; Day 1, 2 steps; "
        "Day 2, 1 step; Day 3, 1 step; Day 4, 1 step."
    )
    assert len(line.select("circle")) == 5


def test_a_short_line_keeps_the_size_of_its_letters(reader):
    pathways = make_pathway({}, {"number": 2}), starter_pathways()

    lines = [
        visit(reader, pathway.get_absolute_url()).select_one("svg.line")
        for pathway in (pathways[0], pathways[1]["first-ten-days-central-department"])
    ]
    widths = {line["viewbox"].split()[2] for line in lines}
    assert len(widths) == 1


def test_what_is_done_in_one_go_has_no_line(reader):
    page = visit(reader, make_pathway({"box": "sitting"}).get_absolute_url())

    assert not page.select("svg.line")


def test_a_step_for_some_says_for_whom(reader):
    pathway = make_pathway({"professions": ["developer"], "tiers": ["nhs"]}, {})

    page = visit(reader, pathway.get_absolute_url())

    assert words(page).count("Only for: Developer, NHS") == 1
    assert page.select("select[name=profession], select[name=tier]")


def test_a_pathway_asks_only_what_its_steps_depend_on(reader):
    page = visit(reader, make_pathway().get_absolute_url())

    asked = [field["name"] for field in page.select(".form [name]")]
    assert asked == ["starts_on", "place"]


def test_what_is_done_in_one_go_asks_for_no_first_day(reader):
    sitting = visit(reader, make_pathway({"box": "sitting"}).get_absolute_url())
    days = visit(reader, make_pathway({}).get_absolute_url())

    labels = [page.select_one("[for=id_starts_on]") for page in (sitting, days)]
    assert [label.get_text() for label in labels] == [
        "The day for it",
        "Your first day",
    ]


def test_signed_out_readers_share_the_pages_and_get_no_token(reader):
    for address in LIST, make_pathway().get_absolute_url():
        answer = reader.get(address)
        assert answer.headers["Cache-Control"].startswith("public")
        assert not answer.cookies
        assert b"csrfmiddlewaretoken" not in answer.content


def test_a_withdrawn_guide_says_so_in_the_pathway(reader):
    guide = publish()
    pathway = make_pathway({"guide": guide})
    guide.withdraw(by=None, reason="Out of date.")

    assert "Withdrawn: ask" in words(visit(reader, pathway.get_absolute_url()))


def test_a_merged_guide_leads_to_the_one_that_took_it_in(reader):
    guide, other = publish(title="Old"), publish(title="New")
    pathway = make_pathway({"guide": guide})
    guide.merge(into=other, by=None)

    page = visit(reader, pathway.get_absolute_url())

    assert "Read New" in words(page)
    assert page.select_one(".step a")["href"] == other.get_absolute_url()


def test_a_guide_that_was_merged_twice_is_not_called_withdrawn(reader):
    first, second, third = publish(), publish(), publish()
    pathway = make_pathway({"guide": first})
    first.merge(into=second, by=None)
    second.merge(into=third, by=None)

    page = visit(reader, pathway.get_absolute_url())

    assert "Withdrawn" not in words(page)
    address = page.select_one(".step a")["href"]
    assert reader.get(address).url == third.get_absolute_url()


def test_what_takes_long_is_told_in_hours(reader):
    pathway = make_pathway(*({"minutes": minutes} for minutes in (1, 60, 90, 480)))

    page = visit(reader, pathway.get_absolute_url())

    told = [about.get_text(strip=True) for about in page.select(".step .kicker")]
    assert told == ["1 minute", "60 minutes", "90 minutes", "8 hours"]


def test_a_pathway_that_is_not_there_is_not_found(reader):
    assert visit(reader, "/pathways/nowhere/", 404)


@pytest.mark.parametrize("number", [3, 60])
def test_pages_ask_little_however_many_steps_there_are(
    reader, number, django_assert_max_num_queries
):
    guides = [publish() for _ in range(3)]
    steps = [{"guide": guides[n % 3], "number": n % 10 + 1} for n in range(number)]
    pathway = make_pathway(*steps)

    for address in LIST, pathway.get_absolute_url():
        with django_assert_max_num_queries(2):
            assert reader.get(address).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"box": "day", "number": 0},
        {"box": "before", "number": 1},
        {"box": "week", "number": 61},
        {"box": "month"},
        {"title": "", "minutes": 5},
        {"minutes": None},
        {"minutes": 601},
        {"part": "Half of it"},
        {"professions": ["astronaut"]},
    ],
    ids=str,
)
def test_the_database_refuses_a_step_that_makes_no_sense(given):
    pathway = make_pathway()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_step(pathway, **given)


@pytest.mark.parametrize("given", [{"minutes": 5}, {"title": "And a task"}], ids=str)
def test_a_whole_guide_has_no_other_length_and_no_task(given):
    pathway, guide = make_pathway(), publish()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_step(pathway, guide=guide, **given)


def test_a_step_leads_to_no_guide_that_readers_cannot_see():
    step = Step(pathway=make_pathway(), guide=make_guide(), position=1)

    with pytest.raises(ValidationError, match="Readers cannot see this guide yet"):
        step.clean()


@pytest.fixture
def doubtful():
    """Pathways that need a look, each for its own reason, and one that does not."""
    withdrawn, overdue, policy = publish(), publish(), make_policy()
    affected = citing(policy)
    over = make_policy(status="superseded", slug="over")
    make_pathway({"guide": withdrawn}, title="Withdrawn")
    make_pathway({"guide": overdue}, title="Overdue")
    make_pathway({"guide": affected}, title="Affected")
    make_pathway({"policy": over}, title="Superseded")
    make_pathway({"guide": publish(), "policy": None}, title="Fine")
    withdrawn.withdraw(by=None, reason="Out of date.")
    past = timezone.localdate() - timedelta(days=1)
    Guide.objects.filter(pk=overdue.pk).update(due_on=past)
    affected.review_tasks.create(cause="policy", policy=policy)


def test_a_pathway_that_needs_a_look_is_flagged_to_curators(admin, doubtful):
    found = Pathway.objects.with_doubtful_guides().values_list("title", flat=True)
    assert {*found} == {"Withdrawn", "Overdue", "Affected", "Superseded"}

    start = admin.get("/admin/").content.decode()
    assert "Pathways that need a look: 4" in start

    listed = admin.get("/admin/guides/pathway/?look=yes").context["cl"]
    assert listed.result_count == 4


def test_a_curator_reads_what_is_the_matter(admin, doubtful):
    pathway = Pathway.objects.get(title="Overdue")
    overdue = admin.get(f"/admin/guides/pathway/{pathway.pk}/change/")
    pathway = Pathway.objects.get(title="Superseded")
    superseded = admin.get(f"/admin/guides/pathway/{pathway.pk}/change/")

    assert "(Overdue" in overdue.content.decode()
    assert "(Superseded)" in superseded.content.decode()


def test_a_curator_reads_whether_it_is_the_guide_or_the_policy(admin):
    over = make_policy(status="superseded", title="An old rule")
    guides = [publish(title=title) for title in ("One", "Two", "Three")]
    pathway = make_pathway(
        {"guide": guides[0], "policy": over},
        *({"guide": guide} for guide in guides[1:]),
    )
    for guide in guides[1:]:
        guide.review_tasks.create(cause="reader")

    page = admin.get(f"/admin/guides/pathway/{pathway.pk}/change/").content.decode()

    assert "An old rule</a> (Superseded)" in page
    assert page.count("(Affected by a change)") == 2


def test_a_curator_changes_a_step_and_whom_it_is_for(admin, reader):
    pathway = make_pathway({"title": "Ask"}, tiers=["nhs"])
    address = f"/admin/guides/pathway/{pathway.pk}/change/"
    page = admin.get(address)
    form = page.context["adminform"].form
    steps = page.context["inline_admin_formsets"][0].formset
    sent = {name: value for name, value in form.initial.items() if value is not None}
    sent |= {f"steps-{n}": v for n, v in steps.management_form.initial.items()}
    sent |= {
        f"steps-0-{name}": value
        for name, value in steps.forms[0].initial.items()
        if value is not None
    }
    sent |= {"steps-0-title": "Ask early", "steps-0-id": pathway.steps.get().pk}
    sent |= {"steps-0-professions": ["developer", "test"], "tiers": ["nhs", "police"]}

    assert admin.post(address, sent).status_code == 302

    text = words(visit(reader, pathway.get_absolute_url()))
    assert "Ask early" in text
    assert "Only for: Developer, Test" in text
    pathway.refresh_from_db()
    assert pathway.tiers == ["nhs", "police"]


def test_the_five_pathways_of_the_site_are_shown_whole(reader):
    pathways = starter_pathways()

    assert len(pathways) == 5
    for pathway in pathways.values():
        page = visit(reader, pathway.get_absolute_url())
        assert len(page.select(".step")) == pathway.steps.count()
    hour = pathways["publish-your-first-guide"]
    assert sum(step.minutes for step in hour.steps.all()) == 60
    half_hour = pathways["curators-half-hour"]
    assert sum(step.minutes for step in half_hour.steps.all()) == 30
