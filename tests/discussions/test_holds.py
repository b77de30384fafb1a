"""What waits for a curator before others read it, and how much one may send."""

from datetime import timedelta

import pytest

from discussions.limits import TooMany
from discussions.models import Comment, Member, Report
from tests.factories import make_comment, make_reply, make_user
from tests.pages import check, visit

LINK = "Read https://shop.example/offer before you buy."

pytestmark = pytest.mark.usefixtures("real_limits")


@pytest.fixture
def old_hand(days_ago):
    """Makes members who have been here long, with so many approved comments."""

    def make(guide, approved: int = 3, days: int = 30):
        person = make_user("Sample Regular", date_joined=days_ago(days))
        for number in range(approved):
            comment = make_comment(guide, person, f"Approved {number}.")
            if comment.state == "held":
                comment.approve(by=None)
            move_back(person)
        return person

    return make


def move_back(person, **ago) -> None:
    """Make what somebody wrote older, two days unless told otherwise."""
    for comment in person.comments.all():
        comment.created_at -= timedelta(**(ago or {"days": 2}))
        comment.save(update_fields=["created_at"])


def report(comment: Comment, by) -> None:
    """Somebody finds a comment unkind."""
    Report.file(network="a", by=by, comment=comment, reason="unkind")


def test_the_first_comment_of_a_new_member_waits(newcomer, guide):
    comment = make_comment(guide, newcomer)

    assert (comment.state, comment.held_reason) == ("held", "first")


def test_its_author_sees_that_it_waits(browser_of, newcomer, guide):
    comment = make_comment(guide, newcomer)

    page = visit(browser_of(newcomer), guide.get_absolute_url())

    shown = page.find(id=f"comment-{comment.pk}").get_text()
    assert "Waiting for a curator" in shown
    assert "Who owns the budget?" in shown


@pytest.mark.parametrize("who", ["reader", "veteran"])
def test_nobody_else_finds_it_anywhere(request, browser_of, newcomer, guide, who):
    comment = make_comment(guide, newcomer)
    other = request.getfixturevalue(who)
    browser = other if who == "reader" else browser_of(other)

    for place in "", "discussion/":
        page = visit(browser, guide.get_absolute_url() + place)
        assert "Who owns the budget?" not in page.decode()
        assert not page.select(".comment")
    thread = comment.thread.get_absolute_url()
    profile = newcomer.get_absolute_url()
    for address in comment.get_absolute_url(), thread, f"{thread}reply/", profile:
        answer = browser.get(address, {"q": "budget"})
        assert b"Who owns the budget?" not in answer.content
        assert answer.status_code in ({200} if address == profile else {302, 404})


def test_it_is_answered_as_little_as_one_that_never_was(
    browser_of, newcomer, old_hand, guide
):
    waiting, browser = make_comment(guide, newcomer), browser_of(old_hand(guide))
    discussion = f"/guides/{guide.slug}/discussion/"
    there = f"{discussion}{waiting.thread_id}/reply/"
    never = f"{discussion}{10**9}/reply/"

    for query in f"?to={waiting.pk}", "":
        typed = {"body": "So do I."}
        answer, other = (
            check(browser.post(f"{address}{query}", typed), 404)
            for address in (there, never)
        )
        assert "So do I." in answer.main.get_text()
        assert answer.main.get_text() == other.main.get_text()


def test_a_page_counts_no_comment_that_waits(reader, old_hand, newcomer, guide):
    shown = make_comment(guide, old_hand(guide))
    before = visit(reader, guide.get_absolute_url())

    make_reply(shown, newcomer)

    after = visit(reader, guide.get_absolute_url())
    assert after.select_one("main").get_text() == before.select_one("main").get_text()


def test_after_approval_the_next_appear_at_once(curator, newcomer, reader, guide):
    first = make_comment(guide, newcomer)
    first.approve(by=curator)
    move_back(newcomer, minutes=1)

    second = make_comment(guide, newcomer, "And who signs it?")

    assert second.state == "published"
    page = visit(reader, guide.get_absolute_url()).get_text()
    assert "Who owns the budget?" in page
    assert "And who signs it?" in page


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (LINK, "held"),
        ("[Look](http://www.shop.example)", "held"),
        ("[Look](https://gov.uk.shop.example)", "held"),
        ("[Look](https://notgov.uk)", "held"),
        ("HTTPS://shop.example", "held"),
        ("[Look](//shop.example)", "held"),
        ("[Look](https:shop.example)", "held"),
        ("[Look](https:/shop.example)", "held"),
        ("[Look](https://www.gov.uk@shop.example)", "held"),
        ("See https://www.gov.uk/service-manual for it.", "published"),
        ("[The manual](https://service-manual.nhs.uk/x)", "published"),
        ("No link at all.", "published"),
    ],
)
def test_a_link_of_a_new_person_waits(old_hand, guide, words, state):
    comment = make_comment(guide, old_hand(guide, approved=1), words)

    assert comment.state == state
    assert comment.held_reason == ("link" if state == "held" else "")


def test_a_link_of_somebody_known_appears_at_once(old_hand, guide):
    assert make_comment(guide, old_hand(guide), LINK).state == "published"


def test_a_link_added_afterwards_waits_too(old_hand, guide):
    person = old_hand(guide, approved=1)
    comment = make_comment(guide, person, "Read this.")

    comment.edit(by=person, body=LINK)

    comment.refresh_from_db()
    assert (comment.state, comment.held_reason) == ("held", "link")


def test_comments_of_a_held_person_wait(old_hand, curator, guide):
    person = old_hand(guide)
    held = Member.objects.get(pk=person.pk)
    held.hold(by=curator, reason="Many adverts.")
    assert make_comment(guide, person).held_reason == "person"
    move_back(person)

    held.release(by=curator, reason="They stopped.")

    assert make_comment(guide, person, "And now?").state == "published"


def test_who_fills_in_what_nobody_sees_waits(old_hand, guide):
    assert make_comment(guide, old_hand(guide), is_trapped=True).held_reason == "trap"


def test_a_curator_never_waits(curator, guide):
    assert make_comment(guide, curator, LINK).state == "published"


def test_who_writes_too_soon_waits_ten_seconds(old_hand, guide, time_machine):
    person = old_hand(guide, approved=3)
    first = make_comment(guide, person)
    time_machine.move_to(first.created_at + timedelta(seconds=4), tick=False)
    with pytest.raises(TooMany) as error:
        make_comment(guide, person, "Once more.")
    assert error.value.seconds == 6

    time_machine.move_to(first.created_at + timedelta(seconds=11), tick=False)

    assert make_comment(guide, person, "Once more.").state == "published"


@pytest.fixture
def send(guide, time_machine, days_ago):
    """Sends comments so many seconds apart, and gives back how many were taken."""

    def send(person, number: int, apart: int) -> int:
        start = days_ago(0)
        for sent in range(number):
            now = start + timedelta(seconds=sent * apart)
            time_machine.move_to(now, tick=False)
            try:
                make_comment(guide, person, f"Question {sent}.")
            except TooMany:
                return sent
        return number

    return send


def test_six_comments_fit_in_a_minute(old_hand, guide, settings, send):
    settings.COMMENT_LIMITS = {60: 6, 86_400: 60}

    assert send(old_hand(guide), 7, apart=5) == 6


def test_sixty_comments_fit_in_a_day(old_hand, guide, send):
    assert send(old_hand(guide), 61, apart=600) == 60


def test_ten_comments_of_a_new_member_fit_in_a_day(newcomer, send):
    assert send(newcomer, 11, apart=600) == 10


def test_three_members_of_some_time_hold_a_comment(old_hand, guide, reader):
    comment = make_comment(guide, old_hand(guide))
    for _ in range(2):
        report(comment, by=old_hand(guide, approved=0))
    comment.refresh_from_db()
    assert comment.state == "published"

    report(comment, by=old_hand(guide, approved=0))

    comment.refresh_from_db()
    assert (comment.state, comment.held_reason) == ("held", "look")
    assert "Who owns the budget?" not in visit(reader, guide.get_absolute_url()).text
    assert comment.actions.get().by is None
    assert comment.reports.open().count() == 3


def test_twenty_new_accounts_hold_nothing(old_hand, guide):
    comment = make_comment(guide, old_hand(guide))

    for _ in range(20):
        report(comment, by=make_user("Sample Joiner"))

    comment.refresh_from_db()
    assert comment.state == "published"


def test_one_person_counts_once(old_hand, guide):
    comment, angry = make_comment(guide, old_hand(guide)), old_hand(guide, approved=0)

    for _ in range(3):
        report(comment, by=angry)

    comment.refresh_from_db()
    assert comment.state == "published"
    assert comment.reports.count() == 1


def test_a_kept_comment_is_held_again_only_by_new_reports(old_hand, curator, guide):
    comment = make_comment(guide, old_hand(guide))
    people = [old_hand(guide, approved=0) for _ in range(4)]
    for person in people[:2]:
        report(comment, by=person)
    comment.keep(by=curator)

    for person in people[2:]:
        report(comment, by=person)

    comment.refresh_from_db()
    assert comment.state == "published"
