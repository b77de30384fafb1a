"""Whatever is sent, the answer is a page of ours and never a broken one."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from accounts.sign_in import JOINING
from tests.accounts.codes import ask_for_code, code_in
from tests.factories import PASSWORD
from tests.hub.admin_rules import admin_cells
from tests.hub.junk import (
    ELSEWHERE,
    OF_THE_ADMIN,
    OF_THE_SITE,
    PARTS,
    QUERIES,
    STRINGS,
)
from tests.hub.matrix import Outcome, Visitor, every_route, is_of_admin, session_of
from tests.hub.places import ABSENT, make_people, make_places
from tests.hub.rules import RULES

pytestmark = pytest.mark.usefixtures("quickly")
LOGIN, MULTIPART = "/accounts/login/", "multipart/form-data"


@pytest.fixture
def people():
    return make_people()


@pytest.fixture
def addresses(people):
    """An address of each route, and of each kind of page of the admin."""
    places = make_places(people)
    found = []
    for name in every_route():
        if not is_of_admin(name):
            of_kind = places[RULES[name].about]
            there = [p for p in of_kind if p.state in ("live", "published", "listed")]
            place = (there or [p for p in of_kind if p.state != ABSENT])[0]
            found.append(reverse(name, args=place.args))
    of_admin = [address for _, address, *_ in admin_cells("curator")]
    return found + [a for a in of_admin if "logout" not in a]


def visitor(people, role: str) -> Visitor:
    return Visitor(role, session_of(people[role]) if role in people else "")


@pytest.fixture(params=["author", "superuser"])
def visit(request, people, addresses):
    """Somebody with addresses to open: an author those of the site, a superuser those
    of the admin."""
    is_admin = request.param == "superuser"
    theirs = [a for a in addresses if a.startswith("/admin/") == is_admin]
    return visitor(people, request.param), theirs


def test_junk_in_the_query_is_answered_in_words(visit):
    browser, addresses = visit
    names = OF_THE_ADMIN if browser.role == "superuser" else OF_THE_SITE
    wrong = []

    starts = [f"{a}{'&' if '?' in a else '?'}" for a in addresses]
    kinds = [str(reads_queries(address)) for address in addresses]
    for start, share in zip(starts, shares(QUERIES, kinds), strict=True):
        for junk in share:
            asked = "&".join(f"{name}={junk}" for name in names)
            wrong += trouble(browser, "GET", f"{start}{asked}")
    lists = [s for s, a in zip(starts, addresses, strict=True) if reads_queries(a)]
    pairs = list(product(lists, names))
    few = shares(["abc", "-1", "9" * 19, "%00"], [name for _, name in pairs])
    for (start, name), share in zip(pairs, few, strict=True):
        for junk in share:
            wrong += trouble(browser, "GET", f"{start}{name}={junk}")
    assert not wrong, wrong


def reads_queries(address: str) -> bool:
    """Whether a page shows a list or a part of one."""
    if address.startswith("/admin/"):
        return bool(re.fullmatch(r"/admin/(autocomplete|\w+/\w+)/(\?.*)?", address))
    ends = ("/history/", "/discussion/", "/reply/", "/compare/", "/login/")
    return address.count("/") < 3 or address.endswith(ends)


def test_junk_in_the_path_is_answered_in_words(visit):
    browser, addresses = visit
    split = [address.partition("?")[0].split("/") for address in addresses]
    places = [(p, place) for p in split for place, part in enumerate(p) if part]
    kinds = [parts[place] for parts, place in places]
    tried = dict.fromkeys(
        "/".join([*parts[:place], junk, *parts[place + 1 :]])
        for (parts, place), share in zip(places, shares(PARTS, kinds), strict=True)
        for junk in share
    )

    wrong = [one for path in tried for one in trouble(browser, "GET", path)]
    assert len(tried) > 1000
    assert not wrong, wrong


@pytest.mark.parametrize(("role", "least"), [("signed out", 8), ("author", 24)])
def test_no_form_breaks_whatever_is_typed(people, addresses, role, least):
    browser = visitor(people, role)
    site = [address for address in addresses if not address.startswith("/admin/")]

    forms, wrong = typed_into(browser, site)
    assert forms >= least
    assert not wrong, wrong


def test_no_form_of_the_admin_breaks_whatever_is_typed(people, addresses):
    browser = visitor(people, "superuser")
    admin = [address for address in addresses if address.startswith("/admin/")]

    forms, wrong = typed_into(browser, admin)
    assert forms >= 30
    assert not wrong, wrong


def shares(strings: list, kinds: list[str]) -> Iterator[list]:
    """For each place to try, by its kind, a sixteenth of the strings or more: all
    places of a kind together get all of them."""
    number, turn = Counter(kinds), Counter()
    for kind in kinds:
        among = min(16, number[kind])
        yield strings[turn[kind] % among :: among]
        turn[kind] += 1


def typed_into(browser: Visitor, addresses) -> tuple[int, list[str]]:
    """Type strings into every field of each form."""
    forms, wrong = {}, []
    for address in addresses:
        forms |= forms_of(browser, address)
    kinds = [kind_of(address) for address in forms]
    for address, strings in zip(forms, shares(STRINGS, kinds), strict=True):
        fields = forms[address]
        for junk in strings:
            typed = {n: junk if is_text else v for n, (is_text, v) in fields.items()}
            wrong += trouble(browser, "POST", address, typed)
    return len(forms), wrong


def kind_of(address: str) -> str:
    """The part of the site, or the kind of page of the admin."""
    parts = address.partition("?")[0].strip("/").split("/")
    return parts[-1] if parts[0] == "admin" else parts[0]


def forms_of(browser: Visitor, address: str) -> dict:
    """The forms of a page that change something, each once."""
    answer = browser.ask("GET", address)
    if answer.outcome != Outcome.SHOWN or b"<form" not in answer.content:
        return {}
    found = {}
    page = BeautifulSoup(answer.content, "html.parser")
    for form in page.find_all("form", method=re.compile("post", re.I)):
        fields = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            is_text = field.get("type", "text") not in ("checkbox", "radio", "submit")
            fields[field["name"]] = (is_text, field.get("value", "on"))
        found[form.get("action") or address] = fields
    return found


def trouble(browser, method: str, address: str, typed=None) -> list[str]:
    """What is wrong with an answer: a broken page, or a refusal without words."""
    answer = browser.ask(method, address, typed)
    said = f"{browser.role}: {method} {address[:150]} {answer.status}"
    if answer.status >= 500 and "/readyz" not in address:
        return [f"{said} {str(typed)[:150]}"]
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    is_bare = is_page and method != "HEAD" and b"<h1" not in answer.content
    return [f"{said} without words"] if answer.status >= 400 and is_bare else []


def is_elsewhere(address: str) -> bool:
    """Whether a browser that is sent to an address leaves the site."""
    plain = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    plain = plain.replace("\\", "/")
    if plain.startswith("//"):
        return not plain.startswith("//testserver/")
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", plain)
    return bool(scheme) and not plain.startswith("http://testserver/")


@pytest.fixture
def ways(people, mailoutbox):
    """Each way on which somebody says where to go on to: who, where and what else."""
    member = people["member"]
    known = {"login": member.email, "password": PASSWORD}
    waits = Client()
    ask_for_code(waits, member.email)
    code = {"code": code_in(mailoutbox)}
    joins = Client()
    session = joins.session
    session[JOINING] = {"email": "new@example.org", "at": 10**12}
    session.save()
    joins.cookies["sessionid"] = session.session_key
    nobody, somebody = Visitor("signed out"), visitor(people, "member")
    waiting = Visitor("waiting", waits.session.session_key)
    joining = Visitor("joining", session.session_key)
    return [
        (nobody, "/accounts/login/", known),
        (nobody, "/accounts/login/", {"login": member.email, "way": "code"}),
        (nobody, "/accounts/signup/", {}),
        (nobody, "/accounts/login/code/", {}),
        (nobody, "/admin/login/", known),
        (
            waiting,
            "/accounts/login/code/confirm/",
            code,
        ),
        (joining, "/accounts/join/", {"display_name": "Sam Sample"}),
        (somebody, "/accounts/login/", known),
        (somebody, "/accounts/logout/", {}),
        (somebody, "/accounts/reauthenticate/", {"password": PASSWORD}),
        (somebody, "/accounts/reauthenticate/code/", {"recipient": "a"}),
        (somebody, "/accounts/2fa/reauthenticate/", {"code": "1"}),
        (nobody, "/accounts/google/login/", {}),
        (somebody, "/accounts/google/login/", {"process": "connect"}),
    ]


@pytest.mark.usefixtures("providers")
def test_nobody_is_led_to_another_site(ways):
    assert len(ELSEWHERE) >= 100
    wrong = []

    for turn, (browser, address, typed) in enumerate(ways):
        for number, place in enumerate(ELSEWHERE, turn):
            sent = place.encode("utf-8", "surrogatepass")
            if number % 2:  # so each beginning by both, and each place on half the ways
                answer = browser.ask("GET", f"{address}?next={quote(sent)}")
            else:
                answer = browser.ask("POST", address, typed | {"next": sent})
            if answer.status >= 500 or is_elsewhere(answer.address):
                wrong.append((address, place, answer.status, answer.address))
            if leads := [one for one in links_of(answer) if is_elsewhere(one)]:
                wrong.append((address, place, leads))
    assert not wrong, wrong


def links_of(answer) -> list[str]:
    """Where a page leads, but for what it always leads to."""
    if b"evil" not in answer.content:
        return []
    page = BeautifulSoup(answer.content, "html.parser")
    links = [one.get("href") or one.get("action") for one in page.select("a,form,link")]
    return [link for link in links if link and "evil" in urlsplit_or(link)]


def urlsplit_or(link: str) -> str:
    try:
        return urlsplit(link).netloc or link.partition("?")[0]
    except ValueError:
        return link


def test_a_way_back_on_this_site_is_kept(ways):
    browser, address, typed = ways[0]
    answer = browser.ask("POST", address, typed | {"next": "/guides/?kind=map"})

    assert answer.address == "/guides/?kind=map"


@pytest.mark.parametrize(
    ("status", "method", "address", "given"),
    [
        (400, "get", "/", {"headers": {"host": "elsewhere.example"}}),
        (400, "get", "/", {"headers": {"host": "testserver\\@elsewhere.example"}}),
        (200, "get", "/", {"headers": {"x-forwarded-host": "elsewhere.example"}}),
        (200, "get", "/", {"headers": {"x-http-method-override": "DELETE"}}),
        (405, "post", "/guides/", {"headers": {"x-http-method-override": "GET"}}),
        (400, "post", LOGIN, {"data": {str(n): n for n in range(1001)}}),
        (400, "post", LOGIN, {"data": "x", "content_type": MULTIPART}),
        (400, "post", LOGIN, {"data": "x", "content_type": f"{MULTIPART}; boundary=é"}),
        (400, "post", LOGIN, {"data": {"login": "x" * 2_600_000}}),
        (404, "get", f"/{'a' * 5000}/", {}),
        (404, "get", f"/guides/{'a' * 5000}/", {}),
        (405, "trace", "/guides/", {}),
        (405, "put", "/guides/", {"data": "x"}),
        (405, "delete", "/guides/", {}),
    ],
)
def test_odd_requests_get_a_page_of_ours(reader, status, method, address, given):
    answer = getattr(reader, method)(address, **given)

    assert answer.status_code == status
    assert b"<h1" in answer.content
    assert b"elsewhere.example" not in answer.content


def test_an_unknown_method_is_refused_in_words(reader):
    assert reader.generic("FOO", "/guides/").status_code == 405
    sent = reader.post(LOGIN, {}, content_type="application/json")
    assert sent.status_code == 400  # allauth's own answer


def test_the_admin_counts_wrong_passwords_as_the_site_does(reader, curator):
    words = {"username": curator.email, "login": curator.email, "password": PASSWORD}
    assert reader.post("/admin/login/?next=/admin/", words).url.startswith("/accounts/")
    assert "_auth_user_id" not in reader.session

    for _ in range(6):
        wrong = words | {"password": "wrong", "next": "/admin/"}
        page = reader.post("/accounts/login/", wrong)
    assert "Too many attempts" in page.content.decode()
    page = reader.post("/accounts/login/", words)
    assert "Too many attempts" in page.content.decode()
