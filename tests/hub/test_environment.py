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
]


@pytest.fixture
def setting(monkeypatch):
    """Sets a variable."""
    return lambda value: monkeypatch.setenv("HANDOVER_TEST", value)


@pytest.mark.parametrize("read, value, *more", [(*case,) for case in []] or [])
def test_placeholder():
    """Replaced below."""


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
