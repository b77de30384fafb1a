"""Curators change what policies and bodies are, and see first what that touches."""

import pytest
from bs4 import BeautifulSoup

from guides.models import GuideAction, ReviewTask
from guides.wave import reorganise, respell, supersede
from landscape.models import Organisation, PolicyRelation
from tests.factories import make_draft, make_user, publish
from tests.guides.landscape import citing, make_body, make_policy, make_term
from tests.guides.test_admin import act
from tests.landscape.test_admin import rows_of
from tests.pages import visit


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
        successor=successor.pk,
        scope="for new contracts",
        still_for="for older ones",
    )

    assert "1 done" in page.content.decode()
    policy.refresh_from_db()
    assert (policy.status, policy.ended) == ("superseded", "2026-04")
    step = PolicyRelation.objects.get()
    assert (step.policy, step.still_for) == (successor, "for older ones")
    assert GuideAction.objects.get(verb="follow-up").by == curator


def test_a_curator_sees_what_is_said_already_and_takes_a_mistake_back(admin, curator):
    policy, wrong = make_policy(), make_policy(title="Wrong Standard")
    right = make_policy(title="Right Standard")
    supersede(policy, status="superseded", successor=wrong, on="2026", by=curator)
    words = asked(admin, policy, "supersede")
    assert "Superseded, 2026. In its place: Wrong Standard" in words

    sent = {"status": "superseded", "on": "2026", "successor": right.pk}
    act(admin, [policy], "supersede", is_only="on", **sent)

    assert PolicyRelation.objects.get().policy == right


def opened(admin, row, action: str) -> dict:
    """The form of a verb, as a curator has it open."""
    kind = row._meta.model_name
    chosen = {"action": action, "_selected_action": [row.pk]}
    page = admin.post(f"/admin/landscape/{kind}/", chosen).content
    form = BeautifulSoup(page, "html.parser").select_one("#content form")
    hidden = form.select("input[type=hidden]")
    return {field["name"]: field["value"] for field in hidden}


def told(answer) -> str:
    """What a page of the admin says."""
    page = BeautifulSoup(answer.content, "html.parser")
    return " ".join(page.find(id="content").get_text().split())


CHANGED = "What this page says has changed since you opened it, so nothing is done yet."


def test_whoever_opened_the_form_before_a_colleague_changed_it_looks_again(
    admin, other_curator
):
    policy, new = make_policy(title="Old Standard"), make_policy(title="New Standard")
    sent = opened(admin, policy, "supersede")
    sent |= {"status": "withdrawn", "on": "2026-04", "scope": "Part <2>"}
    ends = {"status": "superseded", "successor": new, "on": "2026"}
    supersede(policy, by=other_curator, **ends)

    answer = admin.post("/admin/landscape/policy/", sent)

    assert CHANGED in told(answer)
    assert "Superseded, 2026. In its place: New Standard" in told(answer)
    form = BeautifulSoup(answer.content, "html.parser").select_one("#content form")
    assert form.find("input", {"name": "on"})["value"] == "2026-04"
    assert form.find("input", {"name": "scope"})["value"] == "Part <2>"
    assert form.select_one("option[value=withdrawn]").has_attr("selected")
    policy.refresh_from_db()
    assert policy.status == "superseded"
    sent |= {"shown": form.find("input", {"name": "shown"})["value"], "scope": ""}
    done = admin.post("/admin/landscape/policy/", sent, follow=True)
    assert "1 done" in done.content.decode()
    policy.refresh_from_db()
    assert policy.status == "withdrawn"


def test_the_number_of_guides_is_the_one_that_the_curator_has_read(admin):
    body = make_body(name="Old Body")
    citing(body)
    sent = opened(admin, body, "reorganise") | {"status": "closed", "on": "2026"}
    citing(body)

    answer = admin.post("/admin/landscape/organisation/", sent)

    assert CHANGED in told(answer)
    assert "2 live guides rest on “Old Body”" in told(answer)
    assert not ReviewTask.objects.exists()


def test_a_name_that_a_colleague_corrected_is_not_written_over(admin, other_curator):
    body = make_body(name="Old Bdoy", abbreviation="OB")
    sent = opened(admin, body, "respell") | {"name": "Old Boddy"}
    respell(body, name="Old Body", abbreviation="OBD", by=other_curator)

    answer = admin.post("/admin/landscape/organisation/", sent)

    assert CHANGED in told(answer)
    assert "Its name now: Old Body (OBD)" in told(answer)
    body.refresh_from_db()
    assert body.name == "Old Body"


@pytest.mark.parametrize(
    ("action", "typed"),
    [
        ("supersede", {"status": "withdrawn", "on": "2026"}),
        ("reorganise", {"status": "closed", "on": "2026"}),
        ("respell", {"name": "Other"}),
    ],
)
def test_what_nobody_changed_is_done_at_once(admin, action, typed):
    row = make_policy() if action == "supersede" else make_body()
    sent = opened(admin, row, action) | typed

    answer = admin.post(f"/admin/landscape/{row._meta.model_name}/", sent, follow=True)

    assert "1 done" in answer.content.decode()


def test_what_is_wrong_is_said_above_what_was_typed(admin):
    policy = make_policy(slug="same", title="Same")
    sent = {"status": "superseded", "successor": policy.pk, "scope": "Part 2"}

    page = act(admin, [policy], "supersede", **sent).content.decode()

    assert "A policy cannot replace or change itself." in page
    assert 'value="Part 2"' in page
    assert f'<option value="{policy.pk}" selected>' in page
    policy.refresh_from_db()
    assert policy.status == "in-force"


def test_a_curator_says_what_became_of_a_body(admin):
    body = make_body(name="Old Body")
    heirs = [make_body(slug=slug) for slug in ("one", "two")]
    citing(body)
    assert "1 live guide rests on “Old Body”" in asked(admin, body, "reorganise")

    sent = {"status": "split", "on": "2026", "into": [heir.pk for heir in heirs]}
    page = act(admin, [body], "reorganise", **sent)

    assert "1 done" in page.content.decode()
    assert body.successions.count() == 2
    assert ReviewTask.objects.get().organisation == body


def test_without_script_a_curator_types_names(admin):
    body = make_body(name="Old Body")
    make_body(name="Body One", abbreviation="B1", slug="one")
    make_body(name="Body Two", slug="two")

    typed = "b1\n  body   TWO\r\n\nTWO"
    sent = {"status": "split", "on": "2026", "into_typed": typed}
    act(admin, [body], "reorganise", **sent)

    heirs = body.successions.values_list("new__slug", flat=True)
    assert list(heirs) == ["one", "two"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("none", "Nothing is called “none”."),
        ("Borough", "Nothing is called “Borough”. Do you mean “Borough Council”?"),
        ("BC", "Several are called “BC”. Do you mean “Borough Council” or “British Co"),
        ("9" * 30, "Nothing is called “999"),
        ("<b>", "Nothing is called “&lt;b&gt;”."),
    ],
)
def test_names_of_no_body_come_back_with_what_may_be_meant(admin, typed, said):
    body = make_body(name="Old Body")
    make_body(name="Borough Council", abbreviation="BC")
    make_body(name="British Coal", abbreviation="BC")

    sent = {"status": "merged", "on": "2026", "into_typed": typed}
    page = act(admin, [body], "reorganise", **sent).content.decode()

    assert said in page
    field = BeautifulSoup(page, "html.parser").find("textarea", {"name": "into_typed"})
    assert field.get_text() == typed


def test_what_was_said_of_a_body_stands_in_the_form(admin, curator):
    body, heir = make_body(), make_body(name="Heir Body")
    reorganise(body, status="merged", into=[heir], on="2026-04", by=curator)

    chosen = {"action": "reorganise", "_selected_action": [body.pk]}
    page = admin.post("/admin/landscape/organisation/", chosen).content.decode()

    assert '<option value="merged" selected>' in page
    assert 'value="2026-04"' in page
    assert f'<option value="{heir.pk}" selected>Heir Body</option>' in page


def test_a_curator_opens_a_body_again_that_ended_by_mistake(admin, curator):
    body, heir = make_body(name="Old Body"), make_body(name="Heir Body")
    citing(body, title="First guide")
    reorganise(body, status="merged", into=[heir], on="2026-04", by=curator)
    change = f"/admin/landscape/organisation/{body.pk}/change/"
    assert "Open it again" in admin.get(change).content.decode()
    words = asked(admin, body, "reopen")
    assert "April 2026. In its place: Heir Body." in words
    assert "1 live guide rests on “Old Body” and will not say any more that" in words

    page = act(admin, [body], "reopen")

    assert "1 done" in page.content.decode()
    body.refresh_from_db()
    assert body.status == "active"
    assert not ReviewTask.objects.open().exists()
    assert "Open it again" not in admin.get(change).content.decode()


def test_the_page_of_a_row_leads_to_its_verbs(admin):
    body = make_body(name="Old Body")

    page = admin.get(f"/admin/landscape/organisation/{body.pk}/change/").content
    form = BeautifulSoup(page, "html.parser").select_one("form.verbs")
    sent = {field["name"]: field.get("value") for field in form.select("input")}
    labels = [button.get_text() for button in form.select("button")]
    sent["action"] = form.button["value"]

    assert labels == ["Say what became of it", "Correct its name"]
    asked = admin.post(form["action"], sent).content.decode()
    assert "No live guide rests on “Old Body”" in asked


def test_a_former_name_that_is_added_is_told_in_guides(admin, reader):
    body = make_body(name="Old Body")
    guide = citing(body)
    Organisation.objects.update(name="New Body")
    sent = {"kind": "team", "aliases": "", **rows_of("origins"), **rows_of("origins-2")}
    sent |= rows_of("former_names", {"name": "Old Body", "until": "2026"})

    admin.post(f"/admin/landscape/organisation/{body.pk}/change/", sent)

    page = reader.get(guide.get_absolute_url()).content.decode()
    assert "(now New Body, since 2026)" in page


def test_a_term_says_where_it_is_cited(admin):
    term = make_term()
    citing(term, title="First guide")
    citing(make_term(slug="sro", short="SRO"), title="Another guide")

    page = admin.get(f"/admin/landscape/term/{term.pk}/change/")
    page = BeautifulSoup(page.content, "html.parser")

    [link] = page.select(".field-where_cited a")
    assert "1 live guide rests on it." in page.select_one(".field-where_cited").text
    listed = admin.get(link["href"]).content.decode()
    assert "First guide" in listed
    assert "Another guide" not in listed
    assert not page.select("form.verbs")
    new = admin.get("/admin/landscape/term/add/").content.decode()
    assert "where_cited" not in new


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


@pytest.mark.parametrize("make", [make_policy, make_body])
def test_curators_see_on_the_page_of_a_row_how_far_guides_were_looked_at(
    admin, reader, browser_of, author, curator, make
):
    row = make()
    guides = [citing(row, owner=author, title=f"Guide {n}") for n in range(4)]
    assert follow_up(admin, row) == "No guide was to be looked at because of it."
    if row._meta.model_name == "policy":
        supersede(row, status="withdrawn", by=curator)
    else:
        reorganise(row, status="closed", on="2026", by=curator)
    guides[0].verify(by=curator, basis="policies")
    ReviewTask.objects.get(guide=guides[1]).dismiss(by=curator, reason="History.")

    said = follow_up(admin, row)

    assert "2 open: nobody has looked" in said
    assert "1 done: somebody has looked" in said
    assert "1 dismissed: no look was needed" in said
    page = visit(admin, row.get_absolute_url()).find(id="follow-up").parent
    for link, titles in zip(page.select("a"), ("23", "0", "1"), strict=True):
        listed = admin.get(link["href"]).content.decode()
        assert {n for n in "0123" if f"Guide {n}" in listed} == {*titles}
    for browser in reader, browser_of(author):
        assert not follow_up(browser, row)


def test_staff_without_the_right_to_see_the_list_do_not_see_the_numbers(browser_of):
    row = make_policy()
    helper = make_user(is_staff=True)

    assert not follow_up(browser_of(helper), row)


def follow_up(browser, row) -> str:
    """What the page of a row says of follow-up."""
    heading = visit(browser, row.get_absolute_url()).find(id="follow-up")
    words = heading.find_next_sibling(["ul", "p"]) if heading else None
    return " ".join(words.get_text().split()) if words else ""


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
