"""The settings of a real site."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "k7Zr2mQ9wXv4Tn8Lp1Bc6Hd3Jf5Gs0Ya-Ue_Ri+Wo=Ex%Nz&Mk*Vq!Cb",
    "SITE_URL": "https://handover.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.handover.example:587",
    "CONTACT_EMAIL": "editors@handover.example",
    "TRUSTED_PROXIES": "1",
    "LOG_LEVEL": "WARNING",
    "DJANGO_SETTINGS_MODULE": "hub.settings",
}


def check(**changes: str) -> subprocess.CompletedProcess:
    """What `check --deploy` says of these settings."""
    given = {name: os.environ[name] for name in ("PATH", "DATABASE_URL")}
    environment = given | PRODUCTION | changes
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=INFO"],
        cwd=settings.BASE_DIR,
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
