"""Who is told of a comment or of a decision by email, once, and in which words."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.utils import timezone

from discussions import emails
from discussions.models import Comment, MailChoice, Member, ModerationAction, Notice
from guides.models import Guide
from tests.factories import make_comment, make_reply, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_old_jobs():
    """Django empties only its own tables between tests."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture
def mails(mailbox):
    """Runs the worker; gives the messages of a person, or the subjects of all."""

    def sent(person=None):
        mailbox.deliver()
        found = [
            (kept.rcpt_tos, message_from_bytes(kept.content, policy=policy.default))
            for kept in mailbox.kept
        ]
        if person:
            return [message for to, message in found if to == [person.email]]
        return [(to, message["Subject"]) for to, message in found]

    return sent


@pytest.fixture
def question(guide, newcomer):
    """A newcomer asks, in a guide that nobody owns."""
    return make_comment(guide, newcomer)


@pytest.fixture
def owned(guide, author):
    """A guide that its author looks after."""
    guide.owner = author
    guide.save()
    return guide


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def page_of(message) -> BeautifulSoup:
    html = message.get_body(("html",)).get_content()
    return BeautifulSoup(html, "html.parser")


def test_who_is_answered_reads_the_answer_in_both_parts(
    mails, question, newcomer, veteran
):
    reply = make_reply(question, veteran, "Your *SRO*,\n\nand early.")

    [mail] = mails(newcomer)

    assert mail["Subject"] == "Handover: Sample Veteran replied to you"
    title = "“Service assessments, without the fear”"
    for words in text_of(mail), page_of(mail).get_text():
        assert f"Sample Veteran replied to you, beside the guide {title}" in words
    assert "> Your *SRO*,\n> \n> and early.\n" in text_of(mail)
    assert page_of(mail).blockquote.em.get_text() == "SRO"
    link = f"http://testserver/comments/{reply.pk}/"
    assert link in text_of(mail).split()
    assert page_of(mail).find("a", href=link)


def test_a_mail_says_that_a_machine_sent_it_and_how_to_stop_it(
    mails, question, newcomer, veteran
):
    make_reply(question, veteran)

    [mail] = mails(newcomer)

    stop = mail["List-Unsubscribe"].strip("<>")
    assert stop.startswith("http://testserver/accounts/notifications/stop/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert stop in text_of(mail).split()
    assert page_of(mail).find("a", href=stop)
    assert not page_of(mail).find_all(["img", "script", "link"])


def test_mail_programs_find_the_address_that_stops_it_whole(
    mailbox, mails, question, newcomer, veteran
):
    """They do not decode this header, and a parser of ours would."""
    make_reply(question, veteran)

    [mail] = mails(newcomer)

    header = f"List-Unsubscribe: {mail['List-Unsubscribe']}\r\n"
    assert header.startswith("List-Unsubscribe: <http://testserver/accounts/")
    assert header.encode() in mailbox.kept[0].content


def test_an_owner_is_told_of_a_comment_on_the_guide(mails, owned, author, newcomer):
    make_comment(owned, newcomer)

    [mail] = mails(author)

    title = "“Service assessments, without the fear”"
    assert mail["Subject"] == f"Handover: A comment on your guide {title}"
    assert "> Who owns the budget?" in text_of(mail)
    assert page_of(mail).blockquote.get_text(strip=True) == "Who owns the budget?"


def test_an_owner_who_is_answered_gets_one_mail(mails, owned, author, newcomer):
    make_reply(make_comment(owned, author), newcomer)

    [mail] = mails(author)

    assert mail["Subject"] == "Handover: Sample Newcomer replied to you"


def test_nobody_is_told_of_their_own_words(mails, owned, author):
    make_reply(make_comment(owned, author), author)

    assert mails() == []


def test_links_of_a_comment_lead_to_the_site(mails, question, newcomer, veteran):
    make_reply(question, veteran, "See [this](/guides/) and [that](https://w3.org/).")

    [mail] = mails(newcomer)

    links = [link["href"] for link in page_of(mail).blockquote.find_all("a")]
    assert links == ["http://testserver/guides/", "https://w3.org/"]


def test_words_that_look_like_a_link_stay_as_they_are(
    mails, question, newcomer, veteran
):
    make_reply(question, veteran, '`href="/guides/"`')

    [mail] = mails(newcomer)

    assert page_of(mail).code.get_text() == 'href="/guides/"'


@pytest.mark.parametrize("verb", ["hide", "mark_spam", "hold"])
def test_what_a_curator_took_away_before_the_worker_ran_is_not_sent(
    mails, question, newcomer, veteran, curator, verb
):
    getattr(make_reply(question, veteran), verb)(by=curator, reason="Not public.")

    assert mails(newcomer) == []


def test_what_its_author_deleted_before_the_worker_ran_is_not_sent(
    mails, question, newcomer, veteran
):
    make_reply(question, veteran).delete_words(by=veteran)

    assert mails(newcomer) == []


@pytest.mark.parametrize("visibility", ["unpublished", "gone"])
def test_nobody_is_told_of_a_guide_that_they_cannot_read(
    mails, owned, author, newcomer, veteran, visibility
):
    make_reply(make_comment(owned, newcomer), veteran)
    Guide.objects.update(visibility=visibility, visibility_reason="Old.")

    assert mails() == []


def test_a_suspended_person_gets_no_replies(mails, question, newcomer, veteran):
    make_reply(question, veteran)
    newcomer.is_active = False
    newcomer.save()

    assert mails(newcomer) == []


def test_a_person_who_is_leaving_gets_no_replies(mails, question, newcomer, veteran):
    make_reply(question, veteran)
    newcomer.leave(timezone.now())

    assert mails(newcomer) == []


def test_an_address_that_nobody_confirmed_gets_none(mails, question, newcomer, veteran):
    newcomer.emailaddress_set.update(verified=False)
    make_reply(question, veteran)

    assert mails(newcomer) == []


def test_a_second_confirmed_address_does_not_stand_for_the_first(
    mails, question, newcomer, veteran
):
    newcomer.emailaddress_set.update(verified=False)
    newcomer.emailaddress_set.create(email="second@example.org", verified=True)
    make_reply(question, veteran)

    assert mails() == []


def test_a_person_who_left_gets_none(mails, question, newcomer, veteran):
    make_reply(question, veteran)
    Comment.objects.filter(author=newcomer).update(author=None)

    assert mails() == []


@pytest.mark.parametrize("kind", ["replies", "guides"])
def test_each_kind_can_be_unwanted(mails, owned, author, newcomer, kind):
    MailChoice.change(author, **{kind: False})
    make_reply(make_comment(owned, author), newcomer)
    make_comment(owned, newcomer, "Another.")

    expected = {"replies": ["A comment on", "A comment on"], "guides": ["Sample New"]}
    subjects = [mail["Subject"][10:] for mail in mails(author)]
    assert [s[: len(w)] for s, w in zip(subjects, expected[kind], strict=True)] == (
        expected[kind]
    )


def test_an_approved_author_is_told_and_so_is_who_was_answered(
    mails, settings, question, newcomer, veteran, curator
):
    settings.HELD_COMMENTS = 1
    reply = make_reply(question, veteran)
    assert mails() == []

    reply.approve(by=curator)

    assert mails() == [
        ([veteran.email], "Handover: Your comment was approved"),
        ([newcomer.email], "Handover: Sample Veteran replied to you"),
    ]


def test_a_hidden_author_reads_why_and_where_to_object(
    mails, question, newcomer, curator
):
    question.hide(by=curator, reason="It names a <colleague>.")

    [mail] = mails(newcomer)

    assert mail["Subject"] == "Handover: Your comment was hidden"
    for words in text_of(mail), page_of(mail).get_text():
        assert "Reason: It names a <colleague>." in words
        assert "Write to editors@handover.example" in words
        assert "Who owns the budget?" in words
    assert "http://testserver/house-rules/" in text_of(mail).split()


def test_what_is_restored_is_told_to_its_author_and_to_others_only_once(
    mails, question, newcomer, veteran, curator
):
    reply = make_reply(question, veteran)
    mails()
    reply.hide(by=curator, reason="It names a colleague.")
    mails()
    reply.restore(by=curator, reason="It named a role.")

    assert [mail["Subject"][10:] for mail in mails(veteran)] == [
        "Your comment was hidden",
        "Your comment is shown again",
    ]
    assert len(mails(newcomer)) == 1


def test_a_decision_that_was_undone_before_the_worker_ran_is_not_told(
    mails, question, newcomer, curator
):
    question.hide(by=curator, reason="It names a colleague.")
    question.restore(by=curator, reason="It named a role.")

    [mail] = mails(newcomer)
    assert mail["Subject"] == "Handover: Your comment is shown again"


@pytest.mark.parametrize("verb", ["mark_spam", "hold"])
def test_spam_and_holds_are_not_told(mails, question, newcomer, curator, verb):
    getattr(question, verb)(by=curator, reason="Advertising.")

    assert mails(newcomer) == []


def test_a_curator_is_not_told_of_their_own_decision(mails, guide, curator):
    make_comment(guide, curator).hide(by=curator, reason="It names a colleague.")

    assert mails() == []


def test_decisions_can_be_unwanted(mails, question, newcomer, curator):
    MailChoice.change(newcomer, decisions=False)
    question.hide(by=curator, reason="It names a colleague.")

    assert mails(newcomer) == []


def test_a_person_is_always_told_what_was_decided_about_them(mails, newcomer, curator):
    MailChoice.change(newcomer, decisions=False)
    member = Member.objects.get(pk=newcomer.pk)
    for verb in member.hold, member.release, member.suspend, member.reinstate:
        verb(by=curator, reason="You named colleagues.")

    found = mails(newcomer)

    assert [mail["Subject"].removeprefix("Handover: ") for mail in found] == [
        "Your comments wait for a curator now",
        "Your comments no longer wait",
        "Your account is closed for now",
        "Your account is open again",
    ]
    assert all("Reason: You named colleagues." in text_of(mail) for mail in found)
    assert not any(mail["List-Unsubscribe"] for mail in found)


def test_who_is_suspended_with_all_comments_gets_one_mail(
    mails, question, newcomer, curator
):
    member = Member.objects.get(pk=newcomer.pk)
    member.suspend(by=curator, reason="Advertising.", hide_comments=True)

    [mail] = mails(newcomer)
    assert mail["Subject"] == "Handover: Your account is closed for now"


def test_a_job_that_runs_twice_sends_once(mails, question, newcomer, veteran, curator):
    reply = make_reply(question, veteran)
    reply.hide(by=curator, reason="Not public.")
    reply.restore(by=curator, reason="It is.")
    for _ in "12":
        emails.published(comment=reply.pk)
        emails.moderated(action=ModerationAction.objects.first().pk)

    assert len(mails(newcomer)) == len(mails(veteran)) == 1


def test_a_reply_that_is_rolled_back_sends_nothing(mails, question, veteran):
    with transaction.atomic():
        make_reply(question, veteran)
        transaction.set_rollback(True)

    assert mails() == []


def test_a_mail_waits_for_the_mail_server_and_is_sent_once(
    mailbox, mails, question, newcomer, veteran
):
    mailbox.refusal = "451 Come back later"
    make_reply(question, veteran)
    assert mails(newcomer) == []

    mailbox.refusal = ""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")

    assert len(mails(newcomer)) == 1
    assert len(mails(newcomer)) == 1


def test_while_the_worker_is_stopped_people_post_and_are_told_later(
    mailbox, mails, browser_of, question, newcomer, veteran
):
    address = f"{question.thread.get_absolute_url()}reply/"
    answer = browser_of(veteran).post(address, {"body": "Your SRO.", "post": "1"})
    assert answer.status_code == 302
    assert mailbox.kept == []

    assert len(mails(newcomer)) == 1


def test_the_last_mail_of_a_day_says_so_and_no_other_follows(
    mails, settings, question, newcomer, veteran
):
    settings.MAILS_A_DAY = 2
    for number in range(3):
        make_reply(question, veteran, f"Reply {number}")

    first, last = mails(newcomer)

    words = "our last email about discussions today"
    assert words not in text_of(first) + page_of(first).get_text()
    assert words in text_of(last)
    assert words in page_of(last).get_text()


def test_a_decision_about_ones_own_words_is_told_on_a_full_day(
    mails, settings, question, newcomer, veteran, curator
):
    settings.MAILS_A_DAY = 1
    make_reply(question, veteran)
    question.hide(by=curator, reason="It names a person.")

    last = mails(newcomer)[-1]

    assert last["Subject"] == "Handover: Your comment was hidden"
    assert "our last email" not in text_of(last)


def test_the_next_day_mails_come_again(mails, settings, question, newcomer, veteran):
    settings.MAILS_A_DAY = 1
    make_reply(question, veteran)
    assert len(mails(newcomer)) == 1
    Notice.objects.update(created_at=timezone.now() - timedelta(days=1))

    make_reply(question, veteran, "And late.")

    assert len(mails(newcomer)) == 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zoë “Bcc: all” <b>", "Zoë “Bcc: all” <b>"),
        ("שרה", "\u2068שרה\u2069"),
        ("A\r\nBcc: all@example.org", "A Bcc: all@example.org"),
        ("A\u2028Bcc: all@example.org", "A Bcc: all@example.org"),
        ("{{ name }} =?utf-8?q?=0ABcc?=", "{{ name }} = ?utf-8?q?=0ABcc?="),
    ],
)
def test_an_odd_name_stays_a_name(mails, question, newcomer, name, shown):
    make_reply(question, make_user(name))

    [mail] = mails(newcomer)

    assert mail["Subject"] == f"Handover: {shown} replied to you"
    assert mail["Bcc"] is None
    assert not page_of(mail).find("b")


# Refuses a note only once its transaction ends, after the mail was written.
REFUSE = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON discussions_notice
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
"""
ALLOW = "DROP TRIGGER refuse ON discussions_notice; DROP FUNCTION refuse()"


def test_a_mail_that_cannot_be_noted_is_not_sent(mails, question, newcomer, veteran):
    """The note and the mail are kept together, or neither is."""
    make_reply(question, veteran)
    with connection.cursor() as cursor:
        cursor.execute(REFUSE)
    try:
        assert mails(newcomer) == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute(ALLOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")

    assert len(mails(newcomer)) == 1
