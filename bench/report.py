"""Says what was found: as tables for people, as JSON for programs."""

import json
from pathlib import Path

from bench.targets import GOALS

RESULTS = Path(__file__).with_name("results")
HEAD = ("row", "server", "connections", "requests/s", "p50 ms", "p95 ms", "p99 ms")
HEAD += ("CPU ms", "bytes", "errors")


def table(head: tuple[str, ...], rows: list[tuple]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def figures(told: list[dict]) -> str:
    """What every server did in every row."""
    rows = []
    for run in told:
        times = (f"{run[name]:.2f}" for name in ("p50", "p95", "p99"))
        about = (run["row"], run["name"], run["connections"], f"{run['rate']:,.1f}")
        rest = (f"{run['cpu']:.3f}", f"{run['bytes']:,.0f}", run["errors"])
        rows.append((*about, *times, *rest))
    return table(HEAD, rows)


def goals(values: dict[str, float]) -> str:
    """Every row against what it must reach."""
    rows = []
    for name, goal in GOALS.items():
        value, sign = values.get(name), "≥" if goal.more else "≤"
        wanted = (
            "" if number is None else f"{sign} {short(number)}"
            for number in (goal.at_least, goal.stretch)
        )
        found = "" if value is None else short(value)
        rows.append((goal.row, found, goal.unit, *wanted, goal.verdict(value)))
    return table(("row", "found", "in", "at least", "stretch", "verdict"), rows)


def short(number: float) -> str:
    """A number with as many digits as say something."""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def growth(sizes: list[str], rows: dict[str, list[float]]) -> str:
    """CPU milliseconds at each size, and how they grow from the first to the last."""
    lines = [
        (row, *(f"{cpu:.2f}" for cpu in found), f"{found[-1] / found[0]:.2f} ×")
        for row, found in rows.items()
    ]
    return table(("CPU ms at", *sizes, "growth"), lines)


def keep(name: str, about: dict, parts: list[str], found: dict) -> str:
    """Print a report and write it down under this name; gives its text."""
    said = "; ".join(f"{key} {value}" for key, value in about.items())
    text = "\n\n".join([f"# {name}", said, *parts]) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text)
    whole = json.dumps(about | found, indent=1, ensure_ascii=False)
    (RESULTS / f"{name}.json").write_text(whole + "\n")
    print(text)
    return text
