"""What several tests of guides need."""

import pytest
import time_machine

from tests.factories import make_draft, make_guide
from tests.guides.pathways import make_pathway


@pytest.fixture
def draft(author):
    """A guide that nobody has seen, with a draft of its author."""
    return make_draft(make_guide(owner=author), created_by=author).guide


@pytest.fixture
def november():
    """The day on which somebody plans their January."""
    with time_machine.travel("2026-11-27T09:00:00Z", tick=False):
        yield


@pytest.fixture
def pathway():
    """Three tasks on three days."""
    return make_pathway({"number": 1}, {"number": 2}, {"number": 6}, slug="my-days")


@pytest.fixture
def plan(pathway):
    """The address of a plan for it."""
    return f"{pathway.get_absolute_url()}plan/"
