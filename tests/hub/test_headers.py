"""What every answer says to browsers and caches, on pages of every kind."""

import runpy

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from guides.models import Guide
from hub import views
from tests.factories import PASSWORD, make_curator, make_user
from tests.house.test_deployment import PRODUCTION
from tests.hub.addresses import address_of, every_name, make_site
from tests.hub.places import first_row, make_rows

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'"),
    *("img-src 'self' data:", "font-src 'self'", "connect-src 'self'"),
    *("manifest-src 'self'", "form-action 'self'", "frame-ancestors 'none'"),
    "base-uri 'none'",
}
OFF = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
SHARED = "public, max-age=0, must-revalidate"
FOR_GOOD = "public, max-age=31536000, immutable"
PERSONAL = ("/accounts/", "/admin/", "/desk/", "/guides/new/")
NAME = {"display_name": "Sam Sample"}
NOW = ("/healthz", "/readyz")


def trouble_with(answer) -> list[str]:
    """What an answer should say and does not, or should not and does."""
    headers = answer.headers
    wrong = [f"{n}: {headers.get(n)}" for n, v in ALWAYS.items() if headers.get(n) != v]
    if set(headers.get("Content-Security-Policy", "").split("; ")) != POLICY:
        wrong.append(f"policy: {headers.get('Content-Security-Policy')}")
    if not all(f"{what}=()" in headers.get("Permissions-Policy", "") for what in OFF):
        wrong.append("permissions")
    if {"Server", "X-Powered-By"} & set(headers):
        wrong.append("says what runs it")
    kept = headers.get("Cache-Control", "")
    if "public" in kept and answer.cookies:
        wrong.append(f"public with a cookie: {answer.cookies}")
    if answer.status_code >= 400 and answer.status_code != 410:
        wrong += [] if "no-store" in kept else [f"error that is kept: {kept}"]
    return wrong


def is_kept_rightly(address: str, method: str, answer, is_member: bool) -> bool:
    """Whether caches may do with a page what it is good for."""
    kept = answer.headers.get("Cache-Control", "")
    if address.startswith("/images/") and answer.status_code == 200:
        return kept == FOR_GOOD and "Cookie" not in answer.headers.get("Vary", "")
    if address in NOW or (answer.status_code >= 400 and answer.status_code != 410):
        return "no-store" in kept
    is_personal = address.startswith(PERSONAL) or "/plan/" in address
    if is_personal or method == "POST":
        return {"private", "no-store"} <= set(kept.split(", "))
    if is_member or answer.status_code == 302:
        return "private" in kept
    return kept == SHARED and "Cookie" in answer.headers["Vary"]


@pytest.fixture
def addresses():
    """Every address of the site, and each kind of page of the admin."""
    people = {role: make_user() for role in ("member", "author", "unconfirmed")}
    people["curator"] = make_curator("Sample Colleague")
    rows = make_site()
    Guide.objects.update(owner=people["author"])
    rows["guide"].refresh_from_db()
    make_rows(people, rows["guide"])
    pages = [reverse(f"admin:{name}") for name in ("index", "login", "jsi18n")]
    for name in "guides_guide", "discussions_comment", "hub_page", "accounts_user":
        key = first_row(name.replace("_", ".")).pk
        pages.append(reverse(f"admin:{name}_changelist"))
        pages.append(reverse(f"admin:{name}_add"))
        pages += [
            reverse(f"admin:{name}_{place}", args=[key])
            for place in ("change", "history", "delete")
        ]
    return [address_of(name, rows) for name in every_name()] + pages + ["/nowhere/"]


@pytest.mark.parametrize("role", ["reader", "newcomer", "curator"])
@pytest.mark.usefixtures("_no_questions_counted")
def test_every_page_says_what_browsers_and_caches_may_do(
    request, browser_of, addresses, role
):
    person = request.getfixturevalue(role)
    wrong = []

    for address in addresses:
        for method in "get", "post", "options":
            browser = Client() if role == "reader" else browser_of(person)
            answer = getattr(browser, method)(address)
            found = trouble_with(answer)
            if not is_kept_rightly(address, method.upper(), answer, role != "reader"):
                found.append(f"kept: {answer.headers.get('Cache-Control')}")
            if found:
                wrong.append(f"{method} {address} {answer.status_code}: {found}")
    assert len(addresses) > 120
    assert not wrong, "\n".join(wrong)


@pytest.fixture
def _no_questions_counted(settings, caplog):
    caplog.set_level("CRITICAL", "django.request")
    settings.MIDDLEWARE = [n for n in settings.MIDDLEWARE if "zeal" not in n]


def broken(*args, **given):
    raise RuntimeError


def away(*args, **given):
    raise OperationalError


@pytest.mark.parametrize(
    ("status", "ask"),
    [
        (400, lambda b: b.get("/%00/")),
        (400, lambda b: b.get("/", headers={"host": "elsewhere.example"})),
        (403, lambda b: Client(enforce_csrf_checks=True).post("/accounts/login/")),
        (404, lambda b: b.get("/nowhere/")),
        (405, lambda b: b.post("/guides/")),
        (410, lambda b: b.get("/guides/gone/")),
        (422, lambda b: _sent(b, "/guides/live/discussion/new/")),
        (429, lambda b: [b.post("/accounts/join/", NAME) for _ in range(25)][-1]),
        (500, lambda b: b.get("/styleguide/")),
        (503, lambda b: b.get("/")),
    ],
)
@pytest.mark.usefixtures("_no_questions_counted")
def test_every_error_is_a_page_of_ours_with_the_same_headers(
    reader, guide, monkeypatch, status, ask
):
    guide.rename("gone" if status == 410 else "live", by=None)
    if status == 410:
        guide.mark_gone(by=None, reason="It was wrong.")
    if status == 503:
        monkeypatch.setattr(views, "home_page", away)
    if status == 500:
        monkeypatch.setattr("django.contrib.auth.middleware.get_user", broken)
    reader.raise_request_exception = False

    answer = ask(reader)

    assert answer.status_code == status
    assert trouble_with(answer) == []
    assert b"<h1" in answer.content
    assert ("Retry-After" in answer.headers) == (status in (429, 503))


def test_a_limit_gives_back_what_was_typed(reader):
    for _ in range(25):
        answer = reader.post("/accounts/join/", NAME)

    assert answer.status_code == 429
    assert NAME["display_name"] in answer.content.decode()


def _sent(browser, address):
    return browser.post(address, {}, headers={"origin": "http://testserver"})


def test_what_is_no_page_says_the_same(reader, browser_of, newcomer, guide):
    member = browser_of(newcomer)
    answers = [
        reader.get(f"/guides/{guide.slug}.md"),
        reader.get("/feeds/guides/"),
        reader.get("/sitemap.xml"),
        reader.get("/manifest.webmanifest"),
        reader.get("/static/css/base.css"),
        member.post("/guides/new/autosave/", {"title": "Spend"}),
        member.post("/accounts/data/"),
    ]

    answers[4].getvalue()
    assert [trouble_with(answer) for answer in answers] == [[]] * len(answers)
    assert all(answer.status_code < 400 for answer in answers)


@pytest.mark.parametrize("address", ["/accounts/logout/", "/admin/logout/"])
def test_signing_out_empties_what_the_browser_kept(browser_of, curator, address):
    answer = browser_of(curator).post(address)

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_static_file_is_kept_for_good_and_is_the_same_for_all(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a{}")
    finder = "django.contrib.staticfiles.finders.FileSystemFinder"
    settings.STATICFILES_DIRS, settings.STATICFILES_FINDERS = [source], [finder]
    settings.STATIC_ROOT = tmp_path / "root"
    manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": manifest}}
    settings.WHITENOISE_USE_FINDERS = False
    call_command("collectstatic", verbosity=0, interactive=False)
    (name,) = [p.name for p in settings.STATIC_ROOT.glob("a.*.css")]

    answer = Client(headers={"cookie": "sessionid=forged"}).get(f"/static/{name}")

    assert answer.getvalue() == b"a{}"
    kept = answer.headers["Cache-Control"].split(", ")
    assert {"public", "immutable", "max-age=315360000"} == set(kept)
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert trouble_with(answer) == []


@pytest.fixture
def https(settings, monkeypatch):
    """The settings of a real site behind https, as far as they make headers."""
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ALLOWED_HOSTS")
    real = runpy.run_path(str(settings.BASE_DIR / "hub" / "settings.py"))
    parts = ("SECURE_", "SESSION_COOKIE", "CSRF_COOKIE", "PENDING_COOKIE", "IS_HTTPS")
    for name in filter(lambda name: name.startswith((*parts, "ALLOWED_HOSTS")), real):
        setattr(settings, name, real[name])
    return Client(headers={"host": "handover.example", "x-forwarded-proto": "https"})


def test_cookies_are_for_this_host_over_https_alone(https, guide):
    ours = {"origin": "https://handover.example"}
    words = {"body": "Who owns the budget?", "kind": "question"}
    https.post(f"/guides/{guide.slug}/discussion/new/", words, headers=ours)
    https.get("/accounts/login/")
    typed = {"login": make_user().email, "password": PASSWORD}
    https.post("/accounts/login/", typed)

    names = {"__Host-sessionid", "__Host-csrftoken", "__Host-pending"}
    assert set(https.cookies) == names
    for cookie in https.cookies.values():
        assert (cookie["secure"], cookie["httponly"]) == (True, True)
        assert (cookie["samesite"], cookie["path"]) == ("Lax", "/")
        assert not cookie["domain"]


def test_https_is_insisted_on_for_two_years(https):
    secure = https.get("/")
    plain = https.get("/", headers={"x-forwarded-proto": "http"})

    wanted = "max-age=63072000; includeSubDomains"
    assert secure.headers["Strict-Transport-Security"] == wanted
    assert (plain.status_code, plain.url) == (301, "https://handover.example/")
    unknown = https.get("/", headers={"host": "elsewhere.example"})
    assert unknown.status_code == 400
    assert trouble_with(unknown) == trouble_with(plain) == []
