"""Somebody makes a plan, follows it to its end, and takes it along."""

from datetime import timedelta

import icalendar
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from guides.models import Pathway
from tests.browser.people import sign_in
from tests.browser.test_access import OPTIONS
from tests.guides.pathways import make_pathway, make_plan, starter_pathways

LOOKS = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]


@pytest.fixture
def pathways(live_server, settings):
    """The address of a site with the pathways that come with it."""
    settings.SITE_URL = live_server.url
    starter_pathways()
    return f"{live_server.url}/pathways/"


def monday() -> str:
    """A Monday some weeks from now, as a box for dates takes it."""
    day = timezone.localdate() + timedelta(weeks=5)
    return (day - timedelta(days=day.weekday())).isoformat()


def make_the_plan(tab, pathways: str) -> None:
    """Answer what is asked on the page of pathways."""
    tab.goto(pathways)
    tab.get_by_label("Kind of body").select_option("NHS")
    tab.get_by_label("Your role").select_option("Delivery manager")
    tab.get_by_label("Your first day").fill(monday())
    tab.get_by_label("Where you will work").select_option("Scotland")
    tab.get_by_role("button", name="Make my plan").click()


def test_without_script_a_plan_is_made_finished_and_deleted(new_context, pathways):
    tab = new_context(java_script_enabled=False).new_page()
    make_the_plan(tab, pathways)
    expect(tab).to_have_url(f"{pathways}nhs-council-or-police/plan/")
    expect(tab.get_by_text("0 of 10 done")).to_be_visible()

    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Save my ticks").click()
    expect(tab.get_by_text("10 of 10 done")).to_be_visible()

    sent = {cookie["path"] for cookie in tab.context.cookies()}
    assert sent == {"/", "/pathways/nhs-council-or-police/plan/"}
    assert [c["name"] for c in tab.context.cookies(pathways)] == ["csrftoken"]

    tab.get_by_role("link", name="Delete this plan").click()
    tab.get_by_role("button", name="Delete my plan").click()
    tab.get_by_role("link", name="Open your plan").click()
    expect(tab.get_by_text("This browser keeps no plan for it yet")).to_be_visible()


def test_a_second_start_keeps_the_ticks(page, pathways):
    make_the_plan(page, pathways)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Save my ticks").click()
    expect(page.get_by_text("1 of 10 done")).to_be_visible()

    make_the_plan(page, pathways)  # the form of the list goes on to the plan

    expect(page.get_by_text("1 of 10 done")).to_be_visible()


def test_a_plan_is_taken_into_a_calendar(page, pathways):
    make_the_plan(page, pathways)

    with page.expect_download() as download:
        page.get_by_role("link", name="Put it into your calendar").click()

    file = download.value.path().read_bytes()
    assert len(icalendar.Calendar.from_ical(file).walk("VEVENT")) == 10
    assert download.value.suggested_filename == "nhs-council-or-police.ics"


def test_a_plan_goes_on_paper_without_its_forms(page, pathways):
    make_the_plan(page, pathways)

    page.emulate_media(media="print")

    expect(page.get_by_role("checkbox").first).to_be_visible()
    expect(page.get_by_role("button", name="Save my ticks")).to_be_hidden()
    expect(page.get_by_role("heading", name="Who sees it")).to_be_hidden()


def test_every_page_about_pathways_is_accessible(new_context, pathways, newcomer):
    tab = new_context(bypass_csp=True).new_page()
    site = pathways.removesuffix("/pathways/")
    sign_in(tab, site, newcomer)
    make_plan(newcomer, Pathway.objects.first())
    own = Pathway.objects.first().get_absolute_url()
    other = make_pathway().get_absolute_url()
    addresses = [
        pathways,
        f"{site}{own}",
        f"{site}{own}plan/",
        f"{site}{own}plan/start/",
    ]
    addresses += [f"{site}{own}plan/delete/", f"{site}{other}plan/"]
    found = []
    for address in addresses:
        for scheme, width in LOOKS:
            tab.emulate_media(color_scheme=scheme)
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(address)
            results = Axe().run(tab, options=OPTIONS)
            if results.violations_count:
                found.append(f"{address} {scheme}: {results.generate_report()}")
            wide = tab.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append(f"{address} {scheme} {width}: {wide} px wide")

    assert not found, "\n".join(found)
