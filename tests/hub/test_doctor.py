"""`manage.py doctor`: each fault is named, and a healthy site is told so."""

from collections import namedtuple
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.checks import run_checks
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from hub.doctor import database, machine
from tests.mailbox import Mailbox, free_port
from tests.scratch import LONG, scratch

Disk = namedtuple("Disk", ["free"])
MANIFEST = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}


def examined() -> list[str]:
    """The lines that say what is wrong."""
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=said)
    assert ended.value.code == 1
    lines = said.getvalue().splitlines()
    return [line.removeprefix("WRONG  ") for line in lines if line.startswith("WRONG")]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_healthy_site_is_all_right(site, tmp_path):
    mailbox = Mailbox()
    mailbox.server.start()
    given = {
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.server.port}",
        "CONTACT_EMAIL": "editors@handover.test",
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    with scratch("healthy", like=site.name) as healthy:
        healthy.ask("TRUNCATE procrastinate_jobs CASCADE")
        healthy.ask("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
        with healthy.in_use():
            curator = User.objects.get(is_staff=True)
            Authenticator.objects.create(user=curator, type="webauthn", data={})
        healthy.run("collectstatic", "--noinput", **given)

        said = healthy.run("doctor", **given).splitlines()

    mailbox.server.stop()
    assert mailbox.kept == []
    assert said[-1] == "Nothing is wrong."
    assert len(said) > 15
    assert all(line.startswith("ok     ") for line in said[:-2])


def test_a_database_that_does_not_answer_is_named_and_the_rest_left(site):
    process = site.start("doctor", DATABASE_URL="postgresql://me@127.0.0.1:1/none")
    said = process.communicate(timeout=LONG)[0]

    assert process.returncode == 1
    assert "WRONG  The database does not answer: look at DATABASE_URL" in said
    assert "WRONG  The rest was not looked at" in said
    assert "Traceback" not in said


def test_waiting_migrations_are_named(empty):
    with empty.in_use():
        lines = examined()

    assert any(line.startswith("Waiting migrations: ") for line in lines)
    assert "hub_cache is missing: run `manage.py createcachetable`." in lines


def test_a_newer_database_is_named():
    execute("INSERT INTO django_migrations VALUES (9999, 'hub', '9999_later', now())")

    assert any("which lacks hub.9999_later" in line for line in examined())


def test_a_site_without_a_worker_is_named():
    assert any(line.startswith("No worker is alive") for line in examined())


def test_a_worker_that_stopped_lately_is_missed():
    execute(
        "INSERT INTO procrastinate_workers (last_heartbeat)"
        " VALUES (now() - interval '61 seconds')"
    )

    assert any(line.startswith("No worker is alive") for line in examined())


def test_a_mail_that_waits_too_long_is_named(mailbox):
    execute("DELETE FROM procrastinate_jobs")  # of tests that end their transactions
    EmailMessage("A code", "ABC-DEF", to=["reader@example.org"]).send()
    assert not any("has been waiting" in line for line in examined())

    execute("UPDATE procrastinate_events SET at = at - interval '11 minutes'")

    assert any("waiting for 11 min" in line for line in examined())


def test_a_mail_that_was_given_up_is_named(mailbox):
    execute("DELETE FROM procrastinate_jobs")  # of tests that end their transactions
    EmailMessage("A code", "ABC-DEF", to=["reader@example.org"]).send()
    execute("UPDATE procrastinate_jobs SET status = 'failed'")
    execute("UPDATE procrastinate_events SET type = 'failed'")

    assert any(
        line.startswith("Jobs that failed within a day: 1.") for line in examined()
    )


def test_a_mail_server_that_is_away_or_refuses_is_named(settings):
    options = {"host": "127.0.0.1", "port": free_port(), "timeout": 5}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    server = {"BACKEND": backend, "OPTIONS": options}
    settings.MAILERS = {**settings.MAILERS, "server": server}

    assert any("fails: look at EMAIL_URL" in line for line in examined())


def test_clocks_that_disagree_are_named():
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        lines = examined()

    assert any("seconds apart" in line for line in lines)


def test_a_database_that_is_nearly_full_of_connections_is_named(monkeypatch):
    monkeypatch.setattr(database, "FULL", 0)

    assert any("connections are in use" in line for line in examined())


def test_missing_programs_for_a_backup_are_named(monkeypatch):
    monkeypatch.setattr(database, "server_major", lambda: 99)

    assert any("apt install postgresql-client-99" in line for line in examined())


def test_a_full_disk_is_named(monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: Disk(5_000_000))

    assert any("has 5 MB left" in line for line in examined())


def test_a_storage_that_takes_nothing_is_named(settings):
    place = {"bucket_name": "none", "endpoint_url": "http://127.0.0.1:1"}
    storage = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": storage}

    assert any("look at FILE_STORAGE" in line for line in examined())


def test_static_files_that_were_not_collected_are_named(settings, tmp_path):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": MANIFEST}
    settings.STATIC_ROOT = tmp_path

    assert any(
        line.startswith("Static files that are not collected") for line in examined()
    )


def test_an_address_of_examples_is_named(settings):
    assert any(line.startswith("CONTACT_EMAIL is editors@") for line in examined())

    settings.CONTACT_EMAIL = "editors@handover.test"

    assert not any(line.startswith("CONTACT_EMAIL") for line in examined())


def test_a_site_without_curators_is_named(curator):
    assert not any(line.startswith("There is no curator") for line in examined())

    User.objects.update(is_active=False)

    assert any(line.startswith("There is no curator") for line in examined())


def test_a_curator_without_a_second_factor_is_named(curator, settings):
    Authenticator.objects.create(user=curator, type="recovery_codes", data={})
    for needed in True, False:
        settings.STAFF_NEED_SECOND_FACTOR = needed
        assert any("Without a second factor" in line for line in examined())

    Authenticator.objects.create(user=curator, type="totp", data={})

    assert not any("Without a second factor" in line for line in examined())


def test_every_warning_of_the_settings_is_among_its_lines():
    lines = examined()

    for message in run_checks(include_deployment_checks=True):
        assert message.is_silenced() or any(message.id in line for line in lines)


def test_what_cannot_be_looked_at_stops_nothing(monkeypatch):
    def broken(question):
        raise RuntimeError("no such thing")

    monkeypatch.setattr("hub.doctor.jobs.ask", broken)

    lines = examined()
    assert "Could not be looked at: Somebody sends the mail. (no such thing)" in lines
    assert any(line.startswith("There is no curator") for line in lines)
