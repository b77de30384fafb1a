"""Measure the site beside what it is compared with: `uv run bench/run.py`.

Servers and database run on the first core, whoever asks them on the second. Servers
take turns, so that a ratio holds on a busy machine; CPU milliseconds hold better still.
`--size 10k` tries everything in little, `--slope` shows what grows with the comments.
"""

import argparse
import os
import shutil
import sys
from datetime import date
from pathlib import Path

# As a script it would find its own folder first, and nothing of the project.
sys.path[0] = str(Path(__file__).parents[1])

from bench import corpus, peers, report  # noqa: E402
from bench.load import Load  # noqa: E402
from bench.rows import ROWS, Bench, slope  # noqa: E402
from bench.servers import CLIENTS, Site, on_core  # noqa: E402

DATA = Path(__file__).with_name(".data")
NEEDED = {"wrk": "wrk", "nginx": "nginx-light"}  # a program and its Debian package


def options() -> argparse.Namespace:
    """What was asked for."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--size", choices=corpus.SIZES, default="1M", help="comments")
    asked.add_argument("--slope", action="store_true", help="measure all four sizes")
    asked.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS))
    asked.add_argument("--seconds", type=int, default=8, help="that one run lasts")
    asked.add_argument("--rounds", type=int, default=3, help="of runs; medians count")
    asked.add_argument("--data", type=Path, default=DATA, help="where corpora are kept")
    asked.add_argument("--peers", type=Path, help="folder of other servers to ask")
    return asked.parse_args()


def missing() -> list[str]:
    """The Debian packages that have to be there and are not."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    return [NEEDED[name] for name in NEEDED if not shutil.which(name, path=path)]


def measure(given: argparse.Namespace) -> None:
    """Every row, at one size."""
    site, load = _site(given, given.size), Load(given.seconds, given.rounds)
    bench = Bench(site, load, [])
    if given.peers:
        bench.peers, notes = peers.that_answer(given.peers)
        bench.notes += notes
    try:
        _start(site)
        bench.start()
        for name in given.only:
            print(f"Measuring: {name}", file=sys.stderr, flush=True)
            ROWS[name](bench)
    except KeyboardInterrupt:
        bench.notes.append("Ended before every row was measured.")
    finally:
        bench.stop()
        site.stop()
    parts = [report.goals(bench.values), report.figures(load.told)]
    parts += ["\n".join(f"- {note}" for note in bench.notes)]
    found = {"values": bench.values, "runs": load.told, "notes": bench.notes}
    report.keep("threads", _about(given) | {"comments": given.size}, parts, found)


def measure_growth(given: argparse.Namespace) -> None:
    """What readers and writers ask for, at every size."""
    sites, load = (
        [_site(given, s) for s in corpus.SIZES],
        Load(given.seconds, given.rounds),
    )
    try:
        for site in sites:
            _start(site)
        rows = slope(sites, load)
    finally:
        for site in sites:
            site.stop()
    sizes = list(corpus.SIZES)
    values = {"growth": max(found[-1] / found[0] for found in rows.values())}
    verdict = report.GOALS["growth"].verdict(values["growth"])
    parts = [report.growth(sizes, rows), f"Largest growth: {values['growth']:.2f} ×, "]
    parts[-1] += f"{verdict}."
    parts += [report.figures(load.told)]
    found = {"sizes": sizes, "cpu_ms": rows, "values": values, "runs": load.told}
    report.keep("growth", _about(given), parts, found)


def _site(given: argparse.Namespace, size: str) -> Site:
    return Site(given.data, size)


def _start(site: Site) -> None:
    took = site.start()
    if took:
        print(f"Made {site.size} comments in {took:.0f} s.", file=sys.stderr)


def _about(given: argparse.Namespace) -> dict:
    load = "/".join(f"{number:.1f}" for number in os.getloadavg())
    return {
        "day": date.today().isoformat(),
        "seconds": given.seconds,
        "rounds": given.rounds,
        "load of the machine at the end": load,
    }


def main() -> None:
    """Measure what was asked for."""
    given = options()
    if packages := missing():
        sys.exit(f"Install with apt-get: {' '.join(packages)}")
    with on_core(CLIENTS):
        (measure_growth if given.slope else measure)(given)


if __name__ == "__main__":
    main()
