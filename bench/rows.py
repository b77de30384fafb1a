"""The rows of the table: each asks its servers side by side, and notes its figures."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import sleep

from bench import corpus, peers, targets
from bench.load import (
    WRITERS,
    Figures,
    Load,
    Target,
    cpu_seconds,
    packed,
    post_all,
    read,
    timed,
    wrk,
)
from bench.servers import Nginx, Site, Web

GUIDE = f"/guides/{corpus.FIFTY}/"
MEMBER, CURATOR = corpus.session_of(5), corpus.session_of(corpus.CURATOR)
TURNS = 30
HEARD = 0.1  # seconds after which no server shows the page as it was
POSTS, READS = 400, 5
PAGES_KEPT, REQUESTS = 1_000, 50_000
FONT = re.compile(r"@font-face\s*{([^}]*)}")


@dataclass
class Bench:
    """One site with everything that is measured beside it, and what was found."""

    site: Site
    load: Load
    peers: list[Target]
    values: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    started: list = field(default_factory=list)

    def start(self) -> None:
        """Start our two servers, and nginx with the page that ours sends."""
        self.kept = self.begin(Web(self.site))
        self.uncached = self.begin(Web(self.site, KEPT_PAGES_MB="0"))
        pages = (packed(self.kept.address, GUIDE, name) for name in ("gzip", ""))
        self.nginx = self.begin(Nginx(self.site.folder / "nginx", *pages))

    def begin(self, server):
        """Start a server that ends with this bench."""
        self.started.append(server)
        server.start()
        return server

    def stop(self) -> None:
        """Stop every server."""
        for server in self.started:
            server.stop()

    def peer(self, name: str) -> Target | None:
        """One of the other servers, if it answers."""
        return next((peer for peer in self.peers if peer.name == name), None)


def target(name: str, web: Web, path: str, session: str = "", **given) -> Target:
    """A page of ours, signed out or signed in. It must be there."""
    read(web.address, path, session)
    cookie = f"sessionid={session}" if session else ""
    return Target(name, web.address + path, tuple(web.roots), cookie, **given)


def anonymous(bench: Bench) -> None:
    """A guide with 50 comments, signed out: how near we come to a file."""
    limit = Target("nginx", f"{bench.nginx.address}/page.html", (*bench.nginx.roots,))
    ours = target("kept", bench.kept, GUIDE)
    uncached = target("uncached", bench.uncached, GUIDE)
    for connections in 16, 64:
        asked = [limit, ours, uncached, *filter(None, map(bench.peer, peers.NAMES))]
        found = bench.load.side_by_side("anonymous guide", asked, connections)
        kept, file = found["kept"], found["nginx"]
        bench.values[f"rate-{connections}"] = kept.rate / file.rate
        bench.values[f"p99-{connections}"] = kept.p99 / file.p99
        bench.notes.append(
            f"{connections} connections: by CPU instead of rate, "
            f"{file.cpu / kept.cpu:.2f} × nginx. That took {file.cpu:.3f} ms, on a "
            f"quiet machine {targets.QUIET}; what is compared with known figures "
            "suffers as much."
        )
        if connections == 16:
            _beside_wordpress(bench, found)


def _beside_wordpress(bench: Bench, found: dict) -> None:
    stock = found.get("wordpress-stock")
    rate = stock.rate if stock else targets.WORDPRESS_RATE
    bench.values["wordpress"] = found["kept"].rate / rate
    if not stock:
        bench.notes.append("WordPress did not answer: its known figures stand in.")
    if cache := found.get("wordpress-microcache"):
        bench.values["page-cache"] = found["kept"].rate / cache.rate


def miss(bench: Bench) -> None:
    """The first reader after a comment, and the work of making a page."""
    change = (
        "UPDATE discussions_comment SET edited_at = now() WHERE id = (SELECT min(c.id) "
        "FROM discussions_comment c JOIN discussions_thread t ON t.id = c.thread_id "
        "WHERE t.guide_id = 1)"
    )
    times = []
    for _ in range(TURNS):
        read(bench.kept.address, GUIDE)
        bench.site.ask(change)
        sleep(HEARD)
        times += timed(lambda: read(bench.kept.address, GUIDE), 1)
    bench.values["first-reader"] = median(times)
    plain = bench.peer("django-orm gthread")
    asked = [target("uncached", bench.uncached, GUIDE), *([plain] if plain else [])]
    found = bench.load.side_by_side("miss", asked, 4)
    reference = found[plain.name].cpu if plain else targets.PLAIN_GUIDE
    bench.values["miss"] = found["uncached"].cpu / reference


def signed_in(bench: Bench) -> None:
    """The same guide for a member."""
    asked = [target("signed in", bench.uncached, GUIDE, MEMBER)]
    others = (peers.PLAIN_SIGNED_IN, peers.WORDPRESS_SIGNED_IN)
    asked += filter(None, map(bench.peer, others))
    found = bench.load.side_by_side("signed-in guide", asked, 4)
    plain, wordpress = map(found.get, others)
    cpu = found["signed in"].cpu
    bench.values["signed-in"] = cpu / (plain.cpu if plain else targets.PLAIN_SIGNED_IN)
    bench.values["signed-in-wordpress"] = cpu / (
        wordpress.cpu if wordpress else targets.WORDPRESS_SIGNED_IN
    )
    bench.values["signed-in-queries"] = bench.site.queries_of(
        lambda: read(bench.uncached.address, GUIDE, MEMBER)
    )


def posting(bench: Bench) -> None:
    """Comments of eight writers at once, each comment by another member."""
    row, runs, rate = "posting a comment", [], targets.WORDPRESS_POSTS
    wordpress = bench.peer(peers.WORDPRESS_POST)
    for turn in range(bench.load.rounds):
        people = range(2 + turn * POSTS, 2 + (turn + 1) * POSTS)
        runs.append(post_all(bench.kept, bench.site, people))
    if wordpress:
        rate = bench.load.side_by_side(row, [wordpress], WRITERS)[wordpress.name].rate
    figures = Figures.middle(runs)
    bench.load.tell(row, "kept", WRITERS, figures)
    bench.values["posting"] = figures.rate / rate
    bench.values["posting-p95"] = figures.p95


def long_discussions(bench: Bench) -> None:
    """Pages of a guide with 10,000 comments in threads, and of one long thread."""
    sizes = []
    for slug, row in (corpus.MANY, "threads"), (corpus.LONG, "thread"):
        pages = _pages_of(bench.site, slug)
        asked = [target(name, bench.uncached, path) for name, path in pages.items()]
        found = bench.load.side_by_side(f"10,000 comments, {slug}", asked, 4)
        bench.values[f"{row}-last"] = found["last"].cpu / found["first"].cpu
        sizes += (
            len(packed(bench.kept.address, path, "br")) for path in pages.values()
        )
    bench.values["threads-bytes"] = max(sizes)


def _pages_of(site: Site, slug: str) -> dict[str, str]:
    """The addresses of the first, a middle and the last full page."""
    path = f"/guides/{slug}/discussion/"
    thread, count = site.ask(
        "SELECT min(t.id), count(*) FROM discussions_thread t "
        "JOIN guides_guide g ON g.id = t.guide_id WHERE slug = %s",
        slug,
    )[0]
    if count == 1:
        path += f"{thread}/"
        keys = site.ask(
            "SELECT id FROM discussions_comment WHERE thread_id = %s ORDER BY id",
            thread,
        )
    else:
        keys = site.ask(
            "SELECT t.id FROM discussions_thread t JOIN guides_guide g "
            "ON g.id = t.guide_id WHERE slug = %s ORDER BY t.id",
            slug,
        )
    middle, last = keys[len(keys) // 2][0], keys[-51][0]
    return {
        "first": path,
        "middle": f"{path}?after={middle}",
        "last": f"{path}?after={last}",
    }


def queue(bench: Bench) -> None:
    """The admin's comments: what waits, a search, and the last page of all."""
    slow = bench.site.settings["DATABASE_URL"] + "&options=-c%20statement_timeout%3D0"
    stock = bench.begin(Web(bench.site, "bench.stock:application", DATABASE_URL=slow))
    theirs, ours = "/stock/discussions/comment/", "/admin/discussions/comment/"
    word = "procurement"
    pairs = {
        "queue": (ours, theirs),
        "queue-search": (f"{ours}?q=person-7", f"{theirs}?q={word}"),
        "queue-last": (
            _last_page(stock, f"{ours}?show=all"),
            _last_page(stock, theirs),
        ),
    }
    for row, paths in pairs.items():
        spent: dict[str, list[float]] = {path: [] for path in paths}
        for _ in range(5):
            for path in paths:
                spent[path].append(_work(stock, path))
        # The first rounds make templates and plans ready in every thread.
        our_work, their_work = (median(spent[path][2:]) for path in paths)
        bench.values[row] = our_work / their_work
        bench.notes.append(
            f"{targets.GOALS[row].row}: {our_work:.0f} ms of processor, the stock "
            f"list {their_work:.0f} ms."
        )


def _work(web: Web, path: str) -> float:
    """Milliseconds of processor that a page takes a curator's server and database."""
    before = cpu_seconds(web.roots)
    for _ in range(READS):
        read(web.address, path, CURATOR)
    return (cpu_seconds(web.roots) - before) * 1000 / READS


def _last_page(web: Web, path: str) -> str:
    text = read(web.address, path, CURATOR)
    last = max(map(int, re.findall(r"[?&;]p=(\d+)", text)), default=1)
    return f"{path}{'&' if '?' in path else '?'}p={last}"


def sizes(bench: Bench) -> None:
    """What the guide with 50 comments costs on the way to a reader."""
    address = bench.kept.address
    html = packed(address, GUIDE, "br")
    bench.values["brotli"] = len(html)
    zipped = len(packed(address, GUIDE, "gzip"))
    bench.notes.append(f"The same HTML in gzip: {zipped:,} bytes.")
    bench.values["cold"] = len(html) + sum(
        len(packed(address, file, "br")) for file in _files_of(address)
    )
    bench.values["warm"] = len(html)  # browsers keep all else: its names are hashed


def _files_of(address: str) -> set[str]:
    """Style sheets, scripts and icons of the page, and the fonts that it may need."""
    text = read(address, GUIDE)
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    for sheet in [file for file in files if file.endswith(".css")]:
        css = packed(address, sheet, "").decode()
        for face in FONT.findall(css):
            if "unicode-range" not in face:  # those are for other alphabets
                fonts = re.findall(r'url\("?\.\./(fonts/[^")]+)', face)
                files |= {f"/static/{font}" for font in fonts}
    return files


def cold_start(bench: Bench) -> None:
    """From the start of the server to its first page."""
    ours, bare = [], []
    for _ in range(3):
        for times, web, path in (
            (ours, Web(bench.site), GUIDE),
            (bare, Web(bench.site, "bench.bare:application"), "/admin/login/"),
        ):
            times.append(web.start(path))
            web.stop()
    bench.values["cold-start"] = median(ours) / median(bare)
    bench.notes.append(
        f"Start to first page: {median(ours):.2f} s, bare Django {median(bare):.2f} s."
    )


def memory(bench: Bench) -> None:
    """What a worker holds with many pages kept, and after many requests more."""
    web = bench.begin(Web(bench.site))
    newest = "SELECT slug FROM guides_guide ORDER BY id DESC LIMIT %s"
    slugs = bench.site.ask(newest, PAGES_KEPT)
    paths = [f"/guides/{slug}/" for (slug,) in slugs]
    for path in paths:
        packed(web.address, path, "gzip")
    filled = web.memory()
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        asked = target("memory", web, "/", paths=Path(file.name))
        first = _after_requests(web, asked)
        second = _after_requests(web, asked)
    bench.values["memory"] = filled
    bench.values["memory-growth"] = second - first
    bench.notes.append(
        f"Memory with {len(paths):,} pages kept: {filled:.0f} MiB; after {REQUESTS:,} "
        f"requests {first:.0f} MiB, after as many again {second:.0f} MiB."
    )


def _after_requests(web: Web, asked: Target) -> float:
    done = 0
    while done < REQUESTS:
        done += wrk(asked, 16, 1).requests
    return web.memory()


ROWS: dict[str, Callable[[Bench], None]] = {
    "anonymous": anonymous,
    "miss": miss,
    "signed-in": signed_in,
    "posting": posting,
    "discussions": long_discussions,
    "queue": queue,
    "bytes": sizes,
    "cold-start": cold_start,
    "memory": memory,
}

# What a reader opens; the growth of each is measured from size to size.
READ = {
    "guide": GUIDE,
    "home": "/",
    "guides": "/guides/",
    "topic": "/topics/topic-1/",
    "feed": "/feeds/guides/",
    "discussion": f"/guides/{corpus.MANY}/discussion/",
}


def slope(sites: list[Site], load: Load) -> dict[str, list[float]]:
    """CPU milliseconds of each row, at each size."""
    webs = []
    try:
        for site in sites:
            webs.append(Web(site, KEPT_PAGES_MB="0"))
            webs[-1].start()
        rows = {}
        for row, path in READ.items():
            asked = [target(web.site.size, web, path) for web in webs]
            found = load.side_by_side(f"growth: {row}", asked, 4)
            rows[row] = [found[web.site.size].cpu for web in webs]
        asked = [target(web.site.size, web, GUIDE, MEMBER) for web in webs]
        found = load.side_by_side("growth: signed-in guide", asked, 4)
        rows["signed-in guide"] = [found[web.site.size].cpu for web in webs]
        rows["posting"] = _posting_slope(webs, load)
        return rows
    finally:
        for web in webs:
            web.stop()


def _posting_slope(webs: list[Web], load: Load) -> list[float]:
    times: dict[str, list[float]] = {web.site.size: [] for web in webs}
    for _ in range(load.rounds):
        for web in webs:
            figures = post_all(web, web.site, range(2, 2 + POSTS))
            load.tell("growth: posting", web.site.size, 8, figures)
            times[web.site.size].append(figures.cpu)
    return [median(each) for each in times.values()]
