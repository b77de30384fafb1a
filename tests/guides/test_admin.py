"""A curator's work on guides in the admin."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from zeal import zeal_ignore

from guides.models import EmptySearch, Guide, GuideAction
from tests.factories import make_draft, make_guide, make_user, publish


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


def visit_admin(browser, guide) -> BeautifulSoup:
    """The page of a guide in the admin."""
    answer = browser.get(f"/admin/guides/guide/{guide.pk}/change/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_a_curator_writes_where_everybody_writes(admin):
    assert admin.get("/admin/guides/guide/add/").url == "/guides/new/"


def test_a_curator_publishes_what_they_wrote_with_a_reason(admin, curator):
    guide = make_draft(make_guide(), created_by=curator).guide

    page = act(admin, [guide], "publish", override_reason="I am the only curator.")

    guide.refresh_from_db()
    assert "1 done" in page.content.decode()
    assert guide.live_edition.override_reason == "I am the only curator."
    assert "I am the only curator." in str(LogEntry.objects.first())


@pytest.fixture
def submitted(author, topic):
    """What an author handed in."""
    guide = make_guide(owner=author, topics=[topic])
    make_draft(guide, created_by=author, title="Spend control").submit(by=author)
    return guide


def test_a_curator_takes_an_edition_through_its_states(
    admin, curator, other_curator, submitted
):
    act(admin, [submitted], "assign", to=other_curator.pk)
    act(admin, [submitted], "request_changes", reason="Say who.", note="Third time.")
    assert submitted.draft.state == "changes-requested"
    assert submitted.draft.reviewer == other_curator
    submitted.draft.submit(by=submitted.owner)
    act(admin, [submitted], "approve")
    at = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    act(admin, [submitted], "schedule", at=at)
    assert submitted.draft.state == "scheduled"
    act(admin, [submitted], "unschedule", reason="The minister speaks that day.")
    act(admin, [submitted], "publish")

    verbs = list(GuideAction.objects.values_list("verb", flat=True))[::-1]
    assert verbs == [
        *("submit", "assign", "request-changes", "submit", "approve"),
        *("schedule", "unschedule", "publish"),
    ]


def test_the_page_of_a_guide_offers_what_can_be_done_now(admin, submitted):
    page = visit_admin(admin, submitted)

    offered = [button["value"] for button in page.select(".verbs button")]
    assert offered == [
        *("assign", "request_changes", "approve", "publish", "schedule"),
        *("hand_over", "rename"),
    ]
    assert page.find("a", string="Open it in the editor")
    assert "Handed in" in page.find(id="record").find_parent("fieldset").get_text()


def test_a_guide_without_a_keeper_is_given_to_somebody(admin, guide, veteran):
    act(admin, [guide], "hand_over", to=veteran.handle)

    guide.refresh_from_db()
    assert guide.owner == veteran


def test_a_new_rhythm_moves_the_day_of_the_next_check(admin, guide, topic):
    due = guide.due_on
    typed = {
        "kind": "primer",
        "topics": [topic.pk],
        "public_benefit": "Taxpayers.",
        "review_months": "12",
    }

    answer = admin.post(f"/admin/guides/guide/{guide.pk}/change/", typed)

    assert answer.status_code == 302, answer.content.decode()[-2000:]
    guide.refresh_from_db()
    assert (guide.due_on - due).days in range(180, 186)


def test_it_is_on_record_who_had_a_guide_and_who_has_it(admin, submitted, veteran):
    author = submitted.owner

    act(admin, [submitted], "hand_over", to=veteran.handle, reason="Left in May.")

    record = visit_admin(admin, submitted).find(id="record").find_parent("fieldset")
    assert f"({veteran}, before: {author})" in record.get_text()
    assert "Left in May." in record.get_text()


def test_a_colleague_publishes_what_its_author_found_right_with_a_reason(
    admin, other_curator, guide
):
    own = make_draft(make_guide(), created_by=other_curator, state="submitted")
    own.approve(by=other_curator, override_reason="Nobody else was there.")
    other = make_draft(guide, state="submitted", change_note="New rules.").guide

    with zeal_ignore():  # each row is done by itself
        page = act(admin, [own.guide, other], "publish")

    own.refresh_from_db()
    assert "2 done" in page.content.decode()
    assert own.state == "published"
    assert own.override_reason == "Nobody else was there."


def test_an_edition_outlives_whoever_approved_it(admin, curator, other_curator):
    edition = make_draft(make_guide(), created_by=curator, state="submitted")
    edition.approve(by=other_curator)
    edition.publish(by=curator)

    other_curator.delete()

    edition.refresh_from_db()
    assert (edition.state, edition.approved_by) == ("published", None)


def changed_form(page: BeautifulSoup, **changed) -> dict:
    """What a browser sends when a curator changes these fields of a guide's page."""
    form = page.find(id="guide_form")
    typed = {}
    for box in form.select("input[name], textarea[name]"):
        if box.get("type") not in {"submit", "checkbox"} or box.has_attr("checked"):
            typed.setdefault(box["name"], []).append(box.get("value", box.get_text()))
    for box in form.select("select[name]"):
        options = [option["value"] for option in box.select("option[selected]")]
        typed[box["name"]] = options
    words = {name: [text.strip() for text in texts] for name, texts in typed.items()}
    return words | changed


def test_a_curator_changes_what_they_changed_and_nothing_else(admin, guide):
    address = f"/admin/guides/guide/{guide.pk}/change/"
    seen = visit_admin(admin, guide)
    Guide.objects.filter(pk=guide.pk).update(public_benefit="Whoever rents.")
    publish(guide)

    answer = admin.post(address, changed_form(seen, kind="how-to"))

    assert answer.status_code == 302
    guide.refresh_from_db()
    assert (guide.kind, guide.public_benefit) == ("how-to", "Whoever rents.")
    assert guide.live_edition.number == 2


def test_a_curator_says_anew_whom_a_guide_is_for(admin, guide):
    Guide.objects.filter(pk=guide.pk).update(stages=["first-day"], tiers=["nhs"])
    seen = visit_admin(admin, guide)
    Guide.objects.filter(pk=guide.pk).update(tiers=["police"])
    address = f"/admin/guides/guide/{guide.pk}/change/"

    assert admin.post(address, changed_form(seen, stages=["leaving"])).url
    guide.refresh_from_db()
    assert (guide.stages, guide.tiers) == (["leaving"], ["police"])

    nobody = changed_form(visit_admin(admin, guide), stages=[])
    assert admin.post(address, nobody).status_code == 302
    guide.refresh_from_db()
    assert guide.stages == []


def test_two_who_describe_a_guide_anew_hear_of_each_other(admin, guide):
    address = f"/admin/guides/guide/{guide.pk}/change/"
    seen = visit_admin(admin, guide)
    Guide.objects.filter(pk=guide.pk).update(public_benefit="Whoever rents.")

    answer = admin.post(address, changed_form(seen, public_benefit="All who pay."))
    page = BeautifulSoup(answer.content, "html.parser")
    assert "It says now: “Whoever rents.”" in page.get_text()
    assert page.find(id="id_public_benefit").get_text().strip() == "All who pay."
    again = admin.post(address, changed_form(page))

    assert again.status_code == 302
    guide.refresh_from_db()
    assert guide.public_benefit == "All who pay."
    assert guide.actions.get(verb="describe").reason.endswith("Whoever rents.")


def test_a_reviewer_finds_what_was_given_to_them(
    admin, browser_of, curator, other_curator, submitted
):
    submitted.draft.assign(to=curator, by=other_curator)

    for whose, found in (admin, [submitted]), (browser_of(other_curator), []):
        page = whose.get("/admin/guides/guide/?for=me")
        assert list(page.context["cl"].result_list) == found
        desk = BeautifulSoup(whose.get("/desk/").content, "html.parser")
        waits = desk.find(id="waits").parent.get_text()
        assert ("You look at it." in waits) == bool(found)


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("next=submitted", True),
        ("next=draft", False),
        ("next=none", False),
        ("fresh=overdue", False),
        ("owned=no", False),
        ("owned=yes", True),
        ("next=junk&fresh=junk&owned=junk", True),
    ],
)
def test_a_curator_narrows_the_list_down(admin, submitted, query, is_there):
    page = admin.get(f"/admin/guides/guide/?{query}").content.decode()

    assert ("Spend control" in page) == is_there


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

    page = visit_admin(admin, draft.guide)

    assert page.find("a", href=draft.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    [
        "/admin/guides/guide/",
        "/admin/guides/edition/",
        "/admin/guides/guideaction/",
        "/admin/guides/reads/",
        "/admin/guides/topic/",
        "/admin/guides/verification/",
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


def test_staff_without_the_right_are_not_led_to_the_page_of_a_draft(browser_of, admin):
    draft = make_draft()
    kind = ContentType.objects.get_for_model(draft).pk
    staff = browser_of(make_user("Sample Helper", is_staff=True))
    address = f"/admin/r/{kind}/{draft.pk}/"

    assert admin.get(address).url.endswith(draft.get_absolute_url())
    assert staff.get(address).status_code == 403
    assert staff.get("/admin/r/999999/1/").status_code == 403


@pytest.mark.parametrize("junk", ["word", "\x00", "9" * 400, "-1", "٣"])
def test_a_topic_that_is_none_is_refused_in_words(admin, guide, junk):
    words = {"slug": guide.slug, "kind": "primer", "topics": junk}
    answer = admin.post(f"/admin/guides/guide/{guide.pk}/change/", words)

    assert answer.status_code == 200
    assert "topics" in answer.context["adminform"].form.errors
