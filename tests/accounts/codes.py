"""What people do with the codes that we email to them."""

import re

LOGIN = "/accounts/login/"
CONFIRM = "/accounts/login/code/confirm/"


def ask_for_code(browser, email: str, next: str = ""):
    """Type an address into the one box."""
    return browser.post(LOGIN, {"login": email, "way": "code", "next": next})


def code_in(mailoutbox) -> str:
    """The code in the newest mail, from its text."""
    text = mailoutbox[-1].body
    return re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*)\s*$", text, re.M).group(1)


def type_code(browser, code: str, next: str = ""):
    """Type a code on the page that asks for it."""
    return browser.post(CONFIRM, {"code": code, "next": next})
