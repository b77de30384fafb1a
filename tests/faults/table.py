"""The table of faults: what was done, how often, and what came of it.

A plugin of pytest: `--whole` runs each fault as long as it takes to be sure, and the
table is printed at the end.
"""

import pytest

# What is tried in the place where the rest of its subject is, and what is not yet.
ELSEWHERE = [
    (
        "F11",
        "a provider that is away, slow, or says something else",
        "no session, no tie, a page: tests/accounts/test_providers_that_fail.py",
    ),
    ("F13", "not tried", "later"),
    (
        "F14",
        "`migrate` killed half way",
        "a second run completes it: tests/house/test_migrations.py",
    ),
    (
        "F14",
        "`backup` killed half way",
        "nothing that looks whole: tests/hub/test_backup.py",
    ),
    (
        "F14",
        "`restore` killed half way",
        "an empty database, a second run works: tests/hub/test_restore.py",
    ),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell the long runs from the short ones."""
    parser.addoption(
        "--whole", action="store_true", help="run each fault in its long form"
    )


def pytest_terminal_summary(terminalreporter) -> None:
    """Print a line for each fault that was tried."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get(
        "failed", []
    )
    rows = [
        value
        for report in reports
        for name, value in report.user_properties
        if name == "fault" and report.when == "call"
    ]
    if not rows:
        return
    terminalreporter.section("faults")
    for fault, done, found in sorted([*rows, *ELSEWHERE], key=_number):
        terminalreporter.write_line(f"{fault:4} {done}\n     {found}")


def _number(row: tuple[str, str, str]) -> int:
    return int("".join(filter(str.isdecimal, row[0])) or 0)
