"""The cast: five people and their browsers, and a site to visit."""

import pytest
from django.test import Client

from tests.factories import make_topic, make_user, publish


@pytest.fixture(autouse=True)
def _database(db, settings):
    """Every test may use the database; most of them do."""


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
    """Looks after the site in the admin."""
    return make_user("Sample Curator", is_staff=True, is_superuser=True)


@pytest.fixture
def reader(client) -> Client:
    """A signed-out reader's browser."""
    return client


@pytest.fixture
def browser_of():
    """Gives a person a browser in which they are signed in."""

    def sign_in(user) -> Client:
        browser = Client()
        browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
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
