"""The cast: five people and their browsers, and a site to visit."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub.usual_home import arrange
from tests.factories import make_curator, make_topic, make_user, publish
from tests.mailbox import Mailbox
from tests.providers import StandIn, instead, openid_provider, running

REAL_LIMITS = [
    "HELD_COMMENTS",
    "COMMENTS_UNTIL_KNOWN",
    "ACCOUNT_IS_NEW_FOR",
    "COMMENT_REPEAT_TIME",
    "COMMENT_LIMITS",
    "PENDING_LIMITS",
    "REPORT_LIMITS",
]

LONGEST = [  # minutes each, so that no worker is left alone with one at the end
    "test_permissions.py",
    "test_junk.py",
    "test_migrations.py",
    "test_headers.py",
    "test_permissions_in_admin.py",
]


def pytest_collection_modifyitems(items):
    """Begin with the modules that take longest."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


@pytest.fixture(scope="session", autouse=True)
def _nobody_stays(django_db_setup, django_db_blocker):
    """Ends what a server or worker of a test left connected, so the database can go."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database; most of them do."""


@pytest.fixture
def usual_home(db):
    """A home page as it comes: a test that ends its own transactions empties it."""
    arrange()


@pytest.fixture
def newcomer():
    """Arrived last Monday."""
    return make_user("Sample Newcomer")


@pytest.fixture
def author():
    """Wrote a guide."""
    return make_user("Sample Author")


@pytest.fixture
def veteran():
    """Knows how it is done."""
    return make_user("Sample Veteran")


@pytest.fixture
def curator():
    """Looks after the site in the admin, with the rights of every curator."""
    return make_curator("Sample Curator")


@pytest.fixture
def other_curator():
    """A second pair of eyes."""
    return make_curator("Sample Colleague")


@pytest.fixture
def reader(client) -> Client:
    """A signed-out reader's browser."""
    return client


@pytest.fixture
def browser_of():
    """Gives a person a browser in which they are signed in."""

    def sign_in(user) -> Client:
        browser = Client()
        browser.force_login(user, "accounts.backends.PersonBackend")
        return browser

    return sign_in


@pytest.fixture
def topic():
    """A shelf for guides."""
    return make_topic(slug="standards-and-assessment", title="Standards")


@pytest.fixture
def guide(topic):
    """A live guide."""
    guide = publish()
    guide.topics.add(topic)
    return guide


@pytest.fixture
def mailbox(settings):
    """A mail server on this machine, which the site is told to use."""
    mailbox = Mailbox()
    mailbox.server.start()
    settings.MAILERS = mailbox.mailers
    yield mailbox
    mailbox.server.stop()


@pytest.fixture
def real_limits(settings):
    """The limits and holds of the real site, from which other tests are free."""
    from hub import settings as real

    for name in REAL_LIMITS:
        setattr(settings, name, getattr(real, name))


@pytest.fixture
def providers(settings):
    """Google, X and Facebook on loopback, where Sam signs in, who is new here."""
    sam = {"name": "Sam Sample", "email": "sam@example.org"}
    x = StandIn("twitter_oauth2", id="x-7", name="Sam Sample", username="sam")
    facebook = StandIn("facebook", id="f-7", **sam)
    with (
        openid_provider(sub="g-7", email_verified=True, **sam) as google,
        running(settings, x, facebook) as found,
    ):
        yield found | instead(settings, google)


@pytest.fixture
def days_ago():
    """The moment so many days before now."""
    return lambda days: timezone.now() - timedelta(days=days)
