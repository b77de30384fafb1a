"""A wrong setting stops the start with one line that says what to do."""

import pytest

from hub import environment

WRONG = [
    (environment.flag, "perhaps"),
    (environment.number, "-1", 0),
    (environment.number, "٣", 0),
    (environment.number, "1.5", 0),
    (environment.origin, "handover.example"),
    (environment.origin, "ftp://handover.example"),
    (environment.origin, "https://handover.example/guides"),
    (environment.origin, "https://handover.example:port"),
    (environment.origin, "http://[x"),
    (environment.address, "editors"),
    (environment.database, "mysql://user@host/name"),
    (environment.database, "postgresql://user@host:port/name"),
    (environment.database, "nonsense"),
    (environment.mailer, "mail.example.org", "console:"),
    (environment.mailer, "smtp://", "console:"),
    (environment.mailer, "smtp://host:port", "console:"),
    *[
        (environment.file_storage, wrong, "database")
        for wrong in (
            *("disk", "s3:", "s3://", "s3://files/folder", "s3://key@files"),
            *("s3://files?colour=red", "s3://files?endpoint=there", "http://files"),
        )
    ],
]


@pytest.fixture
def setting(monkeypatch):
    """Sets a variable."""
    return lambda value: monkeypatch.setenv("HANDOVER_TEST", value)


def why_not(read, *more):
    with pytest.raises(SystemExit) as caught:
        read("HANDOVER_TEST", *more)
    return str(caught.value)


@pytest.mark.parametrize(
    "wrong", WRONG, ids=lambda wrong: f"{wrong[0].__name__} {wrong[1]}"
)
def test_a_wrong_value_ends_the_start_with_one_line(setting, wrong):
    read, value, *more = wrong
    setting(value)

    line = why_not(read, *more)

    assert line.startswith("HANDOVER_TEST ")
    assert "\n" not in line


@pytest.mark.parametrize(
    "needed", ["DATABASE_URL", "SECRET_KEY", "SITE_URL", "EMAIL_URL"]
)
def test_a_missing_setting_says_how_to_try_the_site(needed, monkeypatch):
    monkeypatch.delenv(needed, raising=False)

    with pytest.raises(SystemExit, match=f"^{needed} is not set.*manage.py demo"):
        environment.text(needed)


def test_a_yes_may_be_written_in_three_ways(setting):
    for word in ("1", "true", "YES"):
        setting(word)
        assert environment.flag("HANDOVER_TEST") is True


def test_a_site_address_loses_its_last_slash(setting):
    setting("https://handover.example/")

    assert environment.origin("HANDOVER_TEST") == "https://handover.example"


def test_a_database_may_be_reached_by_socket(setting):
    setting("postgresql://postgres@/postgres?host=/run/with%20space")

    options = environment.database("HANDOVER_TEST")["OPTIONS"]

    assert options["host"] == "/run/with space"


def test_a_mail_server_may_ask_for_a_password(setting):
    setting("smtp+tls://some%40body:pass%2Fword@mail.example.org")

    options = environment.mailer("HANDOVER_TEST", "console:")["OPTIONS"]

    assert (options["username"], options["password"]) == ("some@body", "pass/word")
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (
        587,
        True,
        False,
    )
