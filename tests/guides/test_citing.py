"""What an edition cites is stored with it, and named as it was when it was written."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from guides.models import Citation, Edition
from tests.factories import make_draft, make_guide, publish
from tests.guides.landscape import citing, make_body, make_policy, make_term
from tests.pages import visit

BODY = (
    '## Why\n\nThe [[policy:duty §149 "due regard"]] binds [[org:ccs]].\n\n'
    "- [[term:ao]] and [[policy:nope]]\n- [[term:ao]] again\n"
)


@pytest.fixture
def duty():
    """A law."""
    return make_policy(slug="duty", title="Equality Act 2010")


@pytest.fixture
def ccs():
    """A body."""
    return make_body(slug="ccs", name="Crown Commercial Service")


@pytest.fixture
def rows(duty, ccs):
    """One row of each register."""
    return duty, ccs, make_term()


def test_citations_are_stored_by_block(rows):
    draft = make_draft(body=BODY)

    stored = draft.citations.order_by("pk")

    assert [row.row for row in stored] == list(rows)
    assert (stored[0].section, stored[0].quoted) == ("§149", "due regard")
    blocks = [row.block for row in stored]
    assert blocks[0] == blocks[1] != blocks[2]
    assert all(f'data-block="{block}"' in draft.body_html for block in blocks)
    assert stored[0].shown_as == "Equality Act 2010"
    assert {row.checked_on for row in stored} == {timezone.localdate()}


def test_they_follow_the_text(author, rows):
    draft = make_draft(make_guide(owner=author), body=BODY, created_by=author)
    kept = draft.citations.get(term__isnull=False)

    draft.revise(
        by=author,
        version=1,
        body="## Why\n\n- [[term:ao]] and [[policy:nope]]\n- [[term:ao]] again\n",
    )

    assert draft.citations.get() == kept
    draft.revise(by=author, version=2, body="Nothing.")
    assert not draft.citations.exists()


def test_seeds_are_as_old_as_their_sources(rows):
    draft = make_draft(body=BODY, sources_read_on=date(2026, 1, 2))

    assert {row.checked_on for row in draft.citations.all()} == {date(2026, 1, 2)}


def test_a_new_edition_checks_nothing_by_itself(author, duty, time_machine):
    guide = citing(duty)
    written = timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=40))

    publish(guide, body="Anew: [[policy:duty]] and [[policy:duty §1]].")

    old, new = guide.live_edition.citations.order_by("section")
    assert (old.checked_on, new.checked_on) == (written, timezone.localdate())


@pytest.mark.parametrize(("basis", "days"), [("policies", 40), ("used", 0)])
def test_whoever_checks_the_policies_checks_the_citations(
    curator, duty, time_machine, basis, days
):
    guide = citing(duty)
    written = timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=40))

    guide.verify(by=curator, basis=basis)

    stored = Citation.objects.get()
    assert stored.checked_on == written + timedelta(days=days)


def test_a_citation_is_of_one_row(rows):
    draft = make_draft()
    for given in {}, {"policy": rows[0], "term": rows[2]}:
        with pytest.raises(IntegrityError), transaction.atomic():
            draft.citations.create(checked_on=timezone.localdate(), **given)


def test_rendering_again_stores_what_was_missed_and_keeps_names(ccs, time_machine):
    guide = citing(ccs)
    written = timezone.localdate()
    Citation.objects.all().delete()
    time_machine.move_to(timezone.now() + timedelta(days=40))
    call_command("rerender", verbosity=0)
    stored = Citation.objects.get()
    assert (stored.shown_as, stored.checked_on) == ("Crown Commercial Service", written)
    html = Edition.objects.get().body_html

    type(ccs).objects.update(name="Crown Commerce")
    call_command("rerender", verbosity=0)

    assert Edition.objects.get().body_html == html
    assert guide.live_edition.citations.get().shown_as == "Crown Commercial Service"


def test_the_page_names_the_policy_it_rests_on_the_worst_first(reader, rows):
    make_policy(slug="old", title="Old Standard", status="withdrawn", ended="2024")
    body = f"{BODY}\n[[policy:old]] and [[policy:duty §153]]"
    guide = publish(body=body)

    box = visit(reader, guide.get_absolute_url()).find(id="rests-on").parent

    names = [li.a.get_text() for li in box.select("ul > li")]
    assert names == ["Old Standard", "Equality Act 2010"]
    words = " ".join(box.get_text().split())
    assert "Equality Act 2010 §149, §153 due regard In force" in words
    assert "It was withdrawn in 2024." in words


def test_a_guide_that_cites_nothing_has_no_such_box(reader, guide):
    assert not visit(reader, guide.get_absolute_url()).find(id="rests-on")


def test_a_page_asks_as_little_however_much_it_cites(
    reader, rows, django_assert_max_num_queries
):
    slugs = [make_policy(title=f"P {n}").slug for n in range(40)]
    guide = publish(body=BODY + "\n\n".join(f"[[policy:{slug}]]" for slug in slugs))

    with django_assert_max_num_queries(5):
        reader.get(guide.get_absolute_url())
    with django_assert_max_num_queries(2):
        reader.get(f"/guides/{guide.slug}.md")


def test_the_markdown_leads_to_the_registers(reader, rows, settings):
    guide = publish(body=BODY)

    text = reader.get(f"/guides/{guide.slug}.md").content.decode()

    link = f"[Equality Act 2010 §149]({settings.SITE_URL}/policies/duty/)"
    assert link in text
    assert "- Rests on: Equality Act 2010 §149 (in force, checked" in text
    assert "and nope" in text
