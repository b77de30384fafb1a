"""Every page type is valid HTML, says the Nu checker."""

import os
import shutil
import subprocess

import pytest
from django.conf import settings
from django.core.management import call_command

from guides.models import Guide
from tests.factories import make_comment, make_draft, make_image, make_reply, publish

CHECKER = settings.BASE_DIR / "node_modules/vnu-jar/build/dist/vnu.jar"
GUIDE = "/guides/how-government-fits-together/"
PAGES = [
    "/",
    "/guides/",
    "/guides/?kind=map&place=scotland",
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
    "/topics/security/",
    "/search/",
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
    "/glossary/",
    "/glossary/?q=AO",
    "/glossary/accounting-officer/",
    "/pathways/",
    "/pathways/nhs-council-or-police/",
    "/pathways/nhs-council-or-police/plan/start/",
    "/about/",
    "/house-rules/",
    "/privacy/",
    "/cookies/",
    "/terms/",
    "/accessibility/",
    "/contact/",
    "/moderation-policy/",
    "/complaints/",
    "/nothing-here/",
    "/guides/%00/",
    "/accounts/login/",
    "/accounts/password/reset/",
    f"{GUIDE}discussion/new/",
    f"{GUIDE}report/",
    "/people/sample-newcomer/",
]
OF_MEMBERS = [
    f"{GUIDE}images/",
    "/accounts/profile/",
    "/accounts/profile/experience/",
    "/accounts/notifications/",
    "/accounts/3rdparty/",
    "/accounts/data/",
    "/accounts/delete/",
    "/",
    GUIDE,
    f"{GUIDE}discussion/new/",
    f"{GUIDE}editions/3/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/reauthenticate/code/",
    "/accounts/logout/",
    "/styleguide/",
]


def needs_checker():
    """Skips where the checker is not installed; fails instead in CI."""
    missing = not CHECKER.exists() or not shutil.which("java")
    if missing and not os.environ.get("CI"):
        pytest.skip("The HTML checker is missing: npm ci --ignore-scripts, and Java.")
    assert not missing, "The HTML checker or Java is missing."


def test_every_page_type_is_valid(
    reader, browser_of, curator, newcomer, veteran, tmp_path
):
    needs_checker()
    call_command("seed", verbosity=0)
    guide = Guide.objects.get(slug="how-government-fits-together")
    line = make_image(guide, veteran).markdown
    figure = f"{line[:-1]} 'Under it')\n\n- {line[:-1]} 'In a list')\n- {line}"
    publish(guide, body=f"{guide.live_edition.body}\n\n{line}\n\n{figure}")
    make_draft(guide)
    question = make_comment(
        guide, newcomer, "Who *pays*?\n\n- [ ] a\n\nx | y\n-|-\n1|2"
    )
    make_reply(question, veteran)
    make_comment(guide, veteran).hide(by=curator, reason="Not public.")

    visits = [(reader, address) for address in PAGES]
    visits += [(browser_of(curator), address) for address in OF_MEMBERS]
    for number, (browser, address) in enumerate(visits):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        (tmp_path / f"{number}.html").write_bytes(answer.content)

    assert problems_in(tmp_path) == ""


def problems_in(folder) -> str:
    """What the checker says of the pages in a folder."""
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stderr


def test_the_checker_sees_what_is_wrong(tmp_path):
    needs_checker()
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><p id=a id=b>")

    assert "Duplicate attribute" in problems_in(tmp_path)
