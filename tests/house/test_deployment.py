"""The settings of a real site."""

import os
import subprocess
import sys

import pytest
from django.core.checks import run_checks
from django.utils.csp import CSP

from hub import checks, environment
from hub.settings import BASE_DIR

LOCAL_CACHE = "django.core.cache.backends.locmem.LocMemCache"
PRODUCTION = {
    "SECRET_KEY": "k7Zr2mQ9wXv4Tn8Lp1Bc6Hd3Jf5Gs0Ya-Ue_Ri+Wo=Ex%Nz&Mk*Vq!Cb",
    "SITE_URL": "https://handover.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.handover.example:587",
    "CONTACT_EMAIL": "editors@handover.example",
    "TRUSTED_PROXIES": "1",
    "LOG_LEVEL": "WARNING",
    "SLOW_QUERY_MS": "0",  # a busy machine says no more than a quiet one
    "DJANGO_SETTINGS_MODULE": "hub.settings",
}


def check(**changes: str) -> subprocess.CompletedProcess:
    """What `check --deploy` says of these settings."""
    given = {name: os.environ[name] for name in ("PATH", "DATABASE_URL")}
    environment = given | PRODUCTION | changes
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=INFO"],
        cwd=BASE_DIR,
        env={name: text for name, text in environment.items() if text},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_every_check():
    answer = check()

    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "SITE_URL", "DATABASE_URL", "EMAIL_URL", "CONTACT_EMAIL"]
)
def test_a_missing_variable_stops_the_start_with_one_line(name):
    answer = check(**{name: ""})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name} is not set.")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "handover.example"),
        ("SITE_URL", "https://handover.example?a=b"),
        ("SITE_URL", "https://a b"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ","),
        ("ALLOWED_HOSTS", "https://handover.example"),
        ("DATABASE_URL", "postgresql://user:password@localhost"),
        ("EMAIL_URL", "file:"),
        ("EMAIL_URL", "file://mail/here"),
        ("CONTACT_EMAIL", "Editors <editors@handover.example>"),
        ("TIME_ZONE", "Mars/Phobos"),
        ("TIME_ZONE", "Europe"),
        ("TIME_ZONE", "right/Europe/London"),
        ("TIME_ZONE", "../etc/passwd"),
        ("LOG_LEVEL", "verbose"),
        ("TRUSTED_PROXIES", "many"),
        ("DEBUG", "perhaps"),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_line(name, value):
    answer = check(**{name: value})

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"{name} ")
    assert answer.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("changes", "identity"),
    [
        ({"DEMO": "1"}, "handover.W001"),
        ({"SITE_URL": "http://handover.example"}, "handover.W002"),
        ({"ALLOWED_HOSTS": "*"}, "handover.W003"),
        ({"TRUSTED_PROXIES": "0"}, "handover.W004"),
        ({"STAFF_NEED_SECOND_FACTOR": "0"}, "handover.W006"),
        ({"EMAIL_URL": "console:"}, "handover.W012"),
    ],
)
def test_what_makes_a_site_unsafe_is_said_before_it_starts(changes, identity):
    answer = check(**changes)

    assert answer.returncode == 1
    assert identity in answer.stderr


@pytest.mark.parametrize(
    ("option", "is_fine"),
    [
        ("lock_timeout%3D0", False),
        ("statement_timeout%3D0ms", False),
        ("lock_timeout%3D5s", True),
    ],
)
def test_an_address_without_time_limits_is_told(settings, monkeypatch, option, is_fine):
    monkeypatch.setenv("ADDRESS", f"postgresql://me@/site?options=-c%20{option}")
    options = settings.DATABASES["default"]["OPTIONS"]["options"]
    given = environment.database("ADDRESS")["OPTIONS"]["options"]
    changed = {"OPTIONS": {"options": f"{options} {given}"}}
    monkeypatch.setitem(settings.DATABASES, "default", changed)

    assert (list(checks.database_gives_up()) == []) is is_fine


@pytest.mark.parametrize(
    ("name", "value", "identity"),
    [
        ("CACHES", {"default": {"BACKEND": LOCAL_CACHE}}, "handover.W005"),
        ("SECURE_CSP", {"default-src": [CSP.SELF]}, "handover.W007"),
        (
            "SECURE_CSP",
            {"default-src": [CSP.NONE], "script-src": [CSP.UNSAFE_INLINE]},
            "handover.W008",
        ),
        ("MIDDLEWARE", [], "handover.W009"),
        *((name, "changed", "handover.W010") for name in checks.FIXED),
    ],
)
def test_a_guard_that_was_taken_away_is_missed(settings, name, value, identity):
    before = our_warnings()
    setattr(settings, name, value)

    assert identity not in before
    assert identity in our_warnings()


def our_warnings() -> set[str]:
    found = run_checks(tags=["security"], include_deployment_checks=True)
    return {message.id for message in found}
