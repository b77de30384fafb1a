"""A curator's work on guides in the admin."""

import pytest
from django.contrib.admin.models import LogEntry

from guides.models import EmptySearch, Guide
from tests.factories import make_draft, make_guide, make_topic, publish


@pytest.fixture
def admin(browser_of, curator):
    """The curator's browser."""
    return browser_of(curator)


def act(browser, rows, action: str, **typed):
    """Choose rows in a list, choose an action and answer its questions."""
    model = type(rows[0])._meta
    address = f"/admin/{model.app_label}/{model.model_name}/"
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    asked = browser.post(address, chosen)
    assert asked.status_code == 200, asked.url
    return browser.post(address, chosen | {"confirmed": "1"} | typed, follow=True)


def test_a_curator_writes_and_publishes_a_guide(admin, curator):
    topic = make_topic()
    typed = {
        "slug": "spend-control",
        "kind": "how-to",
        "topics": [topic.pk],
        "public_benefit": "Taxpayers.",
        "stages": ["first-week", "first-month"],
        "editions-TOTAL_FORMS": "1",
        "editions-INITIAL_FORMS": "0",
        "editions-0-title": "Spend control",
        "editions-0-summary": "How to ask.",
        "editions-0-body": "## First\n\nAsk early.",
    }
    answer = admin.post("/admin/guides/guide/add/", typed)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    guide = Guide.objects.get()
    assert (guide.draft.created_by, guide.stages) == (
        curator,
        ["first-week", "first-month"],
    )

    page = act(admin, [guide], "publish", override_reason="I am the only curator.")

    guide.refresh_from_db()
    assert "1 done" in page.content.decode()
    assert guide.live_edition.override_reason == "I am the only curator."
    assert "I am the only curator." in str(LogEntry.objects.first())


def test_a_verb_that_fails_says_why_and_changes_nothing(admin, curator):
    draft = make_draft(created_by=curator)

    page = act(admin, [draft.guide], "publish")

    assert "This is your own edition" in page.content.decode()
    assert Guide.objects.get().visibility == "unpublished"


def test_withdrawing_asks_for_a_reason(admin, guide):
    page = act(admin, [guide], "withdraw", reason="")
    assert "This field is required" in page.content.decode()

    act(admin, [guide], "withdraw", reason="The rules changed.")

    guide.refresh_from_db()
    assert guide.visibility_reason == "The rules changed."


def test_merging_asks_for_the_other_guide(admin, guide):
    other = publish()

    act(admin, [guide], "merge", into=other.slug)

    guide.refresh_from_db()
    assert guide.merged_into == other


def test_a_guide_is_taken_away_for_good(admin, guide):
    act(admin, [guide], "mark_gone", reason="It named a person.")

    guide.refresh_from_db()
    assert guide.visibility == "gone"


def test_a_published_edition_can_be_read_but_not_changed(admin, guide):
    address = f"/admin/guides/edition/{guide.live_edition.pk}/change/"

    assert 'name="body"' not in admin.get(address).content.decode()
    assert admin.post(address, {"body": "Other words."}).status_code == 403


def test_a_curator_previews_a_draft_from_its_guide(admin):
    draft = make_draft()

    page = admin.get(f"/admin/guides/guide/{draft.guide.pk}/change/").content.decode()

    assert draft.get_absolute_url() in page


@pytest.mark.parametrize(
    "address",
    [
        "/admin/guides/guide/",
        "/admin/guides/edition/",
        "/admin/guides/topic/",
        "/admin/guides/emptysearch/",
        "/admin/discussions/comment/",
        "/admin/accounts/user/",
        "/admin/landscape/organisation/",
        "/admin/hub/page/",
    ],
)
def test_a_list_is_quick_and_counts_no_million_rows(
    admin, guide, address, django_assert_max_num_queries
):
    EmptySearch.objects.record("xylophone")
    with django_assert_max_num_queries(15):
        assert admin.get(address).status_code == 200
    found = admin.get(f"{address}?q=a&p=1")
    assert (found.status_code, found.context["cl"].query) == (200, "a")


def test_a_withdrawn_guide_is_shown_again(admin, curator, guide):
    guide.withdraw(by=curator, reason="Old.")

    act(admin, [guide], "restore", reason="The rules stand after all.")

    guide.refresh_from_db()
    assert guide.visibility == "live"
    assert "The rules stand after all." in str(LogEntry.objects.first())


def test_a_guide_moves_to_another_address(admin, reader, guide):
    old = guide.get_absolute_url()

    act(admin, [guide], "rename", slug="assessments")

    assert reader.get(old).url == "/guides/assessments/"


def test_a_guide_does_not_move_to_a_taken_address(admin, guide):
    other = publish()

    page = act(admin, [guide], "rename", slug=other.slug).content.decode()

    assert "already exists" in page
    assert f"{guide.slug}: " in page.lower()


def test_guides_move_one_at_a_time(admin, guide):
    chosen = {"action": "rename", "_selected_action": [guide.pk, publish().pk]}

    page = admin.post("/admin/guides/guide/", chosen, follow=True)

    assert "choose one at a time" in page.content.decode()


def test_a_curator_finds_the_guides_with_a_draft(admin, guide):
    draft = make_draft()

    for choice, slug in ("yes", draft.guide.slug), ("no", guide.slug):
        page = admin.get(f"/admin/guides/guide/?draft={choice}")
        assert [row.slug for row in page.context["cl"].result_list] == [slug]


@pytest.mark.parametrize("choice", ["abc", "9" * 30, "-1", "²"])
def test_a_choice_that_names_no_row_is_refused(admin, guide, choice):
    chosen = {"action": "publish", "_selected_action": [choice]}

    answer = admin.post("/admin/guides/guide/", chosen)

    assert answer.status_code == 400
    assert b"choose rows of the list" in answer.content


def test_a_newcomer_cannot_enter_the_admin(browser_of, newcomer, reader):
    for browser in reader, browser_of(newcomer):
        answer = browser.get("/admin/guides/guide/")
        assert (answer.status_code, "/admin/login/" in answer.url) == (302, True)


def test_a_curator_without_the_right_cannot_publish(browser_of, newcomer):
    newcomer.is_staff = True
    newcomer.save()
    guide = make_draft(make_guide()).guide

    answer = browser_of(newcomer).post(
        "/admin/guides/guide/", {"action": "publish", "_selected_action": [guide.pk]}
    )

    assert answer.status_code == 403
