"""What changes in the glossary reaches every guide, and drops no page for nothing."""

from datetime import date

import psycopg
import pytest
import time_machine
from django.db import connection

from guides.explaining import count_unknown, explain_again
from guides.models import Edition, GlossaryVersion, UnknownAcronym
from landscape.models import Jurisdiction, Term
from tests.factories import make_draft, make_guide, publish
from tests.guides.glossary import make_term


def sql(command: str) -> None:
    """Something that somebody does by hand."""
    with connection.cursor() as cursor:
        cursor.execute(command)


def shown(guide) -> list[str]:
    """The terms that the guide's page explains, once the worker has been there."""
    explain_again()
    edition = Edition.objects.get(guide=guide, state="published")
    version = GlossaryVersion.objects.get().number
    assert edition.glossary_version == version
    assert ('class="term"' in edition.shown_html) is bool(edition.terms)
    return [meaning["slug"] for term in edition.terms for meaning in term["meanings"]]


@pytest.fixture
def guide():
    """A live guide with words of the trade."""
    return publish(body="The SRO and the AO open a box.")


def test_a_term_that_comes_changes_and_goes_reaches_the_guide(guide):
    assert shown(guide) == []
    term = make_term("SRO", slug="sro")
    assert shown(guide) == ["sro"]
    term.meaning = "Somebody who answers for it."
    term.save()
    explain_again()
    edition = Edition.objects.get(guide=guide)
    assert edition.terms[0]["meanings"][0]["meaning"] == "Somebody who answers for it."
    term.delete()
    assert shown(guide) == []


@pytest.mark.parametrize(
    "command",
    [
        "UPDATE landscape_term SET short = 'AO'",
        "DELETE FROM landscape_term_jurisdictions; DELETE FROM landscape_term",
        "UPDATE landscape_term SET is_explained = false",
        "UPDATE landscape_term_jurisdictions SET jurisdiction_id = "
        "(SELECT id FROM landscape_jurisdiction WHERE slug = 'wales')",
        "UPDATE landscape_jurisdiction SET parent_id = "
        "(SELECT id FROM landscape_jurisdiction WHERE slug = 'wales') "
        "WHERE slug = 'uk'",
    ],
)
def test_a_change_by_hand_counts(command):
    uk = Jurisdiction.objects.create(slug="uk", name="United Kingdom")
    england = Jurisdiction.objects.create(slug="england", name="England", parent=uk)
    Jurisdiction.objects.create(slug="wales", name="Wales")
    make_term("SRO", slug="sro", places=["uk"])
    guide = publish(make_guide(jurisdictions=[england]), body="The SRO of AO.")
    before = Edition.objects.get(guide=guide)

    sql(command)
    explain_again()

    after = Edition.objects.get(guide=guide)
    assert after.glossary_version != before.glossary_version
    assert after.terms != before.terms


def test_a_guide_that_moves_takes_the_meaning_of_its_place(guide):
    for slug in "england", "wales":
        Jurisdiction.objects.create(slug=slug, name=slug.title())
        make_term("SRO", slug=f"{slug}-sro", places=[slug])
    assert shown(guide) == ["england-sro", "wales-sro"]

    guide.jurisdictions.set(Jurisdiction.objects.filter(slug="wales"))

    assert shown(guide) == ["wales-sro"]


def test_what_was_undone_is_not_taken_for_the_state_after_it(guide):
    numbers = []
    for meaning in "One.", "Two.":
        sql("SAVEPOINT before")
        make_term("SRO", slug="sro", meaning=meaning)
        numbers.append(GlossaryVersion.objects.get().number)
        assert shown(guide) == ["sro"]
        edition = Edition.objects.get(guide=guide)
        assert edition.terms[0]["meanings"][0]["meaning"] == meaning
        sql("ROLLBACK TO before")
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize(
    "then", [date(2026, 12, 1), date(2026, 12, 4)], ids=["next", "worker-was-down"]
)
def test_a_word_gets_old_and_another_one_new_in_the_night(guide, then):
    now = make_term("AO", slug="ao", since="2026-12")
    make_term("SRO", slug="sro", until="2026-11-30", replaced_by=now)
    for day, old in (date(2026, 11, 30), False), (then, True):
        with time_machine.travel(f"{day}T12:00Z", tick=False):
            assert shown(guide) == (["ao", "sro"] if old else ["sro"])
            edition = Edition.objects.get(guide=guide)
            [sro] = edition.terms[-1]["meanings"]
            assert (sro["is_old"], sro["now"]) == (old, "AO")


def test_a_day_on_which_no_word_changes_counts_as_nothing(guide):
    make_term("SRO", until="2020")
    numbers = set()

    for day in "2026-11-30", "2026-12-01":
        with time_machine.travel(f"{day}T12:00Z", tick=False):
            explain_again()
            numbers.add(GlossaryVersion.objects.get().number)

    assert len(numbers) == 1


def test_drafts_and_old_editions_are_left_as_they_are(guide):
    publish(guide, body="The SRO.")
    make_draft(guide, body="The SRO.")
    make_term("SRO", slug="sro")

    assert Edition.objects.explain_again() == 1

    others = Edition.objects.filter(guide=guide).exclude(number=2)
    assert [edition.terms for edition in others] == [[], []]


def test_many_guides_are_explained_with_few_questions(django_assert_max_num_queries):
    for _ in range(30):
        publish(body="The SRO.")
    make_term("SRO", slug="sro")

    with django_assert_max_num_queries(16):
        assert Edition.objects.explain_again() == 30
    with django_assert_max_num_queries(4):
        assert Edition.objects.explain_again() == 0


@pytest.mark.django_db(transaction=True)
def test_only_pages_that_look_otherwise_are_announced(guide):
    other = publish(body="Nothing of the trade.")
    make_term("SRO", slug="sro")
    given = connection.get_connection_params()
    given.pop("cursor_factory"), given.pop("options", None)
    with psycopg.connect(**given, autocommit=True) as listener:
        listener.execute("LISTEN handover_pages")

        explain_again()

        heard = {notice.payload for notice in listener.notifies(timeout=0.5)}
        assert f"guide {guide.slug}" in heard
        assert f"guide {other.slug}" not in heard

        sql(f"UPDATE guides_edition SET body_html = 'x' WHERE guide_id = {other.pk}")

        heard = {notice.payload for notice in listener.notifies(timeout=0.5)}
        assert f"guide {other.slug}" in heard


def test_acronyms_that_guides_share_and_nobody_explained_are_counted():
    make_term("SRO", "senior responsible owner", aliases=["SIRO"])
    for body in "SRO, TLA and ONE", "A TLA, the SIRO; NHS", "The TLA at an XYZ", "XYZ":
        publish(body=f"First: {body}.")
    publish(body="TLA, XYZ.").withdraw(by=None, reason="Wrong.")
    UnknownAcronym.objects.create(short="GONE", guides=9)

    count_unknown()

    rows = UnknownAcronym.objects.most_used().values_list("short", "guides")
    assert list(rows) == [("TLA", 3), ("XYZ", 2)]
    make_term("TLA")
    explain_again()
    assert not UnknownAcronym.objects.filter(short="TLA").exists()
    assert Term.objects.count() == 2
