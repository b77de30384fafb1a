"""Why it is like this: what writers, readers and curators see of such blocks."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from discussions.models import Thread
from guides.models import Edition, Guide, WhyBlock
from tests.factories import make_draft, make_guide, publish
from tests.guides.editor import edit, words_of
from tests.guides.landscape import make_body, make_policy
from tests.guides.whys import FREELY, REASON, TITLE, block
from tests.pages import send, send_from_page, visit

WHY = "/why/"


@pytest.fixture
def treasury():
    """A body that owns a policy."""
    return make_body(slug="treasury", name="The Treasury")


@pytest.fixture
def policy(treasury):
    """What the blocks of these tests cite."""
    return make_policy(slug="public-money", title="Public Money", owner=treasury)


@pytest.fixture
def explained(policy, topic):
    """A live guide with one block."""
    guide = make_guide(topics=[topic], slug="spending")
    return publish(guide, title="Spending", body=f"## Money\n\n{block()}\n\nMore.")


def words(page) -> str:
    return " ".join(page.get_text().split())


def listed(page) -> dict[str, list[str]]:
    """The titles of the blocks on the page, by the body that they stand under."""
    return {
        section.h2.get_text(strip=True): [
            h3.get_text() for h3 in section.find_all("h3")
        ]
        for section in page.select(".whys section")
    }


def test_a_newcomer_reads_the_reason_where_the_rule_puzzles_them(reader, explained):
    aside = visit(reader, "/guides/spending/").aside

    assert "Why is it like this?" in words(aside)
    assert aside.select_one("dd a")["href"] == "/policies/public-money/"
    assert [
        a.get_text() for a in visit(reader, "/guides/spending/").select(".toc a")
    ] in (
        [],
        ["Money"],
    )


def test_a_newcomer_finds_the_rule_in_the_list_of_all_and_gets_to_its_place(
    reader, explained
):
    page = visit(reader, WHY)
    assert listed(page) == {"The Treasury": [TITLE]}
    assert "A budget says how much may be spent." in words(page.main)
    assert page.select_one(".kicker a").get_text() == "Spending"

    address, _, place = page.select_one(".whys h3 a")["href"].partition("#")

    assert visit(reader, address).find(id=place).name == "aside"


def test_a_search_finds_a_guide_by_the_words_of_its_block(reader, explained):
    assert "Spending" in words(visit(reader, "/search/?q=parliament+grants").main)


def test_a_newcomer_takes_the_block_along(reader, explained):
    text = reader.get("/guides/spending.md").content.decode()

    assert f"::: why {TITLE}\n" in text
    assert "[Public Money](http://testserver/policies/public-money/)" in text


def test_a_veteran_says_that_a_reason_no_longer_holds(
    reader, browser_of, veteran, explained
):
    link = visit(reader, "/guides/spending/").select_one(".why__doubt a")
    assert link["href"] == (
        f"/guides/spending/discussion/new/?about={explained.live_edition.why_blocks.get().block}"
    )
    browser = browser_of(veteran)
    page = visit(browser, link["href"])
    assert page.select_one("[name=kind] [selected]")["value"] == "correction"
    body = page.find("textarea").get_text().strip()
    assert body == f"> {TITLE}"

    typed = {"kind": "correction", "body": f"{body}\n\nNot since 2026.", "post": "1"}
    browser.post(page.select_one("form.compose")["action"], typed)

    thread = Thread.objects.get()
    assert (thread.kind, thread.quoted_text) == ("correction", TITLE)
    assert thread.block_key == explained.live_edition.why_blocks.get().block
    assert "Not since 2026." in words(visit(reader, "/guides/spending/").main)


def test_a_signed_out_reader_comes_back_to_the_block_they_wrote_about(
    reader, explained
):
    key = explained.live_edition.why_blocks.get().block
    address = f"/guides/spending/discussion/new/?about={key}"

    typed = {"kind": "correction", "body": "It is gone."}
    answer = send_from_page(reader, address, typed)

    assert answer.url == address
    assert "It is gone." in visit(reader, address).find("textarea").get_text()


@pytest.mark.parametrize("about", ["none", "", "b-1"])
def test_an_address_about_a_block_that_is_not_there_asks_for_any_words(
    reader, explained, about
):
    page = visit(reader, f"/guides/spending/discussion/new/?about={about}")

    assert page.find("textarea").get_text().strip() == ""


def test_nobody_is_asked_about_a_guide_that_is_withdrawn(reader, curator, explained):
    explained.withdraw(by=curator, reason="It is being rewritten.")

    page = visit(reader, "/guides/spending/")

    assert page.aside and not page.select(".why__doubt")
    assert listed(visit(reader, WHY)) == {}


def test_each_block_stands_under_the_body_it_is_about(reader, policy, treasury):
    cabinet, home = make_body(name="Cabinet"), make_body(name="Home", slug="home")
    other = make_policy(slug="other", owner=None)
    outside = "- Reason: [It is law](https://www.legislation.gov.uk/)."
    named = block(f"- Reason: [[org:{cabinet.slug}]] says [[policy:public-money]].")
    publish(body=named)
    publish(body=block(REASON, title="By its policy"))
    guide = publish(body=block(outside, title="By its guide"))
    guide.organisations.set([home, cabinet])
    publish(body=block(f"- Reason: [[policy:{other.slug}]].", title="Of nobody"))

    assert listed(visit(reader, WHY)) == {
        "Cabinet": ["By its guide", TITLE],
        "The Treasury": ["By its policy"],
        "Across government": ["Of nobody"],
    }
    for slug, found in [
        ("home", {"Home": ["By its guide"]}),
        (cabinet.slug, {"Cabinet": ["By its guide", TITLE]}),
        ("treasury", {"The Treasury": ["By its policy"]}),
        ("none", {"Across government": ["Of nobody"]}),
    ]:
        page = visit(reader, f"{WHY}?body={slug}")
        assert listed(page) == found
        assert page.select_one("option[selected]")["value"] == slug
        assert page.find("meta", {"name": "robots"})["content"].startswith("noindex")
    choices = [o["value"] for o in visit(reader, WHY).select("#body option")]
    assert choices == ["", cabinet.slug, "home", "treasury", "none"]


@pytest.mark.parametrize("query", ["?body=nowhere", "?page=0", "?page=2"])
def test_what_no_list_has_is_not_found(reader, explained, query):
    visit(reader, WHY + query, status=404)


def test_a_list_without_blocks_says_what_would_stand_there(reader):
    page = visit(reader, WHY)

    assert "Nothing is explained here yet" in words(page.main)
    assert page.select_one(".empty a")["href"] == "/guides/new/"
    assert "Nothing is explained" in words(visit(reader, f"{WHY}?body=none").main)


def test_the_list_follows_the_edition_that_readers_see(reader, explained):
    publish(explained, body=block(title="Another"))
    assert listed(visit(reader, WHY)) == {"The Treasury": ["Another"]}
    make_draft(explained, body=block(title="Not yet"))
    assert listed(visit(reader, WHY)) == {"The Treasury": ["Another"]}

    Edition.objects.filter(state="draft").delete()
    publish(explained, body="## None any more")

    assert listed(visit(reader, WHY)) == {}


def test_every_page_and_search_engine_leads_to_the_list(reader, explained):
    assert visit(reader, "/").footer.find("a", href=WHY)
    assert "http://testserver/why/" in reader.get("/sitemap.xml").content.decode()
    assert "http://testserver/why/" in reader.get("/llms.txt").content.decode()


@pytest.mark.parametrize("number", [3, 120])
def test_the_list_costs_the_same_however_long_it_is(
    reader, policy, number, django_assert_max_num_queries
):
    body = "\n\n".join(block(title=f"Rule {n}") for n in range(number))
    publish(body=body)
    publish().organisations.set([make_body()])

    for query in "", "?body=treasury", "?body=none":
        with django_assert_max_num_queries(6):
            page = visit(reader, WHY + query)
    with django_assert_max_num_queries(6):
        page = visit(reader, f"{WHY}?body=treasury&page={1 if number < 50 else 3}")
    assert len(page.select(".whys h3")) == (3 if number < 50 else 20)


def test_the_preview_names_block_and_line_of_what_is_missing(browser_of, author, draft):
    body = f"## Money\n\n{block(FREELY)}"
    sent = words_of(draft.editions.get(), body=body)

    page = send(browser_of(author), f"/guides/{draft.slug}/preview/", sent)

    [found] = [
        li for li in page.select(".advice li") if "There is no reason" in words(li)
    ]
    assert found.q.get_text() == TITLE
    assert "cannot be handed in or published. Line 3." in words(found)


def test_what_a_block_lacks_is_saved_as_a_draft_and_not_handed_in(
    browser_of, author, policy, topic
):
    guide = make_draft(
        make_guide(owner=author, topics=[topic]), created_by=author
    ).guide
    browser = browser_of(author)
    sent = words_of(guide.editions.get(), body=f"{block(FREELY)}\n\nMore.")
    assert browser.post(edit(guide), sent).status_code == 302

    page = send(browser, f"/guides/{guide.slug}/submit/", {}, status=422)
    said = f"Line 1, “{TITLE}”: There is no reason."
    assert said in words(page.find(role="alert"))
    assert guide.editions.get().state == "draft"

    sent = words_of(guide.editions.get(), body=block())
    browser.post(edit(guide), sent)
    browser.post(f"/guides/{guide.slug}/submit/", {})
    assert guide.editions.get().state == "submitted"


def test_a_curator_cannot_publish_what_lacks_a_source(curator, policy):
    edition = make_draft(state="submitted", body=block("- Reason: It is so."))

    with pytest.raises(ValidationError, match="Say where the reason comes from"):
        edition.publish(by=curator)

    assert Guide.objects.get().visibility == "unpublished"


def test_a_planned_edition_whose_source_is_gone_goes_back_to_the_curators(
    curator, policy
):
    edition = make_draft(state="submitted", body=block())
    WhyBlock.objects.all().delete()
    edition.citations.all().delete()
    policy.delete()

    with pytest.raises(
        ValidationError, match="Nothing is called “policy:public-money”"
    ):
        edition.publish(by=curator)


def test_the_writer_is_told_how_to_write_one(browser_of, author, draft):
    page = visit(browser_of(author), edit(draft))

    assert page.select_one("[data-mark=why]").get_text() == "Why"
    assert "::: why A short title" in words(page.select_one(".help"))


def test_a_comparison_of_two_editions_shows_what_changed_in_it(reader, explained):
    publish(
        explained, title="Spending", body=f"## Money\n\n{block(title='New')}\n\nMore."
    )

    page = visit(reader, "/guides/spending/compare/1/2/")

    assert "New" in [words(added) for added in page.select(".diff ins")]
    assert visit(reader, "/guides/spending/editions/1/").aside


def test_rendering_again_finds_blocks_and_changes_none(explained):
    before = list(WhyBlock.objects.values())
    call_command("rerender", verbosity=0)
    assert list(WhyBlock.objects.values()) == before

    WhyBlock.objects.all().delete()
    call_command("rerender", verbosity=0)

    after = list(WhyBlock.objects.values())
    assert [row | {"id": 0} for row in after] == [row | {"id": 0} for row in before]


def test_the_database_keeps_blocks_whole(explained, policy, treasury):
    [row] = WhyBlock.objects.all()
    again = {"edition": row.edition, "rule": "R", "block": row.block, "title": "T"}
    for wrong in again, again | {"block": "b", "title": ""}, again | {"rule": ""}:
        with pytest.raises(IntegrityError), transaction.atomic():
            WhyBlock.objects.create(**wrong)
    with pytest.raises(ProtectedError):
        policy.delete()
