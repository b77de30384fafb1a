"""Everybody can read and use every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from discussions.models import Comment
from guides.models import Guide, Topic
from hub import home
from hub.models import HomeSection
from tests.browser.people import sign_in
from tests.factories import (
    make_comment,
    make_curator,
    make_draft,
    make_guide,
    make_reply,
    make_user,
    publish,
)

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}}

GUIDE = "/guides/how-government-fits-together/"
SIGNED_OUT = [
    "/",
    "/guides/",
    "/guides/?kind=primer",
    "/guides/?kind=exchange",
    GUIDE,
    "/guides/your-first-week/",
    "/guides/service-standard-and-assessments/",
    "/guides/handling-information/",
    f"{GUIDE}history/",
    f"{GUIDE}editions/1/",
    f"{GUIDE}compare/1/2/",
    f"{GUIDE}discussion/",
    "/topics/starting-out/",
    "/search/?q=assessment",
    "/search/?q=asessment",
    "/search/?q=xylophone",
    "/search/?q=CCS",
    "/search/?q=service+standard",
    "/policies/",
    "/policies/?kind=act&place=scotland",
    "/policies/?q=nothing-has-this-name",
    "/policies/service-standard/",
    "/policies/digital-service-standard-18/",
    "/organisations/",
    "/organisations/?letter=D",
    "/organisations/?q=DLUHC",
    "/organisations/gds/",
    "/organisations/mhclg/",
    "/organisations/beis/",
    "/why/",
    "/glossary/",
    "/glossary/?q=AO",
    "/glossary/accounting-officer/",
    "/about/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/moderation-policy/",
    "/complaints/",
    "/nothing-here/",
    "/accounts/login/",
    "/accounts/password/reset/",
    f"{GUIDE}discussion/new/",
    f"{GUIDE}discussion/?order=newest",
    f"{GUIDE}report/",
    f"{GUIDE}report/thanks/",
    "/comments/{comment}/report/",
    "/people/sample-newcomer/",
]
SIGNED_IN = [
    GUIDE,
    f"{GUIDE}discussion/new/",
    f"{GUIDE}discussion/{{thread}}/reply/?to={{comment}}",
    "/comments/{own}/edit/",
    "/comments/{own}/delete/",
    "/accounts/profile/",
    "/accounts/notifications/",
    "/accounts/3rdparty/",
    "/accounts/data/",
    "/accounts/delete/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/code/",
    "/accounts/logout/",
    "/styleguide/",
]
OF_WRITERS = [
    "/desk/",
    "/guides/new/",
    "/guides/a-draft/edit/",
    "/guides/a-draft/delete/",
    "/guides/a-draft/submit/",
    "/guides/handed-in/submit/",
    f"{GUIDE}edit/",
    f"{GUIDE}images/",
    f"{GUIDE}verify/",
    f"{GUIDE}withdraw/",
    f"{GUIDE}hand-over/",
    f"{GUIDE}helped/",
    "/guides/your-first-week/hand-over/",
]
LOOKS = [("light", 1280), ("dark", 1280), ("light", 320), ("dark", 320)]


@pytest.fixture
def browser_context_args(browser_context_args):
    """Lets the checker into the page; the policy itself is tested elsewhere."""
    return {**browser_context_args, "bypass_csp": True}


@pytest.fixture
def lively_site(site):
    """A guide with two editions and a discussion that has every kind of comment."""
    guide = Guide.objects.get(slug="how-government-fits-together")
    publish(guide, body=guide.live_edition.body + "\n\nOne more paragraph.")
    guide.refresh_from_db()
    newcomer, veteran = make_user("Sample Newcomer"), make_user("Sample Veteran")
    question = make_comment(guide, newcomer)
    make_reply(question, veteran)
    make_comment(guide, veteran, "Hidden.").hide(by=veteran, reason="Not public.")
    make_comment(guide, veteran, "Held.").hold(by=veteran, reason="Let me look.")
    return site


def faults(page, address: str = "", but: str = "") -> list[str]:
    """What the checker finds on a page, in light and dark, on a desk and a phone; of
    the page that is open, without an address. but: a rule that does not count."""
    options = OPTIONS | {"rules": {but: {"enabled": False}} if but else {}}
    found = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if address:
            page.goto(address)
        # On its way from light to dark a colour is neither.
        page.wait_for_function("!document.getAnimations().length")
        results = Axe().run(page, options=options)
        if results.violations_count:
            report = results.generate_report()
            found.append(f"{page.url} {scheme} {width}: {report}")
        too_wide = page.evaluate("document.documentElement.scrollWidth") - width
        if too_wide > 0:
            found.append(f"{page.url} {scheme} {width}: {too_wide} px too wide")
    return found


def test_every_page_of_a_reader_is_accessible(page, lively_site):
    found = []
    comment = Comment.objects.first()
    for address in SIGNED_OUT:
        found += faults(page, lively_site + address.format(comment=comment.pk))

    assert not found, "\n".join(found)


def test_every_page_of_a_member_is_accessible(page, lively_site):
    member = make_user("Sample Curator", is_staff=True)
    sign_in(page, lively_site, member)
    first = Comment.objects.first()
    own = make_comment(first.thread.guide, member, "Mine.").pk
    found = []
    for address in SIGNED_IN:
        address = address.format(comment=first.pk, thread=first.thread_id, own=own)
        found += faults(page, lively_site + address)

    assert not found, "\n".join(found)


def test_every_page_of_a_writer_is_accessible(page, lively_site):
    veteran, other = make_user("Sample Writer"), make_user("Sample Other")
    sign_in(page, lively_site, veteran)
    topics = [Topic.objects.first()]
    make_draft(
        make_guide(slug="a-draft", owner=veteran), created_by=veteran, summary=""
    )
    handed_in = make_guide(slug="handed-in", owner=veteran, topics=topics)
    make_draft(handed_in, created_by=veteran, title="Handed in").submit(by=veteran)
    Guide.objects.filter(slug="how-government-fits-together").update(owner=veteran)
    offered = Guide.objects.filter(slug="your-first-week")
    offered.update(owner=other, offered_to=veteran)
    found = []
    for address in OF_WRITERS:
        found += faults(page, lively_site + address)

    assert not found, "\n".join(found)


def test_a_home_page_with_everything_on_it_is_accessible(
    page, lively_site, usual_home, monkeypatch
):
    way = home.Shown("Your first 10 days", "In order.", "/guides/", ["Passes"], 4)
    monkeypatch.setattr(home, "pathways", lambda: [way])
    section = HomeSection.objects.get(kind="searches")
    section.searches.create(words="service assessment")
    Guide.objects.live().first().verify(by=make_curator(), basis="used")

    found = faults(page, f"{lively_site}/")

    assert page.locator(".hero .relay li, .looked-up a, .card-row time").count() == 3
    assert not found, "\n".join(found)


def test_the_pictures_that_curators_see_are_accessible(page, lively_site):
    sign_in(page, lively_site, make_curator())
    make_comment(Guide.objects.live().first(), make_user(), "Who signs this?")

    found = faults(page, f"{lively_site}/admin/standing/")

    assert page.locator("svg.bars").count() == 2
    assert not found, "\n".join(found)


def test_every_page_about_providers_is_accessible(page, site, providers):
    found = []
    for address in ["/accounts/login/", "/accounts/google/login/", GUIDE]:
        found += faults(page, site + address)

    assert not found, "\n".join(found)


def test_a_page_is_whole_at_four_times_the_size(page, site):
    page.set_viewport_size({"width": 1280 // 4, "height": 1024 // 4})

    for address in ["/", "/guides/", GUIDE, "/search/?q=service"]:
        page.goto(site + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, address
