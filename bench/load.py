"""Asks the servers for pages, from a core of its own, and measures what comes."""

import http.client
import json
import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from statistics import median, quantiles
from urllib.parse import urlsplit

from bench.corpus import NEW, session_of
from bench.servers import CLIENTS, Site, Web, cpu_seconds, on_core
from tests.faults.browser import Browser

SCRIPT = Path(__file__).with_name("wrk.lua")
FORM = f"/guides/{NEW}/discussion/new/"
WRITERS = 8


@dataclass(frozen=True)
class Target:
    """What is asked for: an address, or those in a file, and whose work it costs.

    A `body` is sent as a form, with a new number wherever it says %d.
    """

    name: str
    url: str
    roots: tuple[int, ...] = ()
    cookie: str = ""
    encoding: str = "gzip"
    paths: Path | None = None
    body: str = ""


@dataclass
class Figures:
    """What a run, or the median of some, measured. Times are milliseconds."""

    requests: int
    rate: float
    p50: float
    p95: float
    p99: float
    bytes: float
    errors: int
    cpu: float = 0.0  # of the servers, for each request

    @classmethod
    def middle(cls, runs: list["Figures"]) -> "Figures":
        """The median of each figure; all the errors."""
        rows = [asdict(run) for run in runs]
        figures = {name: median(row[name] for row in rows) for name in rows[0]}
        return cls(**figures | {"errors": sum(run.errors for run in runs)})


@dataclass
class Load:
    """How long and how often each target is asked."""

    seconds: int
    rounds: int
    told: list[dict] = field(default_factory=list)  # every result, for the report

    def side_by_side(
        self, row: str, targets: Iterable[Target], connections: int
    ) -> dict[str, Figures]:
        """Figures of each target by name, the targets taking turns."""
        runs = defaultdict(list)
        targets = list(targets)
        for target in targets:  # warm up
            wrk(target, connections, 1)
        for _ in range(self.rounds):
            for target in targets:
                runs[target.name].append(wrk(target, connections, self.seconds))
        found = {name: Figures.middle(each) for name, each in runs.items()}
        for name, figures in found.items():
            self.tell(row, name, connections, figures)
        return found

    def tell(self, row: str, name: str, connections: int, figures: Figures) -> None:
        """Keep figures for the report."""
        about = {"row": row, "name": name, "connections": connections}
        self.told.append(about | asdict(figures))


def wrk(target: Target, connections: int, seconds: int) -> Figures:
    """One run of wrk."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    command += ["-s", SCRIPT, "-H", f"Accept-Encoding: {target.encoding}"]
    if target.cookie:
        command += ["-H", f"Cookie: {target.cookie}"]
    given = {"PATHS": str(target.paths or ""), "BODY": target.body}
    before = cpu_seconds(target.roots)
    with on_core(CLIENTS):
        done = subprocess.run(
            [*map(str, command), target.url],
            env=os.environ | given,
            capture_output=True,
            text=True,
            check=True,
        )
    figures = Figures(**json.loads(done.stdout.partition("JSON ")[2]))
    spent = cpu_seconds(target.roots) - before
    figures.cpu = spent * 1000 / max(1, figures.requests)
    return figures


def timed(ask, times: int) -> list[float]:
    """Milliseconds of each time."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        found.append((time.perf_counter() - began) * 1000)
    return found


def read(address: str, path: str, session: str = "") -> str:
    """A page, read to its end."""
    answer = Browser(address, session).get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}.")
    return answer.text


def packed(address: str, path: str, encoding: str) -> bytes:
    """A page or file as it travels."""
    asked = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        asked.request("GET", path, headers={"Accept-Encoding": encoding})
        return asked.getresponse().read()
    finally:
        asked.close()


def post_all(web: Web, site: Site, people: range) -> Figures:
    """A comment of each of these people, by eight writers at a time.

    The forms are opened first; only the sending is measured.
    """
    waiting: SimpleQueue = SimpleQueue()
    with on_core(CLIENTS), ThreadPoolExecutor(WRITERS) as crowd:
        for form in crowd.map(lambda person: _open_form(web, person), people):
            waiting.put(form)
        before, began = cpu_seconds(web.roots), time.perf_counter()
        work = [crowd.submit(_send_all, waiting) for _ in range(WRITERS)]
        sent = [each for one in work for each in one.result()]
        took, spent = time.perf_counter() - began, cpu_seconds(web.roots) - before
    site.forget_new_words()
    times = [milliseconds for milliseconds, _ in sent]
    shares = quantiles(times, n=100)
    return Figures(
        requests=len(sent),
        rate=len(sent) / took,
        p50=shares[49],
        p95=shares[94],
        p99=shares[98],
        bytes=0,
        errors=sum(not is_taken for _, is_taken in sent),
        cpu=spent * 1000 / len(sent),
    )


def _open_form(web: Web, person: int) -> tuple[Browser, dict[str, str]]:
    browser = Browser(web.address, session_of(person))
    typed = {"kind": "question", "body": f"Who *signs* the form of person {person}?"}
    return browser, browser.get(FORM).hidden | typed


def _send_all(waiting: SimpleQueue) -> list[tuple[float, bool]]:
    sent = []
    while True:
        try:
            browser, typed = waiting.get_nowait()
        except Empty:
            return sent
        began = time.perf_counter()
        answer = browser.post(FORM, typed)
        sent.append(((time.perf_counter() - began) * 1000, answer.status == 302))
