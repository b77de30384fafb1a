"""What the site itself always has, for the tests of its pages."""

import pytest

from hub.usual_home import arrange


@pytest.fixture(autouse=True)
def _usual_home(db):
    """A test that ends its own transactions empties every table, this one too."""
    arrange()
