"""A real Chromium in front of the real site, with the starter content in it."""

import os
import shutil
import threading

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from playwright.sync_api import expect

from tests.browser.people import sign_in
from tests.factories import make_draft, make_guide, make_topic

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--force-prefers-reduced-motion",  # a page that glides takes clicks amiss
]

# A busy machine may take its time: what never comes still fails.
expect.set_options(timeout=20_000)

# Playwright's event loop runs in the thread in which Django asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items):
    """Without a Chromium these tests are skipped here, and fail in CI."""
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("CI"):
                reason = "No Chromium was found; install Debian's package chromium."
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, without its calls home."""
    assert CHROMIUM, "No Chromium was found; install Debian's package chromium."
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def site(live_server, settings):
    """The address of a running site with the starter content."""
    settings.SITE_URL = live_server.url
    call_command("seed", verbosity=0)
    return live_server.url


class Running:
    """How many requests the site is answering."""

    def __init__(self) -> None:
        self.number = 0
        self.changed = threading.Condition()

    def start(self, **given) -> None:
        """One more came in."""
        self._add(1)

    def end(self, **given) -> None:
        """One is answered, or its reader has left."""
        self._add(-1)

    def _add(self, change: int) -> None:
        with self.changed:
            self.number += change
            self.changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Return when there is none, or after this long."""
        with self.changed:
            self.changed.wait_for(lambda: self.number <= 0, seconds)


@pytest.fixture
def answered(transactional_db):
    """Lets the site end what it answers when a test has left; then the tables are
    emptied, which would lock the two out against each other."""
    running = Running()
    request_started.connect(running.start)
    request_finished.connect(running.end)
    yield running
    running.wait(10)
    request_started.disconnect(running.start)
    request_finished.disconnect(running.end)


@pytest.fixture
def new_context(answered, new_context):
    """Browsers that are closed before the tables are emptied."""
    return new_context


@pytest.fixture
def page(page):
    """A tab in which any error of script, policy or network fails the test."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: _note(line, problems))
    page.on("requestfailed", lambda request: _note_failure(request, problems))
    yield page
    assert not problems, problems


@pytest.fixture
def draft(veteran):
    """A draft that the veteran wrote."""
    guide = make_guide(owner=veteran, topics=[make_topic(title="Money")])
    return make_draft(guide, created_by=veteran, title="Spend control")


@pytest.fixture
def tab(page, live_server, veteran):
    """The veteran's tab."""
    sign_in(page, live_server.url, veteran)
    return page


@pytest.fixture
def frail(tab):
    """A tab in which requests may fail: that is what the test is after."""
    return tab.context.new_page()


def _note(line, problems: list[str]) -> None:
    # Chromium also logs each 4xx page; tests that visit one check it themselves.
    if line.type == "error" and "the server responded with a status" not in line.text:
        problems.append(line.text)


def _note_failure(request, problems: list[str]) -> None:
    # Leaving a page ends what it still loads.
    if request.failure != "net::ERR_ABORTED":
        problems.append(f"{request.url}: {request.failure}")
