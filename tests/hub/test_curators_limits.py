"""What a curator's lists keep to themselves, and what they do not do by accident."""

import pytest
from django.contrib import admin as site
from django.contrib.admin.models import LogEntry

from discussions.models import Comment, Member
from tests.discussions.curating import message
from tests.factories import make_comment, make_reply, make_user

HIDDEN_FIELDS = [
    (model, field.name)
    for model, admin in site.site._registry.items()
    for field in model._meta.concrete_fields
    if field.name not in {*admin.list_filter, *getattr(admin, "linked_lookups", ())}
]


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


@pytest.mark.parametrize(
    ("model", "field"), HIDDEN_FIELDS, ids=lambda it: getattr(it, "__name__", it)
)
def test_no_address_asks_for_what_a_list_does_not_show(admin, model, field):
    address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"

    answer = admin.get(address, {f"{field}__startswith": "a"})

    assert answer.status_code in {400, 403}


def test_no_curator_learns_a_password_letter_by_letter(admin, make_superuser):
    boss = make_superuser()
    address = f"/admin/{Member._meta.app_label}/member/"

    for first in (boss.password[:6], "nothing"):
        answer = admin.get(address, {"password__startswith": first})
        assert answer.status_code == 400


@pytest.fixture
def make_superuser():
    return lambda: make_user("Sample Boss", is_staff=True, is_superuser=True)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/accounts/curatornote/add/?person=abc",
        "/admin/accounts/curatornote/?at__year=99999",
        "/admin/accounts/curatornote/?at__gte=junk",
        "/admin/landscape/organisation/add/?parent=abc&jurisdictions=abc,1",
        "/admin/guides/guideaction/?at__year=99999",
        "/admin/discussions/moderationaction/?at__year=99999",
        "/admin/guides/guide/?topics__id__exact=abc",
    ],
)
def test_an_odd_address_is_no_error_of_ours(admin, address):
    assert admin.get(address, follow=True).status_code in {200, 400, 403}


def test_a_verb_is_done_to_what_left_the_list_meanwhile(
    admin, other_curator, newcomer, guide
):
    comment = make_comment(guide, newcomer)
    comment.hold(by=other_curator, reason="Let me ask somebody.")
    comment.approve(by=other_curator)

    address = "/admin/discussions/comment/?show=waiting"
    typed = {"action": "hide", "_selected_action": [comment.pk], "confirmed": "1"}
    answer = admin.post(address, typed | {"reason": "Unkind."}, follow=True)

    comment.refresh_from_db()
    assert comment.state == Comment.State.HIDDEN
    assert "1 done" in message(answer).get_text()


def test_nobody_decides_about_more_than_they_can_read(admin, newcomer, guide):
    comments = [make_comment(guide, newcomer, f"Question {n}?") for n in range(3)]
    chosen = {"action": "mark_spam", "_selected_action": [comments[0].pk]}
    everything = {"select_across": "1"}
    too_many = {"_selected_action": [comments[0].pk] * 101}

    for typed in everything, too_many:
        address = "/admin/discussions/comment/?show=all"
        answer = admin.post(address, chosen | typed, follow=True)
        assert "Choose 100 rows at most" in message(answer).get_text()
    assert set(Comment.objects.values_list("state", flat=True)) == {"published"}


def test_a_long_list_does_not_offer_to_select_all(admin, newcomer, guide):
    first = make_comment(guide, newcomer)
    for n in range(26):
        make_reply(first, newcomer, f"Answer {n}.")

    page = admin.get("/admin/discussions/comment/?show=all").content.decode()

    assert "0 of 25 selected" in page
    assert 'class="question' not in page


def test_the_log_names_nobody_who_may_leave(admin, guide, veteran):
    typed = {"to": veteran.handle, "reason": "Its owner left.", "confirmed": "1"}
    chosen = {"action": "hand_over", "_selected_action": [guide.pk]}

    admin.post("/admin/guides/guide/", chosen | typed)

    line = str(LogEntry.objects.get())
    assert "Its owner left." in line
    assert veteran.display_name not in line


def test_only_held_comments_are_counted_and_shown_as_held(
    admin, curator, newcomer, veteran, guide
):
    held, shown = (make_comment(guide, newcomer, f"Question {n}?") for n in (1, 2))
    held.hold(by=curator, reason="A moment.")

    page = admin.get("/admin/discussions/comment/?show=held")
    assert list(page.context["cl"].result_list) == [held]
    assert shown.state == "published"
