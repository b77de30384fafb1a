"""A body is renamed, merged, split or closed: guides keep its name and say what is."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from guides.models import Edition, ReviewTask
from guides.wave import reopen, reorganise, respell
from landscape.models import FormerName, Succession
from tests.factories import publish
from tests.guides.landscape import citing, make_body, make_term
from tests.pages import visit


@pytest.fixture
def ccs():
    """A body of before."""
    return make_body(slug="ccs", name="Crown Commercial Service", abbreviation="CCS")


@pytest.fixture
def gca():
    """A body of today."""
    return make_body(slug="gca", name="Government Commercial Agency")


@pytest.fixture
def tail():
    """Another one."""
    return make_body(slug="tail", name="Tail Agency")


def text_of(browser, guide) -> str:
    page = visit(browser, guide.get_absolute_url())
    return " ".join(page.select_one("article.prose").get_text().split())


def banner_of(browser, guide) -> str:
    notice = visit(browser, guide.get_absolute_url()).select_one(".notice--alert")
    return " ".join(notice.get_text().split()) if notice else ""


def test_a_body_that_has_another_name_keeps_its_old_one_in_the_guide(
    reader, curator, ccs
):
    guide = citing(ccs)

    reorganise(
        ccs,
        status="renamed",
        name="Crown Commerce",
        abbreviation="CC",
        on="2026-04-01",
        by=curator,
    )

    assert "Crown Commercial Service (now Crown Commerce, since 1 April 2026)" in (
        text_of(reader, guide)
    )
    assert (
        "Crown Commerce was called Crown Commercial Service before 1 April 2026."
    ) in banner_of(reader, guide)
    former = FormerName.objects.get()
    assert (former.name, former.abbreviation) == ("Crown Commercial Service", "CCS")
    assert ccs.status == "active"


def test_what_became_of_a_body_is_said_of_its_last_name(
    reader, browser_of, author, curator, ccs, tail
):
    guide = citing(ccs, owner=author)
    given = {"on": "2026-04", "by": curator}
    reorganise(ccs, status="renamed", name="Crown Commerce", **given)
    called = "Crown Commerce was called Crown Commercial Service before April 2026."
    desk = browser_of(author)

    assert called in " ".join(visit(desk, "/desk/").main.get_text().split())
    assert f"{ReviewTask.objects.with_changes().get().change}." == called
    reorganise(ccs, status="merged", into=[tail], **given)

    became = "Crown Commerce was merged in April 2026 into Tail Agency"
    assert became in " ".join(visit(desk, "/desk/").main.get_text().split())
    assert became == str(ReviewTask.objects.with_changes().get().change)
    assert f"{became}." in banner_of(reader, guide)


def test_a_body_may_take_a_name_again(reader, curator, ccs):
    old, between = citing(ccs), None
    for name, on in ("Crown Commerce", "2021-09"), (ccs.name, "2024-07"):
        reorganise(ccs, status="renamed", name=name, on=on, by=curator)
        between = between or citing(ccs)

    assert "now" not in text_of(reader, old).split()
    assert "Crown Commerce (now Crown Commercial Service, since July 2024)" in (
        text_of(reader, between)
    )
    assert "was called Crown Commerce before July 2024" in banner_of(reader, between)


def test_a_later_edition_has_the_name_of_its_day(reader, curator, ccs):
    guide = citing(ccs)
    reorganise(ccs, status="renamed", name="Crown Commerce", on="2026-04", by=curator)

    publish(guide, body="Ask [[org:ccs]].")

    assert "Ask Crown Commerce." in text_of(reader, guide)
    assert not banner_of(reader, guide)
    old = visit(reader, f"/guides/{guide.slug}/editions/1/").get_text()
    assert "(now Crown Commerce, since April 2026)" in old


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("renamed", "was renamed on 1 April 2026 and is now"),
        ("merged", "was merged on 1 April 2026 into"),
        ("split", "was split up on 1 April 2026 into"),
    ],
)
def test_a_body_in_whose_place_another_came(reader, curator, ccs, gca, status, said):
    guide = citing(ccs)
    given = {"status": status, "into": [gca], "on": "2026-04-01", "by": curator}

    assert reorganise(ccs, **given) == 1
    assert reorganise(ccs, **given) == 0

    now = "Crown Commercial Service (now Government Commercial Agency, since 1 April"
    assert now in text_of(reader, guide)
    assert f"{said} Government Commercial Agency." in banner_of(reader, guide)
    assert Succession.objects.count() == ReviewTask.objects.count() == 1


def test_a_body_that_was_split_names_all(reader, curator, ccs, gca, tail):
    guide = citing(ccs)

    reorganise(ccs, status="split", into=[gca, tail], on="2026", by=curator)

    assert "(now Government Commercial Agency and Tail Agency, since 2026)" in text_of(
        reader, guide
    )


def test_two_bodies_merge_into_a_third(reader, curator, ccs, gca, tail):
    guides = citing(ccs), citing(gca)

    for body in ccs, gca:
        reorganise(body, status="merged", into=[tail], on="2026", by=curator)

    assert all("(now Tail Agency, since 2026)" in text_of(reader, g) for g in guides)
    assert ReviewTask.objects.open().count() == 2


def test_a_closed_body_has_nobody_in_its_place(reader, curator, ccs):
    guide = citing(ccs)

    reorganise(ccs, status="closed", on="2026-05", by=curator)

    assert "Crown Commercial Service (closed in May 2026)" in text_of(reader, guide)
    assert "was closed in May 2026." in banner_of(reader, guide)


def test_what_became_of_it_later_reaches_the_oldest_guides(
    reader, curator, ccs, gca, tail
):
    guide = citing(ccs)
    reorganise(ccs, status="renamed", into=[gca], on="2020", by=curator)

    reorganise(gca, status="merged", into=[tail], on="2024", by=curator)
    assert "Crown Commercial Service (now Tail Agency, since 2024)" in text_of(
        reader, guide
    )
    reorganise(tail, status="renamed", name="Head Agency", on="2026", by=curator)

    assert "Crown Commercial Service (now Head Agency, since 2026)" in text_of(
        reader, guide
    )
    assert ReviewTask.objects.count() == 1


def test_what_closed_later_is_not_told_as_what_is_now(reader, curator, ccs, gca):
    guide = citing(ccs)
    reorganise(ccs, status="renamed", into=[gca], on="2020", by=curator)

    reorganise(gca, status="closed", on="2024-05", by=curator)

    said = "(later Government Commercial Agency, closed in May 2024)"
    assert f"Crown Commercial Service {said}" in text_of(reader, guide)
    became = "was renamed in 2020 and became Government Commercial Agency."
    assert became in banner_of(reader, guide)
    page = " ".join(visit(reader, "/organisations/ccs/").main.get_text().split())
    assert "Later Government Commercial Agency, which ended May 2024." in page


def test_of_two_heirs_the_one_at_work_is_who_is_now(reader, curator, ccs, gca, tail):
    guide = citing(ccs)
    reorganise(ccs, status="split", into=[gca, tail], on="2020", by=curator)

    reorganise(gca, status="closed", on="2024", by=curator)

    assert "(now Tail Agency, since 2020)" in text_of(reader, guide)


def test_a_body_with_a_third_name_has_it_since_the_last_change(reader, curator, ccs):
    guide = citing(ccs)
    for name, on in ("Crown Commerce", "2020"), ("Crown Buying", "2024"):
        reorganise(ccs, status="renamed", name=name, on=on, by=curator)

    assert "(now Crown Buying, since 2024)" in text_of(reader, guide)


def test_a_body_that_had_another_name_when_it_closed_is_not_now(reader, curator, ccs):
    guide = citing(ccs)
    reorganise(ccs, status="renamed", name="Crown Commerce", on="2020", by=curator)

    reorganise(ccs, status="closed", on="2024", by=curator)

    said = "Crown Commercial Service (later Crown Commerce, closed in 2024)"
    assert said in text_of(reader, guide)


def test_an_heir_that_is_a_term_itself_is_said_once(reader, curator, ccs, gca, tail):
    for body in gca, tail:
        make_term(slug=body.slug, short=body.name, long="", kind="word")
    guide = citing(ccs)
    reorganise(ccs, status="renamed", into=[gca], on="2020", by=curator)
    Edition.objects.explain_again()

    reorganise(gca, status="merged", into=[tail], on="2024", by=curator)

    assert text_of(reader, guide).count("(now ") == 1
    assert "Crown Commercial Service (now Tail Agency, since 2024)" in text_of(
        reader, guide
    )


def test_texts_that_are_renewed_are_as_if_made_again(curator, ccs, gca, tail):
    body = "## [[org:ccs]]\n\n[[org:tail|it]], [[org:ccs]] and [[org:ccs]]"
    publish(body=body)
    reorganise(ccs, status="split", into=[gca, tail], on="2026", by=curator)
    reorganise(tail, status="closed", on="2026-05", by=curator)
    renewed = Edition.objects.get().body_html

    call_command("rerender", verbosity=0)

    assert Edition.objects.get().body_html == renewed
    assert renewed.count('class="now"') == 2


def test_the_markdown_of_a_guide_says_it_as_its_page_does(
    reader, curator, ccs, gca, tail
):
    body = "## [[org:ccs]]\n\n[[org:ccs|It]] and [[org:ccs]].\n\nAsk [[org:tail]]."
    guide = publish(body=body)
    reorganise(ccs, status="merged", into=[gca], on="2026-04", by=curator)
    reorganise(tail, status="renamed", name="Head_Agency", on="2026", by=curator)

    lines = reader.get(f"/guides/{guide.slug}.md").content.decode().splitlines()

    ours, theirs = (
        f"]({settings.SITE_URL}/organisations/{slug}/)" for slug in ("ccs", "tail")
    )
    assert f"## [Crown Commercial Service{ours}" in lines
    now = "now Government Commercial Agency, since April 2026"
    assert f"[It{ours} ({now}) and [Crown Commercial Service{ours}." in lines
    assert f"Ask [Tail Agency{theirs} (now Head\\_Agency, since 2026)." in lines


def test_a_mistake_in_a_name_is_no_change_of_it(reader, ccs):
    guide = citing(ccs)
    type(ccs).objects.update(name="Crown Commercial Services")

    call_command("rerender", verbosity=0)

    assert "now" not in text_of(reader, guide).split()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": "merged"}, "into which body"),
        ({"status": "renamed"}, "called now"),
        ({"status": "gone"}, "what became of it"),
        ({"status": "renamed", "into": ["gca", "tail"]}, "it was split"),
        ({"status": "active"}, "no day on which it ended"),
        ({"status": "active", "on": "", "into": ["gca"]}, "nobody in its place"),
        ({"status": "active", "on": "", "name": "A"}, "Only a body that was renamed"),
        ({"status": "closed", "on": ""}, "Say when it ended"),
        ({"status": "merged", "into": ["itself"]}, "its own place"),
        ({"status": "closed", "into": ["gca"]}, "nobody in its place"),
        ({"status": "closed", "on": "soon"}, "Write a date"),
        ({"status": "renamed", "name": "A", "on": ""}, "cannot be blank"),
        ({"status": "closed", "on": "1999"}, "cannot end before"),
        ({"status": "closed", "name": "A"}, "Only a body that was renamed"),
        ({"status": "merged", "into": ["gca"], "name": "A"}, "but not both"),
        ({"status": "renamed", "into": ["gca"], "name": "A"}, "but not both"),
        ({"status": "renamed", "abbreviation": "A"}, "Say its new name too"),
        ({"status": "closed", "abbreviation": "A"}, "Say its new name too"),
        ({"status": "closed", "note": "All."}, "and there are none"),
        (
            {"status": "renamed", "name": "Crown Commercial Service"},
            "this name already",
        ),
    ],
)
def test_what_cannot_be_changes_nothing(curator, ccs, gca, tail, given, words):
    citing(ccs)
    type(ccs).objects.filter(pk=ccs.pk).update(opened="2010")
    names = {"itself": ccs, "gca": gca, "tail": tail}
    into = [names[name] for name in given.get("into", ())]

    with pytest.raises(ValidationError, match=words):
        reorganise(ccs, by=curator, **{"on": "2026"} | given | {"into": into})

    ccs.refresh_from_db()
    assert (ccs.name, ccs.status) == ("Crown Commercial Service", "active")
    assert not ReviewTask.objects.exists()
    assert not Succession.objects.exists()


@pytest.mark.parametrize("status", ["renamed", "merged", "split", "closed"])
def test_a_body_that_ended_by_mistake_is_at_work_again(
    reader, curator, ccs, gca, status
):
    guide, before = citing(ccs), make_body(slug="ogc", name="Office of Commerce")
    old = citing(before)
    reorganise(before, status="merged", into=[ccs], on="2010", by=curator)
    old.verify(by=curator, basis="policies")
    into = [] if status == "closed" else [gca]
    reorganise(ccs, status=status, into=into, on="2026-04-01", by=curator)

    assert reorganise(ccs, status="active", by=curator) == 0
    assert reorganise(ccs, status="active", by=curator) == 0

    ccs.refresh_from_db()
    assert (ccs.status, ccs.closed) == ("active", "")
    assert Succession.objects.get().old == before
    assert "(" not in text_of(reader, guide)
    assert "(now Crown Commercial Service, since 2010)" in text_of(reader, old)
    assert not banner_of(reader, guide)
    task = ReviewTask.objects.get(guide=guide)
    assert (task.state, task.closed_by) == ("dismissed", curator)
    for address in "/organisations/ccs/", "/organisations/gca/":
        page = visit(reader, address).main.get_text()
        assert "no more" not in page
        assert "April 2026" not in page


def test_work_that_was_handed_over_stays_handed_over(curator, ccs, gca):
    Succession.objects.create(old=ccs, new=gca, kind="took-over", on="2012")
    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)

    reopen(ccs, by=curator)

    assert Succession.objects.get().kind == "took-over"


def test_whoever_shows_a_name_of_before_is_asked_all_the_same(
    reader, curator, ccs, gca
):
    old = citing(ccs)
    reorganise(ccs, status="renamed", name="Crown Commerce", on="2024", by=curator)
    new = citing(ccs)
    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)

    reopen(ccs, by=curator)
    reopen(ccs, by=curator)

    assert ReviewTask.objects.open().get().guide == old
    assert "was called Crown Commercial Service before 2024" in banner_of(reader, old)
    assert "(now Crown Commerce, since 2024)" in text_of(reader, old)
    assert not banner_of(reader, new)


def test_a_corrected_date_is_told_and_asks_nobody_again(reader, curator, ccs, gca):
    guide = citing(ccs)
    given = {"status": "merged", "into": [gca], "by": curator}
    reorganise(ccs, on="2026", **given)

    assert reorganise(ccs, on="2026-05-01", **given) == 0

    now = "(now Government Commercial Agency, since 1 May 2026)"
    assert now in text_of(reader, guide)
    assert "merged on 1 May 2026 into Government Commercial Agency." in (
        banner_of(reader, guide)
    )
    assert Succession.objects.get().on == "2026-05-01"
    assert ReviewTask.objects.count() == 1


def test_a_corrected_date_of_a_new_name_asks_nobody_again(reader, curator, ccs):
    guide = citing(ccs)
    given = {"status": "renamed", "name": "Crown Commerce", "by": curator}
    reorganise(ccs, on="2026", abbreviation="CC", **given)

    assert reorganise(ccs, on="2026-05-01", **given) == 0

    assert "(now Crown Commerce, since 1 May 2026)" in text_of(reader, guide)
    assert FormerName.objects.get().until == "2026-05-01"
    assert ccs.abbreviation == "CC"


@pytest.mark.parametrize("has_former_name", [True, False])
def test_another_short_form_alone_leaves_the_day_of_the_last_name(
    reader, curator, ccs, has_former_name
):
    guide = citing(ccs)
    if has_former_name:
        given = {"name": "Crown Commerce", "abbreviation": "CC", "on": "2020"}
        reorganise(ccs, status="renamed", by=curator, **given)
    again = {"name": ccs.name, "abbreviation": "CRC", "on": "2026"}

    with pytest.raises(ValidationError, match="choose “Correct its name”"):
        reorganise(ccs, status="renamed", by=curator, **again)
    respell(ccs, name=ccs.name, abbreviation="CRC", by=curator)

    ccs.refresh_from_db()
    assert ccs.abbreviation == "CRC"
    assert [former.until for former in FormerName.objects.all()] == (
        ["2020"] if has_former_name else []
    )
    assert ("since 2020" in text_of(reader, guide)) == has_former_name


def test_other_bodies_in_its_place_are_news(reader, curator, ccs, gca, tail):
    guide = citing(ccs)
    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)
    guide.verify(by=curator, basis="policies")

    assert reorganise(ccs, status="merged", into=[tail], on="2026", by=curator) == 1

    assert "(now Tail Agency, since 2026)" in text_of(reader, guide)
    assert "into Tail Agency." in banner_of(reader, guide)


def test_a_body_to_which_two_ways_lead_is_named_once(reader, curator, ccs, gca, tail):
    guide = citing(ccs)
    last = make_body(name="Last Agency")
    reorganise(ccs, status="split", into=[gca, tail], on="2020", by=curator)

    reorganise(gca, status="merged", into=[last], on="2022", by=curator)
    reorganise(tail, status="merged", into=[last], on="2024", by=curator)

    assert "(now Last Agency, since 2024)" in text_of(reader, guide)


def test_work_that_was_handed_over_before_is_another_step(curator, ccs, gca):
    for on in "2010", "2012":
        Succession.objects.create(old=ccs, new=gca, kind="took-over", on=on)

    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)

    assert Succession.objects.count() == 3


def test_a_misspelt_name_is_corrected_and_asks_nobody(reader, curator, ccs, gca):
    guide = citing(ccs)
    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)
    guide.verify(by=curator, basis="policies")

    respell(gca, name="Government Commerce", abbreviation="GC", by=curator)

    assert "(now Government Commerce, since 2026)" in text_of(reader, guide)
    assert not ReviewTask.objects.open().exists()
    assert not FormerName.objects.exists()


def test_a_new_name_is_told_where_the_one_before_was_misspelt(reader, curator, ccs):
    ccs.name = "Crown Comercial Service"
    ccs.save()
    guide = citing(ccs)
    respell(ccs, name="Crown Commercial Service", by=curator)
    assert "now" not in text_of(reader, guide).split()

    reorganise(ccs, status="renamed", name="Crown Commerce", on="2026-04", by=curator)

    assert "Crown Comercial Service (now Crown Commerce, since April 2026)" in (
        text_of(reader, guide)
    )
    assert "was called Crown Commercial Service before April 2026." in (
        banner_of(reader, guide)
    )


def test_bodies_cannot_take_each_others_place_in_a_ring(curator, ccs, gca):
    reorganise(ccs, status="merged", into=[gca], on="2020", by=curator)

    with pytest.raises(ValidationError, match="came before"):
        reorganise(gca, status="merged", into=[ccs], on="2021", by=curator)


def test_many_guides_cost_a_change_no_more_questions(ccs, tail, gca):
    asked = []
    for number, (body, heir) in enumerate([(ccs, tail), (gca, tail)], start=1):
        for _ in range(number * 2):
            citing(body)
        with CaptureQueriesContext(connection) as queries:
            reorganise(body, status="merged", into=[heir], on="2026", by=None)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def drawn(browser, body) -> tuple[int, list[bool]]:
    """The boxes in the picture of a body's line, and for each path whether it is of
    part of the work."""
    picture = visit(browser, body.get_absolute_url()).select_one(".lineage svg")
    paths = picture.select("path")
    assert all("V" in path["d"] for path in paths)  # each leads somewhere
    return len(picture.select("rect")), ["class" in path.attrs for path in paths]


def test_a_body_merges_into_the_one_it_took_work_from(reader, curator, ccs, gca):
    guide = citing(ccs)
    Succession.objects.create(old=gca, new=ccs, kind="took-over", on="2024")

    reorganise(ccs, status="merged", into=[gca], on="2026", by=curator)

    assert "now Government Commercial Agency, since 2026" in text_of(reader, guide)
    assert drawn(reader, ccs) == drawn(reader, gca) == (3, [True, False])


def test_work_goes_back_to_the_body_that_gave_it(reader, ccs, gca):
    for old, new, on in (ccs, gca, "2024"), (gca, ccs, "2026"):
        step = Succession(old=old, new=new, kind="took-over", on=on)
        step.full_clean()
        step.save()

    assert drawn(reader, ccs) == drawn(reader, gca) == (3, [True, True])


def test_the_database_refuses_a_ring_of_whole_bodies_and_no_other(ccs, gca):
    Succession.objects.create(old=ccs, new=gca, kind="merged", on="2024")
    Succession.objects.create(old=gca, new=ccs, kind="took-over", on="2025")

    with pytest.raises(IntegrityError, match="a ring in"):
        Succession.objects.create(old=gca, new=ccs, kind="split", on="2026")
