"""What people do in a browser, in their own words."""

from django.conf import settings
from django.test import Client


def sign_in(page, site: str, user) -> None:
    """Put a member's session into the tab; the sign-in form has tests of its own."""
    browser = Client()
    browser.force_login(user, "accounts.backends.PersonBackend")
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": browser.cookies[name].value, "url": site}
    page.context.add_cookies([cookie])
