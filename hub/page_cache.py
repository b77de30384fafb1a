"""Finished pages for signed-out readers, kept in the memory of the web process.

A page is kept compressed, with its headers, and answered before Django looks at the
request. The database tells by NOTIFY which pages hold no longer: triggers see every
change, whoever makes it. `docs/operations.md` says what to set.
"""

import gzip
import logging
import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Event, Lock, Thread
from time import monotonic, sleep, time
from typing import Any
from urllib.parse import parse_qsl

import brotli
import psycopg
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from guides.reads import is_read_by_a_person, tally

CHANNEL = "handover_pages"
ALL, LISTS = "all", "lists"  # what the database says; else "guide " and a slug
DRAFT = "handover.page"  # where a request carries the page that it builds

# The addresses whose pages are kept, and what their queries may ask for.
KEPT = {
    "hub:home": (),
    "hub:page": (),
    "guides:list": ("topic", "kind", "stage", "profession", "place", "page"),
    "guides:topic": ("page",),
    "guides:why": ("body", "page"),
    "guides:feed": (),
    "guides:topic-feed": (),
    "guides:detail": (),
    "guides:markdown": (),
    "guides:history": ("page",),
    "guides:edition": (),
    "guides:pathways": (),
    "guides:pathway": (),
    "landscape:policies": ("kind", "status", "force", "owner", "place", "page"),
    "landscape:policy": (),
    "landscape:organisations": ("letter", "page"),
    "landscape:organisation": (),
    "landscape:glossary": ("letter", "page"),
    "landscape:term": (),
    "discussions:list": ("after", "order"),
    "discussions:thread": ("after",),
}
OF_A_GUIDE = "/guides/"
SAME_FOR_ALL = {"accept-encoding", "cookie"}  # what a kept page may vary by
LONGEST_ADDRESS = 500
LARGEST_SHARE = 4  # a page that takes more than a quarter of all room is not kept
HEADERS_SIZE = 1500  # bytes that a page takes beside its text, about
WAIT_FOR_BUILDER, WAIT_FOR_LISTENER = 10, 2  # seconds
POPULAR, NEVER_AGAIN = 50, float("-inf")  # reads of a page until it is pressed
RETRY, HEARTBEAT, DEAF = 0.25, 0.5, 1.75  # seconds; DEAF: without a heartbeat
LONGEST_HEADER = 200  # of those that are remembered

# What libpq says when there is no server to talk to. Of any other failure we must
# believe that others still write to the database.
NO_SERVER = re.compile(
    "refused|timed? ?out|no route|unreachable|no such file|reset by peer|closed"
    "|starting up|shutting down|not (yet )?accepting|recovery|terminating connection"
    "|resolve|translate host|name resolution|name or service not known",
    re.I,
)

Start = Callable[..., Any]
Headers = list[tuple[str, str]]
logger = logging.getLogger(__name__)


@dataclass
class KeptPage:
    """A finished page: its headers, and its text in each encoding asked for so far."""

    headers: Headers
    etag: str
    last_modified: str
    tag: str
    expires: float
    guide: int | None  # whose readers are counted
    answers: dict[str, tuple[Headers, bytes]] = field(default_factory=dict)
    is_kept: bool = False
    was_read: bool = False
    reads: float = 0  # until it is pressed

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return HEADERS_SIZE + sum(len(body) for _, body in self.answers.values())

    def add(self, encoding: str, body: bytes) -> None:
        """Have this ready for those who read this encoding."""
        self.answers[encoding] = self.headers_for(encoding, len(body)), body

    def text(self) -> bytes:
        """The text as it was before it was compressed."""
        encoding, (_, body) = self.answers.copy().popitem()  # others may add one
        return brotli.decompress(body) if encoding == "br" else gzip.decompress(body)

    def headers_for(self, encoding: str, length: int) -> Headers:
        """The headers of an answer in this encoding."""
        headers = [*self.headers, ("ETag", self.etag)]
        headers.append(("Content-Length", str(length)))
        return [*headers, ("Content-Encoding", encoding)] if encoding else headers

    def is_known(self, environ: dict) -> bool:
        """Whether the browser has it already."""
        if known := environ.get("HTTP_IF_NONE_MATCH"):
            return known == "*" or self.etag.removeprefix("W/") in known
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        return bool(since and since == self.last_modified)


class PageCache:
    """Stands before a WSGI application and answers what it has kept.

    limit: bytes that the pages may take together; 0 keeps none.
    """

    def __init__(self, application: Callable, limit: int) -> None:
        self.application = application
        self.limit = limit
        self.pages: OrderedDict[tuple, KeptPage] = OrderedDict()
        self.size = 0
        self.keys: dict[str, set[tuple]] = defaultdict(set)  # of the pages with a tag
        self.builders: dict[tuple, Event] = {}
        self.drops = 0  # how often something was dropped: the generation
        self.dropped: dict[str, int] = {}  # when each tag was, while pages are built
        self.lock = Lock()
        self.listener: Thread | None = None
        self.writer: Thread | None = None
        self.is_listening = False
        self.has_tried = Event()
        self.heard_at = 0.0  # when the listener last found its line alive
        self.kept_until = 0.0  # while nobody listens: when to stop showing pages

    def __call__(self, environ: dict, start_response: Start) -> Iterable[bytes]:
        """Answer from what is kept; else have the page made, and keep it."""
        key = self.limit and _key(environ)
        if not key:
            return self.application(environ, start_response)
        if page := self._shown(key, environ):
            return self._answer(page, environ, start_response)
        if environ["REQUEST_METHOD"] != "GET" or not _is_kept_address(environ):
            return self.application(environ, start_response)
        return self._build(key, environ, start_response)

    def _shown(self, key: tuple, environ: dict) -> KeptPage | None:
        page = self.pages.get(key)
        if page is None or page.expires < time():
            return None
        if not self._may_be_shown():
            return None
        page.was_read = True
        page.reads += 1
        if page.guide and is_read_by_a_person(environ):
            tally.count(page.guide)
        return page

    def _may_be_shown(self) -> bool:
        now = monotonic()
        if self.is_listening:  # unless it hangs: then it may have missed something
            return now - self.heard_at < DEAF
        return now < self.kept_until

    def _build(self, key: tuple, environ: dict, start_response: Start):
        self._listen()
        with self.lock:
            builder = self.builders.get(key)
            if builder is None:
                self.builders[key] = Event()
        if builder:
            builder.wait(WAIT_FOR_BUILDER)
            if page := self._shown(key, environ):
                return self._answer(page, environ, start_response)
            return self.application(environ, start_response)
        try:
            return self._make(key, environ, start_response)
        finally:
            with self.lock:
                self.builders.pop(key).set()
                if not self.builders:
                    self.dropped.clear()

    def _make(self, key: tuple, environ: dict, start_response: Start):
        draft = environ[DRAFT] = Draft(self, key, self.drops, midnight())
        # The whole page is wanted, whatever this browser has of it.
        conditions = {
            name: environ.pop(name)
            for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
            if name in environ
        }
        said: list[tuple] = []
        answer = self.application(environ, lambda *started: said.append(started))
        if draft.page is None:
            start_response(*said[-1])
            return answer
        answer.close()
        return self._answer(draft.page, environ | conditions, start_response)

    def _answer(
        self, page: KeptPage, environ: dict, start_response: Start
    ) -> list[bytes]:
        if page.is_known(environ):
            start_response("304 Not Modified", [*page.headers, ("ETag", page.etag)])
            return []
        encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding and encoding not in page.answers:
            self._add(page, encoding, compress(page.text(), encoding))
        if encoding:
            headers, body = page.answers[encoding]
        else:  # plain text is long, and few ask for it
            body = page.text()
            headers = page.headers_for("", len(body))
        start_response("200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _add(self, page: KeptPage, encoding: str, body: bytes) -> None:
        with self.lock:
            before = page.size
            page.add(encoding, body)
            self.size += page.size - before if page.is_kept else 0
            self._make_room()

    def press(self) -> Thread | None:
        """Compress one of the pages that many read as small as it gets, once. That
        takes a tenth of a second, so it has a thread of its own: whoever hears what
        changes must not wait."""
        with self.lock:
            popular = (page for page in self.pages.values() if page.reads >= POPULAR)
            page = next(popular, None)
        if page is None:
            return None
        page.reads = NEVER_AGAIN
        thread = Thread(target=self._press, args=[page], daemon=True)
        thread.start()
        return thread

    def _press(self, page: KeptPage) -> None:
        self._add(page, "br", compress(page.text(), "br", quality=11))

    def keep(self, key: tuple, page: KeptPage, since: int) -> None:
        """Keep a page that was read from the database at this generation, unless what
        it shows has changed since."""
        with self.lock:
            last = max(self.dropped.get(page.tag, 0), self.dropped.get(ALL, 0))
            is_large = page.size * LARGEST_SHARE > self.limit
            if not self.is_listening:
                self.kept_until = 0.0  # the database is there: it gave this page
            if last > since or is_large or not self.is_listening:
                return
            self._forget(key)
            self.pages[key] = page
            self.keys[page.tag].add(key)
            page.is_kept = True
            self.size += page.size
            self._make_room()

    def _make_room(self) -> None:
        while self.size > self.limit:
            oldest, kept = next(iter(self.pages.items()))
            if kept.was_read:  # it gets a second chance
                kept.was_read = False
                self.pages.move_to_end(oldest)
            else:
                self._forget(oldest)

    def drop(self, tag: str) -> None:
        """Forget the pages with this tag: "all", "lists" or "guide " and a slug."""
        with self.lock:
            self.drops += 1
            if self.builders:
                self.dropped[tag] = self.drops
            keys = list(self.pages) if tag == ALL else list(self.keys.get(tag, ()))
            for key in keys:
                self._forget(key)

    def _forget(self, key: tuple) -> None:
        page = self.pages.pop(key, None)
        if page is None:
            return
        page.is_kept = False
        self.size -= page.size
        keys = self.keys[page.tag]
        keys.discard(key)
        if not keys:
            del self.keys[page.tag]

    def _listen(self) -> None:
        with self.lock:
            if self.listener is None or not self.listener.is_alive():
                self.listener = Thread(target=self._hear, name="pages", daemon=True)
                self.listener.start()
        self.has_tried.wait(WAIT_FOR_LISTENER)

    def _hear(self) -> None:
        """Hear what the database tells, for as long as the process lives."""
        try:
            while True:
                with suppress(psycopg.Error, OSError):
                    self._hear_until_cut()
                sleep(RETRY)
        except Exception:
            logger.exception("Nobody hears what changes, so no page is kept")
            raise
        finally:
            self.is_listening, self.kept_until = False, 0.0
            self.has_tried.set()

    def _hear_until_cut(self) -> None:
        try:
            with _connection() as connection:
                _refuse_pooler(connection)
                connection.execute(f"LISTEN {CHANNEL}")
                self.drop(ALL)
                self.heard_at, self.is_listening = monotonic(), True
                self.has_tried.set()
                while True:
                    for notice in connection.notifies(timeout=HEARTBEAT):
                        self.drop(notice.payload)
                    connection.execute("SELECT 1")  # finds out that the line is dead
                    self.heard_at = monotonic()
                    self._write_down_reads()
                    self.press()
        except (psycopg.Error, OSError) as error:
            self._is_cut(error)
            raise

    def _write_down_reads(self) -> None:
        """Write down who read what, in a thread of its own: it may wait for a lock."""
        if tally.is_due and not (self.writer and self.writer.is_alive()):
            self.writer = Thread(target=_write_down_reads, daemon=True)
            self.writer.start()

    def _is_cut(self, error: Exception) -> None:
        if self.is_listening:
            logger.warning("The pages kept are on their own: %s", type(error).__name__)
            self.kept_until = monotonic() + settings.PAGES_WITHOUT_DATABASE
        if not NO_SERVER.search(str(error)):
            self.kept_until = 0.0
        self.is_listening = False
        self.has_tried.set()


@dataclass
class Draft:
    """A page that is being built: for which key, and what had changed before."""

    cache: PageCache
    key: tuple
    since: int
    expires: float
    page: KeptPage | None = None

    def finish(self, request: HttpRequest, response: HttpResponse) -> None:
        """Keep the answer."""
        logger.debug("Built %s", request.get_full_path())
        headers = dict(response.items())
        headers.pop("Content-Length", None)
        etag = headers.pop("ETag")
        encoding = encoding_of(request.META.get("HTTP_ACCEPT_ENCODING", "")) or "gzip"
        page = KeptPage(
            headers=list(headers.items()),
            etag=f"W/{etag}",  # one for all encodings
            last_modified=headers.get("Last-Modified", ""),
            tag=tag_of(request.path),
            expires=self.expires,
            guide=getattr(request, "read_guide", None),
        )
        page.add(encoding, compress(response.content, encoding))
        self.page = page
        self.cache.keep(self.key, page, self.since)


class KeepPages:
    """Keeps what is the same for everybody. The outermost layer: it sees what goes
    out."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Have the page kept, if its address is one of those and it may be."""
        response = self.get_response(request)
        draft = request.META.get(DRAFT)
        if draft and is_for_all(response):
            draft.finish(request, response)
        return response


def is_for_all(response: HttpResponse) -> bool:
    """Whether everybody may get this answer from a cache."""
    vary = set(response.get("Vary", "").lower().replace(",", " ").split())
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Cache-Control", "").startswith("public")
        and response.has_header("ETag")
        and not response.has_header("Content-Encoding")
        and vary <= SAME_FOR_ALL
    )


def tag_of(path: str) -> str:
    """What a page stands for: one guide, or the lists."""
    if not path.startswith(OF_A_GUIDE) or path == OF_A_GUIDE:
        return LISTS
    slug = path.removeprefix(OF_A_GUIDE).partition("/")[0]
    return f"guide {slug.removesuffix('.md')}"


def compress(text: bytes, encoding: str, quality: int = 6) -> bytes:
    """The text in one of the encodings of HTTP; quality: of brotli, up to 11."""
    if encoding == "br":
        return brotli.compress(text, mode=brotli.MODE_TEXT, quality=quality)
    return gzip.compress(text, 6, mtime=0)


def encoding_of(accepted: str) -> str:
    """The best that a browser takes of brotli, gzip and "": RFC 9110, 12.5.3."""
    return _encoding_of(accepted[:LONGEST_HEADER])


@lru_cache(256)
def _encoding_of(accepted: str) -> str:
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weight = parameter.strip().removeprefix("q=") or "1"
        weights[name.strip()] = weight.strip("0.") != ""
    return next((name for name in ("br", "gzip") if weights.get(name)), "")


def _key(environ: dict) -> tuple | None:
    """What a page is kept under; None for a request that it may not answer."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in (
        environ
    ):
        return None
    cookie = environ.get("HTTP_COOKIE")
    if cookie and not _is_only_token(cookie):
        return None
    host, path = environ.get("HTTP_HOST"), environ["PATH_INFO"]
    query = environ.get("QUERY_STRING", "")
    if not host or len(path) + len(query) > LONGEST_ADDRESS:
        return None
    return host, environ.get("HTTP_X_FORWARDED_PROTO") == "https", path, query


def _is_only_token(cookie: str) -> bool:
    name, _, value = cookie.partition("=")
    return name.strip() == settings.CSRF_COOKIE_NAME and ";" not in value


def _is_kept_address(environ: dict) -> bool:
    try:
        path = environ["PATH_INFO"].encode("latin-1").decode()
        asks_for = KEPT.get(resolve(path).view_name)
    except (Resolver404, UnicodeError):
        return False
    if asks_for is None:
        return False
    query = environ.get("QUERY_STRING", "")
    names = [name for name, _ in parse_qsl(query, keep_blank_values=True)]
    return len(set(names)) == len(names) and set(names) <= set(asks_for)


def _connection() -> psycopg.Connection:
    given = connections["default"].get_connection_params()
    for name in "cursor_factory", "options":  # what Django's own queries need
        given.pop(name, None)
    given |= {
        "autocommit": True,
        "application_name": "handover-pages",
        "connect_timeout": 2,
        "keepalives_idle": 1,
        "keepalives_interval": 1,
        "keepalives_count": 1,
        "tcp_user_timeout": 1000,  # milliseconds; then a line without an answer is dead
    }
    return psycopg.connect(**given)


def _refuse_pooler(connection: psycopg.Connection) -> None:
    """Raise OperationalError where a pooler lends sessions: LISTEN would hear nothing
    there, and say nothing."""
    (server,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    if server != connection.info.backend_pid:
        raise psycopg.OperationalError("a pooler stands before the database")


def _write_down_reads() -> None:
    try:
        tally.write()
    finally:
        connections["default"].close()


def midnight() -> float:
    """When today ends, here: what a page says of days holds until then."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    start = datetime.combine(tomorrow, datetime.min.time())
    return timezone.make_aware(start).timestamp()
