"""The table of faults: what was done, how often, and what came of it.

A plugin of pytest: `--whole` runs each fault as long as it takes to be sure, and the
table is printed at the end.
"""

import pytest

CLAIMS = pytest.StashKey[list]()


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
    for fault, done, found in sorted(rows, key=_number):
        terminalreporter.write_line(f"{fault:4} {done}\n     {found}")


def _number(row: tuple[str, str, str]) -> int:
    return int("".join(filter(str.isdecimal, row[0])) or 0)
