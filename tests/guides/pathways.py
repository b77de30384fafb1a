"""Pathways for tests: small ones, and those that come with the site."""

import icalendar
import yaml
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from guides.models import Guide, Pathway, Plan, Step
from hub.content import Loader
from hub.pathways import Pathways
from landscape.models import Policy
from tests.factories import make_guide, numbers, publish
from tests.guides.landscape import make_policy
from tests.pages import check, send_from_page

MONDAY = "2027-01-04"
ANSWERS = {"starts_on": MONDAY, "place": "england-and-wales"}


def make_pathway(*steps: dict, **given) -> Pathway:
    """A pathway with these steps, or with a guide before and a task on day 1."""
    number = next(numbers)
    about = {"slug": f"pathway-{number}", "title": f"Pathway {number}"}
    about |= {"summary": "In order.", "done_when": "you are in."}
    pathway = Pathway.objects.create(**{"audience": "newcomers"} | about | given)
    usual = {"box": "before", "guide": publish(title="How it fits")}, {}
    for position, step in enumerate(steps or usual, start=1):
        make_step(pathway, position, **step)
    return pathway


def make_step(pathway: Pathway, position: int = 1, **given) -> Step:
    """A step; a task on day 1 unless it says otherwise."""
    words = {"why": "It helps.", "done_when": "it is done.", "box": "day"}
    words["number"] = 1 if given.get("box", "day") in ("day", "week") else 0
    if not given.get("guide"):
        words |= {"title": f"Task {position}", "minutes": 10}
    given = words | given
    return Step.objects.create(pathway=pathway, position=position, **given)


def make_plan(person, pathway: Pathway | None = None, **answers) -> Plan:
    """A plan in the account of a person."""
    answers = ANSWERS | {"profession": "", "tier": ""} | answers
    return Plan.objects.start(pathway or make_pathway(), by=person, **answers)


def start(browser: Client, pathway: Pathway, **answers):
    """What the site answers to somebody who starts a plan on a page of ours."""
    address = f"{pathway.get_absolute_url()}plan/start/"
    return send_from_page(browser, address, ANSWERS | answers)


def tick(browser: Client, plan: str, *steps: Step, before=()):
    """Send the plan's page with these boxes ticked."""
    keys = {"done": [s.pk for s in steps], "before": [s.pk for s in before]}
    return browser.post(plan, keys)


def ticked(page: BeautifulSoup) -> list[str]:
    """The names of the steps that a plan's page shows as done."""
    boxes = page.select("input[name=done][checked]")
    return [box.parent.span.get_text().removeprefix(": ") for box in boxes]


def starter_pathways(minutes: int = 8) -> dict[str, Pathway]:
    """The pathways of content/, with guides that take so many minutes to read in the
    place of the real ones."""
    folder = settings.BASE_DIR / "content"
    rows = yaml.safe_load((folder / "pathways.yaml").read_text())
    steps = [step for row in rows for step in row["steps"]]
    for slug in sorted({step["guide"] for step in steps if "guide" in step}):
        title = slug.replace("-", " ").capitalize()
        body = f"## A heading\n\n{'word ' * (200 * minutes - 2)}"
        if not Guide.objects.filter(slug=slug).exists():
            publish(make_guide(slug=slug), title=title, body=body)
    for slug in sorted({step["policy"] for step in steps if "policy" in step}):
        if not Policy.objects.filter(slug=slug).exists():
            make_policy(slug=slug)
    loader = Loader(folder)
    Pathways(loader).load()
    assert not loader.problems
    return {pathway.slug: pathway for pathway in Pathway.objects.all()}


def words(page) -> str:
    """The text of a page, with single blanks."""
    return " ".join(page.main.get_text().split())


def has_none(browser: Client, address: str) -> bool:
    """Whether the address of a plan leads to where one is made."""
    page = check(browser.get(address, follow=True), 200)
    return "This browser keeps no plan for it yet" in words(page)


def sign_in(browser: Client, person) -> None:
    """Let somebody in, in a browser that may keep a plan."""
    browser.force_login(person, "accounts.backends.PersonBackend")


def event_keys(browser: Client, plan: str) -> list[str]:
    """The names of a plan's steps to calendars."""
    calendar = icalendar.Calendar.from_ical(browser.get(f"{plan}plan.ics").content)
    return [str(event["UID"]) for event in calendar.walk("VEVENT")]
