"""What `manage.py check --deploy` says of a site that is not safe to run for others.

Django's own checks see to HTTPS, secrets and cookies; these see to what only we know.
"""

import re
from collections.abc import Iterable

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils.csp import CSP

# What must stay as it is, and what somebody could do otherwise.
FIXED = {
    "SOCIALACCOUNT_EMAIL_AUTHENTICATION": (
        False,
        "whoever runs a provider could sign in as anybody",
    ),
    "SOCIALACCOUNT_STORE_TOKENS": (
        False,
        "who reads the database could act at the providers",
    ),
    "ACCOUNT_EMAIL_VERIFICATION": (
        "mandatory",
        "anybody could hold an account with somebody else's address",
    ),
    "ACCOUNT_REAUTHENTICATION_REQUIRED": (
        True,
        "whoever finds an open browser could take the account over",
    ),
    "CSRF_COOKIE_HTTPONLY": (True, "a script could read the token of forms"),
    "SESSION_COOKIE_SAMESITE": ("Lax", "other sites' forms would come signed in"),
}
GUARDS = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "hub.middleware.ResponseHeaders",
    "hub.middleware.RefuseJunk",
    "hub.middleware.CachePolicy",
]
UNSAFE = {CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL, "'unsafe-hashes'", "*", "https:", "http:"}
SHARED_CACHES = ("db.DatabaseCache", "redis.RedisCache", "memcached.PyMemcacheCache")

deployed = register(Tags.security, deploy=True)


@deployed
def site_is_for_others(**kwargs) -> Iterable[CheckMessage]:
    """The demo stays on one machine, and others are reached over HTTPS."""
    if settings.DEMO:
        yield _warning(1, "DEMO is set: stand-ins sign anybody in.", "Unset it.")
    if not settings.IS_HTTPS:
        yield _warning(
            2,
            "SITE_URL is not https: passwords and sessions can be read on the way.",
            "Set it to https://… and let a proxy in front hold the certificate.",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield _warning(
            3,
            "ALLOWED_HOSTS has *: links in mails could lead to another site.",
            "Name the hosts, or leave it out: then it is the host of SITE_URL.",
        )


@deployed
def limits_know_who_asks(**kwargs) -> Iterable[CheckMessage]:
    """Rate limits are counted for each reader, by all processes together."""
    if settings.IS_HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield _warning(
            4,
            "TRUSTED_PROXIES is 0, yet something in front speaks https: all readers "
            "look like one, and share its limits.",
            "Set it to the number of proxies in front, such as 1 for nginx.",
        )
    if not settings.CACHES["default"]["BACKEND"].endswith(SHARED_CACHES):
        yield _warning(
            5,
            "The cache is not shared by all processes: each counts limits for itself.",
            "Use DatabaseCache, as hub/settings.py does.",
        )


@deployed
def curators_prove_who_they_are(**kwargs) -> Iterable[CheckMessage]:
    """A password alone does not open the admin."""
    if not settings.STAFF_NEED_SECOND_FACTOR:
        yield _warning(
            6,
            "STAFF_NEED_SECOND_FACTOR is off: a stolen password opens the admin.",
            "Leave it out, and let curators set up a passkey.",
        )


@deployed
def pages_run_only_our_scripts(**kwargs) -> Iterable[CheckMessage]:
    """The Content Security Policy allows no inline script and no other site's."""
    policy = settings.SECURE_CSP
    if policy.get("default-src") != [CSP.NONE]:
        yield _warning(7, "SECURE_CSP does not begin with default-src 'none'.")
    for name, sources in policy.items():
        if found := sorted(UNSAFE & set(sources)):
            yield _warning(8, f"SECURE_CSP allows {found[0]} in {name}.")


@deployed
def guards_stand(**kwargs) -> Iterable[CheckMessage]:
    """No middleware that protects is missing."""
    for guard in GUARDS:
        if guard not in settings.MIDDLEWARE:
            yield _warning(9, f"{guard} is not in MIDDLEWARE.")


@deployed
def choices_stand(**kwargs) -> Iterable[CheckMessage]:
    """What was chosen for safety's sake is still chosen."""
    for name, (chosen, danger) in FIXED.items():
        if getattr(settings, name) != chosen:
            yield _warning(10, f"{name} is not {chosen!r}: {danger}.")


@deployed
def database_gives_up(**kwargs) -> Iterable[CheckMessage]:
    """No page waits for ever for a lock or an answer."""
    options = settings.DATABASES["default"]["OPTIONS"].get("options", "")
    for name in ("statement_timeout", "lock_timeout"):
        given = re.findall(rf"\b{name}\s*=\s*(\w+)", options)
        if not given or re.fullmatch(r"0\w*", given[-1]):
            yield _warning(
                11,
                f"The database has no {name}: one slow page can stop all.",
                "Leave it out of DATABASE_URL, or give it seconds.",
            )


@deployed
def mail_goes_out(**kwargs) -> Iterable[CheckMessage]:
    """There is a mail server."""
    if "smtp" not in settings.MAILERS["server"]["BACKEND"]:
        yield _warning(
            12,
            "EMAIL_URL names no mail server: nobody gets a code to sign in.",
            "Set it to smtp+tls://user:password@host:587.",
        )


def _warning(number: int, problem: str, hint: str | None = None) -> Warning:
    return Warning(problem, hint=hint, id=f"handover.W{number:03}")
