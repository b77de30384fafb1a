"""What people are told by email about their guides, once, and in which words."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.utils import timezone

from guides import emails
from guides.calendar import publish_planned, remind_owners
from guides.models import Edition, Guide, GuideAction, ReviewTask, Topic
from guides.wave import supersede
from landscape.models import Policy
from tests.factories import make_draft, make_guide, make_user, publish
from tests.guides.landscape import citing, make_policy, make_policy_in_part

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_old_jobs():
    """Django empties only its own tables between tests."""
    forget_jobs()


def forget_jobs() -> None:
    """As if all mails so far had been sent."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def sent(mailbox):
    """Runs the worker; gives the address and subject of every mail."""

    def deliver():
        mailbox.deliver()
        found = [
            message_from_bytes(k.content, policy=policy.default) for k in mailbox.kept
        ]
        return [
            (kept.rcpt_tos[0], message["Subject"].removeprefix("Handover: "))
            for kept, message in zip(mailbox.kept, found, strict=True)
        ]

    return deliver


@pytest.fixture
def words(mailbox):
    """The plain and the HTML part of the last mail."""

    def last():
        message = message_from_bytes(mailbox.kept[-1].content, policy=policy.default)
        parts = [message.get_body((kind,)).get_content() for kind in ("plain", "html")]
        return [" ".join(part.split()) for part in parts]

    return last


@pytest.fixture
def draft(author):
    """A complete draft, handed in."""
    topic = Topic.objects.create(slug="t", title="Topic", summary="s")
    guide = make_guide(owner=author, topics=[topic])
    return make_draft(guide, created_by=author, title="Spend control")


def test_an_author_hears_of_each_step(
    sent, words, draft, author, curator, other_curator
):
    draft.submit(by=author)
    draft.assign(to=other_curator, by=curator)
    draft.request_changes(by=curator, reason="Say who decides.")
    sent()
    assert "Reason: Say who decides." in words()[0]
    assert "<p>Say who decides.</p>" in words()[1]
    draft.submit(by=author)
    draft.approve(by=curator)
    draft.publish(by=curator)

    assert [subject for to, subject in sent() if to == author.email] == [
        "We have your guide “Spend control”",
        "A curator is looking at “Spend control”",
        "“Spend control” needs changes",
        "We have your guide “Spend control”",
        "“Spend control” was found right",
        "“Spend control” is published",
    ]
    assert (other_curator.email, "“Spend control” is yours to look at") in sent()
    assert not [to for to, _ in sent() if to == curator.email]


def test_a_step_is_told_once_whatever_the_worker_does(sent, draft, author):
    draft.submit(by=author)
    sent()

    emails.acted(action=GuideAction.objects.get().pk)

    assert len(sent()) == 1


def test_a_verb_that_fails_tells_nobody(sent, draft, author, curator):
    draft.submit(by=author)
    sent()
    with pytest.raises(Exception, match="Say what should change"):
        draft.request_changes(by=curator, reason="")

    assert len(sent()) == 1


def test_an_offer_and_its_answer_reach_the_other_person(sent, words, author, veteran):
    guide = publish(make_guide(owner=author))

    guide.offer(to=veteran, by=author)
    assert sent()[-1][0] == veteran.email
    assert "Sample Author asks whether you will look after this guide" in words()[0]
    guide.decline(by=veteran)

    assert sent()[-1] == (
        author.email,
        "“Service assessments, without the fear” stays with you",
    )


def test_a_planned_guide_comes_out_by_itself(
    sent, draft, author, curator, time_machine
):
    draft.submit(by=author)
    draft.schedule(at=timezone.now() + timedelta(hours=1), by=curator)
    publish_planned(timestamp=0)
    assert Edition.objects.get().state == "scheduled"

    time_machine.move_to(timezone.now() + timedelta(hours=2))
    publish_planned(timestamp=0)
    publish_planned(timestamp=0)

    assert Guide.objects.get().visibility == "live"
    assert sent()[-1] == (author.email, "“Spend control” is published")


def test_an_edition_that_cannot_come_out_goes_back_to_the_curators(
    draft, author, curator, time_machine
):
    draft.submit(by=author)
    draft.schedule(at=timezone.now() + timedelta(hours=1), by=curator)
    Guide.objects.update(visibility="gone", visibility_reason="Why not.")

    time_machine.move_to(timezone.now() + timedelta(hours=2))
    publish_planned(timestamp=0)

    assert Edition.objects.get().state == "ready"


def test_an_owner_is_reminded_of_all_guides_in_one_mail(
    sent, words, author, time_machine
):
    for title in "First", "Second":
        publish(make_guide(owner=author), title=title)
    publish(make_guide(owner=make_user(is_active=False)))
    forget_jobs()
    time_machine.move_to(timezone.now() + timedelta(days=165))

    remind_owners(timestamp=0)
    remind_owners(timestamp=0)

    assert sent() == [(author.email, "Are your 2 guides still correct?")]
    assert "/verify/" in words()[0]


def test_reminders_come_when_it_is_soon_when_it_is_over_and_monthly(
    sent, author, time_machine
):
    guide = publish(make_guide(owner=author))
    forget_jobs()
    days, told = [], 0
    for day in range(150, 260):
        time_machine.move_to(guide.first_published_at + timedelta(days=day))
        remind_owners(timestamp=0)
        if len(sent()) > told:
            told = len(sent())
            days.append(timezone.localdate() - guide.due_on)

    assert [step.days for step in days] == [-29, 1, 31, 61]


def test_a_checked_guide_is_left_alone(sent, author, time_machine):
    guide = publish(make_guide(owner=author))
    time_machine.move_to(timezone.now() + timedelta(days=165))
    guide.verify(by=author, basis="used")
    forget_jobs()

    remind_owners(timestamp=0)

    assert sent() == []


def test_an_owner_hears_once_of_all_guides_that_a_change_affects(
    author, newcomer, curator, sent, words
):
    old, new = make_policy(title="Old Standard"), make_policy(title="New Standard")
    for owner, title in ((author, "One"), (author, "Two"), (newcomer, "Three")):
        citing(old, owner=owner, title=title)
    citing(old, title="Nobody’s")
    forget_jobs()
    ends = {"status": "superseded", "successor": new, "on": "2026-04", "by": curator}

    for _ in range(2):
        supersede(old, **ends)

    said = "Old Standard has changed: please look at"
    assert sorted(sent()) == sorted(
        [
            (author.email, f"{said} 2 of your guides"),
            (newcomer.email, f"{said} “Three”"),
        ]
    )
    for part in words():
        assert "Old Standard was superseded in April 2026 by New Standard." in part


def test_a_mail_says_what_a_policy_still_holds_for(author, curator, sent, words):
    old = make_policy_in_part()
    Policy.objects.filter(pk=old.pk).update(status="being-replaced", ended="")
    old.refresh_from_db()
    citing(old, owner=author)
    forget_jobs()

    supersede(old, status="superseded", on="2025-02-24", by=curator)

    assert sent()
    for part in words():
        assert "no more for new contracts, but still holds for older ones. It" in part


def test_who_has_looked_already_gets_no_mail(author, curator, sent):
    old = make_policy()
    guide = citing(old, owner=author)
    forget_jobs()
    supersede(old, status="withdrawn", by=curator)

    guide.verify(by=author, basis="policies")

    assert sent() == []


def test_a_mail_about_a_change_is_sent_once(author, curator, sent):
    old = make_policy()
    citing(old, owner=author)
    forget_jobs()
    supersede(old, status="withdrawn", by=curator)

    for _ in range(2):
        emails.affected(owner=author.pk, policy=old.pk)

    assert len(sent()) == 1
    assert ReviewTask.objects.get().told_at
