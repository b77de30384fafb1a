"""Forms that first ask whether it is really you."""

from tests.factories import PASSWORD


def send_as_oneself(browser, address, typed=()):
    """Send a form that first asks whether it is really you."""
    asked = browser.post(address, dict(typed))
    assert asked.url.startswith("/accounts/reauthenticate/")
    answer = browser.post(asked.url, {"password": PASSWORD})
    return browser.get(answer.url) if answer.status_code == 302 else answer
