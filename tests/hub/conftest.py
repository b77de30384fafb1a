"""What the site itself always has, for the tests of its pages."""

import pytest


@pytest.fixture(autouse=True)
def _home(usual_home):
    """Every page of the site's own may lead to the home page."""
