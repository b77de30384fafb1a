"""What several tests of guides need."""

import pytest

from tests.factories import make_draft, make_guide


@pytest.fixture
def draft(author):
    """A guide that nobody has seen, with a draft of its author."""
    return make_draft(make_guide(owner=author), created_by=author).guide
