"""Sign-in providers on loopback, which check what they are asked and can misbehave."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import requests
from bs4 import BeautifulSoup
from oidc_provider_mock import run_server_in_thread

CLIENT_ID, SECRET = "our-client-id", "our secret: +/&=%"
KEYS = [{"client_id": CLIENT_ID, "secret": SECRET}]
NAMES = {"google": "Google", "twitter_oauth2": "X (Twitter)", "facebook": "Facebook"}
UIDS = {"google": "g-7", "twitter_oauth2": "x-7", "facebook": "f-7"}  # the cast's
SLOW = object()  # the right answer, after 10 seconds
DRIP = object()  # the same, with a space now and then until it comes


class StandIn:
    """One provider. `person` is who signs in there; `answers` replaces what it says at
    "token" or "me"; `claims` changes what a Google signs."""

    def __init__(self, provider_id: str, **person) -> None:
        self.id, self.person = provider_id, person
        self.answers, self.claims, self.visits = {}, {}, {}
        self.refuses, self.problems, self.released = False, [], Event()
        handler = partial(_Handler, self)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.thread = Thread(target=self.server.serve_forever, args=[0.05])

    @property
    def site(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def settings(self) -> dict:
        """What the site is told of it."""
        return {
            "APPS": KEYS,
            "AUTHORIZE_URL": f"{self.site}/authorize",
            "ACCESS_TOKEN_URL": f"{self.site}/token",
            "PROFILE_URL": f"{self.site}/me",
            "ID_TOKEN_ISSUER": self.site,
        }

    def agree(self, address: str) -> str:
        """Where it sends somebody who came to this address and said yes, or no."""
        visit = asked(address)
        code = secrets.token_urlsafe(8)
        self.visits[code] = visit
        answer = {"error": "access_denied"} if self.refuses else {"code": code}
        return (
            f"{visit['redirect_uri']}?{urlencode(answer | {'state': visit['state']})}"
        )

    def token(self, sent: dict, authorization: str) -> tuple[int, dict]:
        """A token for a code, if it is we who ask, and once."""
        visit = self.visits.pop(sent.get("code"), None)
        verifier = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if not visit or visit["code_challenge"] != proof:
            return 400, {"error": "invalid_grant"}
        self._check_secret(sent, authorization)
        answer = {"access_token": "a-token", "token_type": "bearer", "expires_in": 60}
        if self.id == "google":
            answer["id_token"] = self._sign(visit)
        return 200, answer

    def me(self, asked: dict, authorization: str) -> tuple[int, dict]:
        """Who the bearer of the token is."""
        if self.id == "twitter_oauth2":
            self._expect(authorization == "Bearer a-token", "no bearer")
            return 200, {"data": self.person}
        proof = hmac.new(SECRET.encode(), b"a-token", hashlib.sha256).hexdigest()
        self._expect(asked.get("appsecret_proof") == proof, "no proof of the secret")
        self._expect(asked.get("fields") == "id,name,email", "asks for more")
        return 200, self.person

    def _check_secret(self, sent: dict, authorization: str) -> None:
        if self.id == "twitter_oauth2":
            pair = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
            self._expect(authorization == f"Basic {pair}", "no basic auth")
        else:
            self._expect(sent.get("client_secret") == SECRET, "no secret")

    def _sign(self, visit: dict) -> str:
        now = int(time.time())
        times = {"iat": now, "exp": now + 60}
        claims = {"iss": self.site, "aud": CLIENT_ID, "nonce": visit["nonce"]}
        said = claims | times | self.person | self.claims
        said = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(said, "k" * 32, "HS256")

    def _expect(self, is_so: bool, problem: str) -> None:
        if not is_so:
            self.problems.append(problem)

    def start(self) -> None:
        """Listen."""
        self.thread.start()

    def stop(self) -> None:
        """Let go of whoever waits, and end."""
        self.released.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, stand_in: StandIn, *args) -> None:
        self.stand_in = stand_in
        super().__init__(*args)

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        if path == "/authorize":
            return self._send(302, b"", Location=self.stand_in.agree(self.path))
        self._answer("me", dict(parse_qsl(query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer("token", dict(parse_qsl(body)))

    def _answer(self, place: str, sent: dict) -> None:
        authorization = self.headers.get("Authorization", "")
        status, said = getattr(self.stand_in, place)(sent, authorization)
        right = (status, json.dumps(said).encode())
        given = self.stand_in.answers.get(place, right)
        if given is DRIP:
            return self._drip(right[1])
        if given is SLOW:
            self.stand_in.released.wait(10)
            given = right
        status, body, *kind = given
        self._send(status, body, **{"Content-Type": (*kind, "application/json")[0]})

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        with suppress(ConnectionError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def _drip(self, body: bytes) -> None:
        with suppress(ConnectionError):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            for _ in range(500):
                self.wfile.write(b" ")
                self.wfile.flush()
                if self.stand_in.released.wait(0.02):
                    return
            self.wfile.write(body)

    def log_message(self, *args) -> None:
        """Keep the output of the tests clean."""


class OpenIdProvider:
    """A real OpenID provider in Google's place."""

    id = "google"

    def __init__(self, server, **claims) -> None:
        self.site = f"http://localhost:{server.server_port}"
        self.person, self.refuses = claims, False
        sub = claims.pop("sub")
        requests.put(f"{self.site}/users/{sub}", json=claims, timeout=5)
        self.sub = sub

    @property
    def settings(self) -> dict:
        """What the site is told of it."""
        return {
            "APPS": KEYS,
            "AUTHORIZE_URL": f"{self.site}/oauth2/authorize",
            "ACCESS_TOKEN_URL": f"{self.site}/oauth2/token",
            "ID_TOKEN_ISSUER": self.site,
        }

    def agree(self, address: str) -> str:
        """Where it sends somebody who signs in, or refuses."""
        typed = {"action": "deny"} if self.refuses else {"sub": self.sub}
        sent = requests.post(address, typed, allow_redirects=False, timeout=5)
        return sent.headers["Location"]


@contextmanager
def running(settings, *stand_ins: StandIn):
    """Stand-ins that listen and that the site knows, by their ids. In the end, nobody
    has asked them wrongly."""
    for stand_in in stand_ins:
        stand_in.start()
    try:
        yield instead(settings, *stand_ins)
    finally:
        for stand_in in stand_ins:
            stand_in.stop()
    assert not [stand_in.problems for stand_in in stand_ins if stand_in.problems]


def instead(settings, *stand_ins) -> dict:
    """Put stand-ins in the places of the real providers. Returns them by their ids."""
    usual = settings.SOCIALACCOUNT_PROVIDERS
    placed = {stand.id: usual[stand.id] | stand.settings for stand in stand_ins}
    settings.SOCIALACCOUNT_PROVIDERS = usual | placed
    return {stand.id: stand for stand in stand_ins}


@contextmanager
def openid_provider(**claims):
    """A real OpenID provider that knows one person."""
    with run_server_in_thread() as server:
        yield OpenIdProvider(server, **claims)


def leave(browser, provider_id: str, next_url: str = "/guides/") -> str:
    """Follow "Continue with …" to the address at the provider."""
    answer = browser.get(
        f"/accounts/{provider_id}/login/",
        {"next": next_url},
        headers={"sec-fetch-site": "same-origin"},
    )
    return address_in(answer)


def address_in(answer) -> str:
    """Where a page "Connecting to …" leads."""
    page = BeautifulSoup(answer.content, "html.parser")
    refresh = page.select_one("meta[http-equiv=refresh]")["content"]
    link = page.select_one("main a.button")["href"]
    assert refresh == f"0; url={link}"
    return link


def asked(address: str) -> dict[str, str]:
    """What the site asks of a provider, in an address."""
    return dict(parse_qsl(urlsplit(address).query))


def sign_in(browser, stand_in, next_url: str = "/guides/"):
    """Go to a provider, agree there, and come back. Returns the answer."""
    return browser.get(local(stand_in.agree(leave(browser, stand_in.id, next_url))))


def local(address: str) -> str:
    """An address of the site without its host."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
