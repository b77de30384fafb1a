"""A curator's work on comments in the admin."""

from discussions.models import Comment
from tests.factories import make_comment
from tests.guides.test_admin import act


def test_a_curator_hides_a_comment_with_a_reason(browser_of, curator, newcomer, guide):
    comment = make_comment(guide, newcomer)
    admin = browser_of(curator)

    act(admin, [comment], "hide", reason="It names a colleague.", note="Second time.")

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_by) == ("hidden", curator)
    assert comment.actions.get().private_note == "Second time."


def test_a_curator_restores_a_comment(browser_of, curator, newcomer, guide):
    comment = make_comment(guide, newcomer)
    comment.hide(by=curator, reason="Wrong place.")

    act(browser_of(curator), [comment], "restore", reason="It was fine.")

    assert Comment.objects.get().state == "published"


def test_words_are_read_but_not_changed(browser_of, curator, newcomer, guide):
    comment = make_comment(guide, newcomer)
    address = f"/admin/discussions/comment/{comment.pk}/change/"
    admin = browser_of(curator)

    assert b"Who owns the budget?" in admin.get(address).content
    assert admin.post(address, {"body": "Other words."}).status_code == 403


def test_a_curator_finds_what_a_person_wrote_and_what_stands_beside_a_guide(
    browser_of, curator, newcomer, veteran, guide
):
    mine, other = make_comment(guide, newcomer), make_comment(guide, veteran)
    admin = browser_of(curator)
    searches = {
        newcomer.email.upper(): {mine},
        veteran.handle: {other},
        guide.slug: {mine, other},
        "nobody": set(),
    }

    for words, found in searches.items():
        page = admin.get("/admin/discussions/comment/", {"q": words})
        assert set(page.context["cl"].result_list) == found
