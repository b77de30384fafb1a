"""The desk: what waits on a member, and how their guides do."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from guides.models import Guide, Reads
from guides.wave import supersede
from tests.factories import make_comment, make_draft, make_guide, make_user, publish
from tests.guides.landscape import citing, make_policy
from tests.pages import visit


def test_a_signed_out_reader_has_no_desk(reader):
    assert reader.get("/desk/").url == "/accounts/login/?next=/desk/"


def test_an_empty_desk_says_how_to_begin(browser_of, newcomer):
    page = visit(browser_of(newcomer), "/desk/")

    assert page.find("a", string="Write a guide")["href"] == "/guides/new/"
    assert "Nothing. Well done." in page.main.get_text()


def test_drafts_stand_there_with_what_comes_next(browser_of, author, curator, topic):
    one = make_draft(make_guide(owner=author), created_by=author, title="One")
    two = make_draft(
        make_guide(owner=author, topics=[topic]), created_by=author, title="Two"
    )
    two.submit(by=author)
    two.request_changes(by=curator, reason="Say who decides.")

    page = visit(browser_of(author), "/desk/")

    waits = page.find(id="waits").find_parent("section").get_text()
    drafts = page.find(id="drafts").find_parent("section")
    assert "Two" in waits
    assert "One" not in waits
    assert drafts.find("a", string="One")["href"] == f"/guides/{one.guide.slug}/edit/"


def test_a_desk_shows_nothing_of_others(browser_of, newcomer, author):
    make_draft(make_guide(owner=author), created_by=author, title="A secret draft")

    assert "A secret draft" not in visit(browser_of(newcomer), "/desk/").get_text()


def test_guides_stand_there_with_how_they_do(browser_of, author, guide):
    Guide.objects.update(owner=author)
    Reads.objects.add(Counter({guide.pk: 40}))
    Reads.objects.add(Counter({guide.pk: 2}))
    Reads.objects.add(Counter({guide.pk: 500}), timezone.localdate() - timedelta(31))
    Reads.objects.say_whether_it_helped(guide, helped=True)
    Reads.objects.say_whether_it_helped(guide, helped=False)

    mine = visit(browser_of(author), "/desk/").find(id="mine").find_parent("section")

    words = " ".join(mine.get_text().split())
    assert "Read 42 times. It helped 1 reader and did not help 1." in words


def test_guides_that_are_due_wait_on_their_owner(
    browser_of, author, guide, time_machine
):
    Guide.objects.update(owner=author)
    time_machine.move_to(timezone.now() + timedelta(days=170))

    page = visit(browser_of(author), "/desk/")

    waits = page.find(id="waits").find_parent("section")
    assert waits.find("a", string="Is it still correct?")


def test_what_is_due_waits_however_many_guides_are_newer(
    browser_of, author, guide, days_ago
):
    Guide.objects.filter(pk=guide.pk).update(owner=author, due_on=days_ago(300))
    for _ in range(51):
        publish(make_guide(owner=author))

    desk = visit(browser_of(author), "/desk/")

    assert guide.live_edition.title in desk.find(id="waits").parent.get_text()
    assert "Nothing. Well done." not in desk.get_text()


def test_guides_that_a_change_affects_wait_on_their_owner(
    browser_of, author, newcomer, curator
):
    policy = make_policy(title="Old Standard")
    for owner, title in ((author, "Mine"), (newcomer, "Theirs")):
        citing(policy, owner=owner, title=title)
    supersede(policy, status="withdrawn", on="2026-04", by=curator)

    page = visit(browser_of(author), "/desk/")

    waits = page.find(id="waits").find_parent("section")
    words = " ".join(waits.get_text().split())
    assert "Old Standard was withdrawn in April 2026." in words
    assert waits.find("a", string="Mine")
    assert "Theirs" not in words
    assert "Affected by a change" in page.find(id="mine").parent.get_text()


def test_replies_of_others_stand_there(browser_of, author, newcomer, guide):
    Guide.objects.update(owner=author)
    make_comment(guide, newcomer, "Who owns the budget?")
    make_comment(guide, author, "A note of my own.")

    replies = visit(browser_of(author), "/desk/").find(id="replies")

    words = replies.find_parent("section").get_text()
    assert "Who owns the budget?" in words
    assert "A note of my own." not in words


def test_a_full_desk_asks_as_little(
    browser_of, author, newcomer, curator, django_assert_max_num_queries
):
    policy = make_policy()
    for _ in range(12):
        citing(policy, owner=author)
        guide = publish(make_guide(owner=author))
        make_comment(guide, newcomer)
        make_draft(make_guide(owner=author), created_by=author)
    make_guide(owner=make_user(), offered_to=author)
    supersede(policy, status="withdrawn", by=curator)

    browser = browser_of(author)
    with django_assert_max_num_queries(9):
        visit(browser, "/desk/")
