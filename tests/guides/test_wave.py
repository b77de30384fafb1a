"""When a policy changes, every live guide that rests on it says so, once."""

import pytest
from django.core.exceptions import ValidationError

from guides.models import Edition, Guide, GuideAction, ReviewTask
from guides.registers import look_up
from guides.wave import supersede
from landscape.models import Policy, PolicyRelation
from tests.factories import make_draft, publish
from tests.guides.landscape import citing, make_policy, make_policy_in_part
from tests.pages import visit

BANNER = "What this guide rests on has changed."


@pytest.fixture
def old():
    """The policy of before."""
    return make_policy(slug="old-standard", title="Old Standard")


@pytest.fixture
def new():
    """The policy of today."""
    return make_policy(slug="new-standard", title="New Standard")


@pytest.fixture
def five(old, curator):
    """Guides that cite the old policy: three live, a draft and a withdrawn one."""
    guides = [citing(old) for _ in range(3)]
    draft = make_draft(body="[[policy:old-standard]]").guide
    withdrawn = citing(old)
    withdrawn.withdraw(by=curator, reason="Wrong.")
    return [*guides, draft, withdrawn]


def banners(browser, guides) -> list:
    """The banners that a reader of these guides sees."""
    pages = [visit(browser, guide.get_absolute_url(), follow=True) for guide in guides]
    notices = [notice for page in pages for notice in page.select(".notice")]
    return [notice for notice in notices if BANNER in notice.get_text()]


def words_of(part) -> str:
    return " ".join(part.get_text().split())


def replace_it(old, new, by) -> int:
    return supersede(old, status="superseded", successor=new, on="2026-04", by=by)


def test_three_live_guides_have_a_banner_and_a_task_each(
    reader, browser_of, curator, five, old, new
):
    assert replace_it(old, new, curator) == 3

    assert ReviewTask.objects.open().count() == 3
    assert set(ReviewTask.objects.values_list("guide", flat=True)) == {
        guide.pk for guide in five[:3]
    }
    assert len(banners(reader, five[:3])) == 3
    assert not banners(browser_of(curator), five[3:])
    assert GuideAction.objects.filter(verb="follow-up", by=curator).count() == 3


def test_the_banner_says_too_what_became_of_the_new_one(reader, curator, old, new):
    guide = citing(old)
    replace_it(old, new, curator)

    supersede(new, status="superseded", on="2026-05", by=curator)

    [banner] = banners(reader, [guide])
    said = "superseded in April 2026 by New Standard, which was superseded."
    assert said in words_of(banner)
    assert str(ReviewTask.objects.with_changes().get().change).endswith(said[:-1])


def test_the_banner_names_old_and_new_with_links_and_dates(reader, curator, old, new):
    guide = citing(old)
    replace_it(old, new, curator)

    [banner] = banners(reader, [guide])

    words = " ".join(banner.get_text().split())
    assert "Old Standard was superseded in April 2026 by New Standard." in words
    assert {a["href"] for a in banner.find_all("a")} == {
        "/policies/old-standard/",
        "/policies/new-standard/",
    }


def test_what_still_holds_for_some_is_not_told_as_dead(
    reader, browser_of, author, curator
):
    old = make_policy_in_part()
    Policy.objects.filter(pk=old.pk).update(status="in-force", ended="")
    old.refresh_from_db()
    guide = citing(old, owner=author)
    supersede(old, status="superseded", on="2025-02-24", by=curator)
    said = (
        "holds no more for new contracts, but still holds for older ones. "
        "It was superseded on 24 February 2025 by New rules."
    )

    [banner] = banners(reader, [guide])

    assert f"Old rules {said}" in words_of(banner)
    page = visit(reader, guide.get_absolute_url())
    box = page.find(id="rests-on").parent
    assert f"It {said}" in words_of(box)
    assert box.select_one(".pill").get_text() == "Superseded in part"
    desk = visit(browser_of(author), "/desk/")
    assert f"Old rules {said}" in words_of(desk)
    advice = look_up("[[policy:old-rules]]")["policy", "old-rules"].trouble
    assert advice == f"Old rules {said}"


def test_whoever_ends_a_policy_says_what_it_still_holds_for(reader, curator, old, new):
    guide = citing(old)
    ends = {"status": "superseded", "successor": new, "on": "2026-04", "by": curator}
    with pytest.raises(ValidationError, match="Say for what it is replaced"):
        supersede(old, **ends, still_for="for older ones")
    supersede(old, **ends, scope="for new contracts", still_for="for older ones")

    [banner] = banners(reader, [guide])

    assert "no more for new contracts, but still holds for older ones." in words_of(
        banner
    )


def test_for_what_something_else_holds_is_told(reader, curator, old, new):
    guide = citing(old)
    ends = {"status": "superseded", "successor": new, "on": "2026-04", "by": curator}
    supersede(old, **ends, scope="for new contracts")

    [banner] = banners(reader, [guide])

    said = "was superseded in April 2026 by New Standard for new contracts."
    assert said in words_of(banner)


def test_done_again_nothing_is_asked_twice(curator, five, old, new):
    replace_it(old, new, curator)

    assert replace_it(old, new, curator) == 0

    assert ReviewTask.objects.count() == 3
    assert PolicyRelation.objects.count() == 1


def test_one_guide_is_cleared_by_verifying_it(reader, curator, five, old, new):
    replace_it(old, new, curator)

    five[0].verify(by=curator, basis="policies")
    replace_it(old, new, curator)

    assert ReviewTask.objects.open().count() == 2
    assert len(banners(reader, five[:3])) == 2
    assert ReviewTask.objects.get(state="done").closed_by == curator


def test_one_guide_is_cleared_by_a_new_edition(reader, curator, five, old, new):
    replace_it(old, new, curator)

    publish(five[1], body="It rests on [[policy:new-standard]].")

    assert len(banners(reader, five[:3])) == 2


def test_an_edition_of_before_the_change_clears_nothing(reader, curator, old, new):
    guide = citing(old)
    planned = make_draft(guide, body="Still [[policy:old-standard]].", state="ready")
    replace_it(old, new, curator)

    planned.publish(by=None, change_note="New.")

    assert ReviewTask.objects.open().count() == 1
    assert banners(reader, [guide])


@pytest.mark.parametrize("is_checked", [True, False])
@pytest.mark.parametrize("is_scheduled", [True, False])
def test_an_edition_of_before_that_newly_cites_what_changed_says_so(
    reader, curator, days_ago, old, new, is_checked, is_scheduled
):
    guide = publish(body="It rests on nothing.")
    planned = make_draft(guide, body="[[policy:old-standard]]", state="ready")
    replace_it(old, new, curator)
    if is_checked:
        guide.verify(by=curator, basis="policies")

    if is_scheduled:
        about = {"state": "scheduled", "scheduled_for": days_ago(0)}
        about |= {"change_note": "New.", "override_reason": "Planned."}
        Edition.objects.filter(pk=planned.pk).update(**about)
        planned.publish_as_scheduled()
    else:
        planned.publish(by=None, change_note="New.")

    assert ReviewTask.objects.get().policy == old
    assert banners(reader, [guide])


def test_an_edition_that_cites_what_was_dismissed_asks_not_again(
    reader, curator, old, new
):
    guide = citing(old)
    planned = make_draft(guide, body="Yet [[policy:old-standard]].", state="ready")
    replace_it(old, new, curator)
    ReviewTask.objects.get().dismiss(by=curator, reason="History.")

    planned.publish(by=None, change_note="New.")

    assert ReviewTask.objects.count() == 1
    assert not banners(reader, [guide])


def test_an_edition_of_before_that_rests_on_something_else_clears_it(
    reader, curator, old, new
):
    guide = citing(old)
    planned = make_draft(guide, body="On [[policy:new-standard]].", state="ready")
    replace_it(old, new, curator)

    planned.publish(by=None, change_note="New.")

    assert not ReviewTask.objects.open().exists()


def test_a_guide_published_later_has_no_task_but_says_so_beside_the_text(
    reader, curator, old, new
):
    replace_it(old, new, curator)
    guide = citing(old)

    page = visit(reader, guide.get_absolute_url())

    assert not ReviewTask.objects.exists()
    assert not banners(reader, [guide])
    assert (
        "superseded in April 2026 by New Standard"
        in page.find(id="rests-on").parent.get_text()
    )


def test_a_curator_dismisses_with_a_reason(reader, curator, old, new):
    guide = citing(old)
    replace_it(old, new, curator)
    task = ReviewTask.objects.get()

    with pytest.raises(ValidationError, match="Say why"):
        task.dismiss(by=curator, reason=" ")
    task.dismiss(by=curator, reason="It only tells the history.")

    assert not banners(reader, [guide])
    assert GuideAction.objects.get(verb="dismiss").reason == task.note
    with pytest.raises(ValidationError, match="already"):
        task.dismiss(by=curator, reason="Again.")


@pytest.mark.parametrize("status", ["withdrawn", "being-replaced"])
def test_other_ends_are_told_too(reader, curator, old, status):
    guide = citing(old)

    assert supersede(old, status=status, by=curator) == 1

    [banner] = banners(reader, [guide])
    assert "Old Standard" in banner.get_text()


def test_what_comes_to_an_end_step_by_step_has_one_task_at_a_time(curator, five, old):
    supersede(old, status="being-replaced", by=curator)
    five[0].verify(by=curator, basis="policies")

    assert supersede(old, status="superseded", on="2026-04", by=curator) == 3

    assert ReviewTask.objects.open().count() == 3
    assert ReviewTask.objects.count() == 4


@pytest.mark.parametrize("is_named_again", [True, False])
def test_a_corrected_date_is_told_and_asks_nobody_again(
    reader, curator, old, new, is_named_again
):
    guide = citing(old)
    replace_it(old, new, curator)
    known = {"successor": new} if is_named_again else {}

    assert (
        supersede(old, status="superseded", on="2026-05-01", by=curator, **known) == 0
    )

    [banner] = banners(reader, [guide])
    assert "on 1 May 2026 by New Standard." in " ".join(banner.get_text().split())
    assert PolicyRelation.objects.get().since == "2026-05-01"
    assert ReviewTask.objects.count() == 1


def test_another_successor_leaves_the_day_of_the_first(curator, old, new):
    supersede(
        old, status="superseded", successor=new, on="2024-04", scope="New", by=curator
    )

    supersede(
        old, status="superseded", successor=make_policy(), on="2026-01", by=curator
    )

    assert PolicyRelation.objects.get(policy=new).since == "2024-04"


def test_what_is_said_of_a_successor_later_is_added(curator, old, new):
    replace_it(old, new, curator)

    supersede(old, status="superseded", successor=new, scope="For new work", by=curator)

    relation = PolicyRelation.objects.get()
    assert (relation.since, relation.scope) == ("2026-04", "For new work")


def test_another_successor_is_news(curator, five, old, new):
    supersede(old, status="superseded", on="2026-04", by=curator)
    five[0].verify(by=curator, basis="policies")

    assert replace_it(old, new, curator) == 3

    assert ReviewTask.objects.open().count() == 3


def test_a_guide_that_returns_says_what_changed_meanwhile(reader, curator, five, old):
    supersede(old, status="withdrawn", on="2026-04", by=curator)

    five[4].restore(by=curator, reason="It was right.")

    assert banners(reader, [five[4]])
    assert five[4].freshness == "affected"
    five[4].verify(by=curator, basis="policies")
    five[4].withdraw(by=curator, reason="Again.")
    five[4].restore(by=curator, reason="Again.")
    assert not banners(reader, [five[4]])


def test_a_guide_that_returns_asks_not_again_what_was_dismissed(reader, curator, old):
    guide = citing(old)
    supersede(old, status="withdrawn", by=curator)
    ReviewTask.objects.get().dismiss(by=curator, reason="History.")
    guide.withdraw(by=curator, reason="Wrong.")

    guide.restore(by=curator, reason="Right.")

    assert not banners(reader, [guide])
    assert ReviewTask.objects.count() == 1


def test_a_guide_that_returns_with_words_of_before_says_what_changed(
    reader, curator, five, old
):
    planned = make_draft(five[4], body="[[policy:old-standard]]", state="ready")
    supersede(old, status="withdrawn", by=curator)

    planned.publish(by=None, change_note="New.")

    assert banners(reader, [five[4]])


def test_back_in_force_the_banners_go(reader, curator, old):
    guide = citing(old)
    supersede(old, status="withdrawn", by=curator)

    supersede(old, status="in-force", by=curator)

    assert not banners(reader, [guide])
    assert ReviewTask.objects.get().state == "dismissed"


def test_what_holds_again_is_replaced_by_nothing(reader, curator, old, new):
    replace_it(old, new, curator)

    supersede(old, status="in-force", by=curator)
    supersede(old, status="in-force", by=curator)

    assert not PolicyRelation.objects.exists()
    for address in "/policies/old-standard/", "/policies/new-standard/":
        assert "replaced" not in words_of(visit(reader, address).main)
    assert not reader.get("/policies/old-standard.json").json()["relations"]
    assert "Replaced" not in words_of(visit(reader, "/search/?q=old+standard").main)


def test_a_successor_named_by_mistake_is_taken_back(reader, curator, five, old, new):
    wrong = make_policy(slug="wrong", title="Wrong Standard")
    replace_it(old, wrong, curator)
    five[0].verify(by=curator, basis="policies")
    ends = {"status": "superseded", "on": "2026-04", "by": curator, "is_only": True}

    assert supersede(old, successor=new, **ends) == 3
    assert supersede(old, successor=new, **ends) == 0

    assert PolicyRelation.objects.get().policy == new
    assert "Wrong Standard" not in words_of(visit(reader, "/policies/old-standard/"))
    assert len(banners(reader, five[:3])) == 3
    assert "by New Standard." in words_of(banners(reader, five[:1])[0])


def test_a_successor_may_be_taken_back_for_nothing(curator, old, new):
    replace_it(old, new, curator)

    supersede(old, status="superseded", is_only=True, by=curator)

    assert not PolicyRelation.objects.exists()


def test_what_was_the_wrong_way_round_is_put_right(curator, old, new):
    replace_it(new, old, curator)

    supersede(new, status="in-force", by=curator)
    replace_it(old, new, curator)

    assert PolicyRelation.objects.get().other == old


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": "superseded", "on": "2026-13"}, "Write a date"),
        ({"status": "gone"}, "not a valid choice"),
        ({"status": "superseded", "on": "2020"}, "cannot end before"),
        ({"status": "being-replaced", "on": "2027"}, "which policy replaces it"),
        ({"status": "superseded", "scope": "Part 2"}, "which policy replaces that"),
    ],
)
def test_what_cannot_be_changes_nothing(curator, given, words):
    old = make_policy(in_force_from="2024-01-01")
    citing(old)

    with pytest.raises(ValidationError, match=words):
        supersede(old, by=curator, **given)

    old.refresh_from_db()
    assert old.status == "in-force"
    assert not ReviewTask.objects.exists()


@pytest.mark.parametrize("status", ["proposed", "in-force", "partly-in-force"])
def test_a_policy_that_stands_has_nothing_in_its_place(curator, old, new, status):
    citing(old)

    with pytest.raises(ValidationError, match="has nothing in its place"):
        supersede(old, status=status, successor=new, by=curator)

    old.refresh_from_db()
    assert old.status == "in-force"
    assert not PolicyRelation.objects.exists()


def test_a_policy_cannot_replace_itself_nor_its_successor(curator, old, new):
    citing(old)
    with pytest.raises(ValidationError, match="cannot replace"):
        supersede(old, status="superseded", successor=old, by=curator)
    replace_it(old, new, curator)
    with pytest.raises(ValidationError, match="cannot replace each other"):
        supersede(new, status="superseded", successor=old, by=curator)

    new.refresh_from_db()
    assert new.status == "in-force"


def test_whoever_dismissed_may_leave(curator, old):
    citing(old)
    supersede(old, status="withdrawn", by=curator)
    ReviewTask.objects.get().dismiss(by=curator, reason="History.")

    curator.delete()

    assert ReviewTask.objects.get().closed_by is None


def test_guides_know_that_they_are_affected(reader, curator, old):
    guide = citing(old)
    assert Guide.objects.get(pk=guide.pk).freshness == "current"

    supersede(old, status="withdrawn", by=curator)

    assert Guide.objects.get(pk=guide.pk).freshness == "affected"
    assert Guide.objects.affected().get() == guide
    listed = visit(reader, "/guides/").find(class_="card-row")
    assert "Affected by a change" in listed.get_text()
    markdown = reader.get(f"/guides/{guide.slug}.md").content.decode()
    assert "- Freshness: Affected by a change" in markdown
    assert "> What this guide rests on has changed: Old Standard was with" in markdown
