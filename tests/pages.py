"""Visits a page and checks what must hold for every page."""

from bs4 import BeautifulSoup
from django.test import Client


def visit(browser: Client, address: str, status: int = 200, **given) -> BeautifulSoup:
    """The page at an address, after the checks that every page passes."""
    return check(browser.get(address, **given), status)


def send(browser: Client, address: str, typed: dict, status: int = 200):
    """The page that answers a form, after the same checks."""
    return check(browser.post(address, typed), status)


def send_from_page(browser: Client, address: str, typed: dict, **given):
    """What the site answers to a form of a page of its own, without a token."""
    ours = {"origin": "http://testserver"}
    return browser.post(address, typed, headers=ours, **given)


def check(response, status: int) -> BeautifulSoup:
    """The parsed page; fails where a page is not as each of ours has to be."""
    assert response.status_code == status, response.content[:2000]
    page = BeautifulSoup(response.content, "html.parser")
    assert page.html["lang"] == "en-GB"
    assert len(page.find_all("main")) == 1
    headings = [heading.get_text(" ", strip=True) for heading in page.find_all("h1")]
    assert len(headings) == 1
    title = page.title.get_text(strip=True)
    assert headings[0] in title or title.startswith("Handover"), (title, headings)
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(ids)
    assert not page.find_all(style=True)
    assert not [s for s in page.find_all("script") if s.string and not _is_data(s)]
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    _check_labels(page)
    return page


def _is_data(script) -> bool:
    return script.get("type") in {"application/ld+json", "application/json"}


def _check_labels(page: BeautifulSoup) -> None:
    labelled = {label.get("for") for label in page.find_all("label")}
    for control in page.select("input, select, textarea"):
        if control.get("type") in {"hidden", "submit"}:
            continue
        named = control.get("id") in labelled or control.find_parent("label")
        assert named or control.get("aria-label"), control
