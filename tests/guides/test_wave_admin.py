"""Curators change what policies and bodies are, and see first what that touches."""

import pytest
from bs4 import BeautifulSoup

from guides.models import GuideAction, ReviewTask
from guides.wave import supersede
from landscape.models import PolicyRelation
from tests.factories import make_draft, publish
from tests.guides.landscape import citing, make_body, make_policy
from tests.guides.test_admin import act


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def asked(admin, row, action: str) -> str:
    """What the page says before a verb is done."""
    kind = row._meta.model_name
    chosen = {"action": action, "_selected_action": [row.pk]}
    page = admin.post(f"/admin/landscape/{kind}/", chosen).content
    words = BeautifulSoup(page, "html.parser").find(id="content").get_text()
    return " ".join(words.split())


def test_a_curator_sees_first_which_guides_it_touches(admin):
    policy = make_policy(title="Old Standard")
    citing(policy, title="First guide")
    citing(policy, title="Second guide")
    make_draft(body=f"[[policy:{policy.slug}]]", title="A draft")

    words = asked(admin, policy, "supersede")

    assert "2 live guides rest on “Old Standard” and will say" in words
    assert "First guide" in words
    assert "A draft" not in words
    assert "No live guide rests" in asked(admin, make_policy(), "supersede")


def test_a_curator_supersedes_a_policy(admin, curator):
    policy, successor = make_policy(), make_policy(slug="new")
    citing(policy)

    page = act(
        admin,
        [policy],
        "supersede",
        status="superseded",
        on="2026-04",
        successor="new",
        scope="for new contracts",
        still_for="for older ones",
    )

    assert "1 done" in page.content.decode()
    policy.refresh_from_db()
    assert (policy.status, policy.ended) == ("superseded", "2026-04")
    step = PolicyRelation.objects.get()
    assert (step.policy, step.still_for) == (successor, "for older ones")
    assert GuideAction.objects.get(verb="follow-up").by == curator


def test_what_is_wrong_is_said_in_words(admin):
    policy = make_policy(slug="same", title="Same")
    sent = {"status": "superseded", "successor": "same"}

    page = act(admin, [policy], "supersede", **sent).content.decode()
    assert "A policy cannot replace or change itself." in page
    page = act(admin, [policy], "supersede", **sent | {"successor": "no"})
    assert "No policy has this slug." in page.content.decode()

    policy.refresh_from_db()
    assert policy.status == "in-force"


def test_a_curator_says_what_became_of_a_body(admin):
    body = make_body(name="Old Body")
    for slug in "one", "two":
        make_body(slug=slug)
    citing(body)
    assert "1 live guide rests on “Old Body”" in asked(admin, body, "reorganise")

    sent = {"status": "split", "on": "2026", "into": "one, two"}
    page = act(admin, [body], "reorganise", **sent)

    assert "1 done" in page.content.decode()
    assert body.successions.count() == 2
    assert ReviewTask.objects.get().organisation == body


def test_slugs_of_no_body_are_named(admin):
    body = make_body()

    page = act(admin, [body], "reorganise", status="merged", on="2026", into="none")

    assert "No body has the slug “none”." in page.content.decode()


def test_a_row_says_where_it_is_cited(admin, curator):
    policy = make_policy()
    citing(policy, title="First guide")
    supersede(policy, status="withdrawn", by=curator)
    citing(make_policy(), title="Another guide")

    page = admin.get(f"/admin/landscape/policy/{policy.pk}/change/")
    page = BeautifulSoup(page.content, "html.parser")

    links = page.select(".field-where_cited a")
    assert "1 live guide rests on it." in page.select_one(".field-where_cited").text
    for link in links:
        listed = admin.get(link["href"]).content.decode()
        assert "First guide" in listed
        assert "Another guide" not in listed
    assert len(links) == 2


def test_tasks_wait_in_a_list_with_a_verb(admin, curator, author):
    policy = make_policy(title="Old Standard")
    citing(policy, owner=author, title="First guide")
    supersede(policy, status="withdrawn", on="2026", by=curator)

    listed = admin.get("/admin/guides/reviewtask/").content.decode()
    assert "Old Standard was withdrawn in 2026." in listed
    assert "Guides that a change affects" in admin.get("/admin/").content.decode()
    act(admin, [ReviewTask.objects.get()], "dismiss", reason="History.")

    assert "First guide" not in admin.get("/admin/guides/reviewtask/").content.decode()
    kept = admin.get("/admin/guides/reviewtask/?show=dismissed").content.decode()
    assert "History." in kept


def test_the_list_of_guides_shows_those_affected(admin, curator):
    policy = make_policy()
    citing(policy, title="First guide")
    publish(title="Another guide")
    supersede(policy, status="withdrawn", by=curator)

    listed = admin.get("/admin/guides/guide/?fresh=affected").content.decode()

    assert "First guide" in listed
    assert "Another guide" not in listed


@pytest.mark.parametrize("number", [1, 30])
def test_lists_ask_as_little_however_long_they_are(
    admin, curator, author, number, django_assert_max_num_queries
):
    policy = make_policy()
    for _ in range(number):
        citing(policy, owner=author)
    supersede(policy, status="withdrawn", by=curator)

    for address in "reviewtask/", "citation/":
        with django_assert_max_num_queries(12):
            assert admin.get(f"/admin/guides/{address}").status_code == 200
