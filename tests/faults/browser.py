"""A browser without pages: it sends forms, and sends them again after an error."""

import http.client
import re
from dataclasses import dataclass, field
from email.message import Message
from html import unescape
from urllib.parse import urlencode, urlsplit

REFUSED, CUT = 0, -1  # in the place of a status
LONGEST_WAIT = 60  # seconds; a site that hangs is no site


@dataclass
class Answer:
    """What came back; or REFUSED, or CUT while it was under way, as its status."""

    status: int
    text: str = ""
    headers: Message = field(default_factory=Message)

    @property
    def is_taken(self) -> bool:
        """Whether the site says that it has done what was asked."""
        return 200 <= self.status < 400

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        found = re.findall(r"<input ([^>]*type=.hidden.[^>]*)>", self.text)
        pairs = [(_value(tag, "name"), _value(tag, "value")) for tag in found]
        return {name: value for name, value in pairs if name}


class Browser:
    """One person's, with their session."""

    def __init__(self, address: str, session: str = "") -> None:
        self.host = urlsplit(address).netloc
        self.origin = address
        self.cookies = {"sessionid": session} if session else {}

    def get(self, path: str, **headers: str) -> Answer:
        """Read a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, typed: dict[str, str], **headers: str) -> Answer:
        """Send a form once."""
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.origin,
        }
        return self._ask("POST", path, urlencode(typed), sent | headers)

    def send_file(
        self, path: str, typed: dict[str, str], name: str, file: tuple[str, bytes]
    ) -> Answer:
        """Send a form with a file in it."""
        mark = "----a-boundary-that-is-in-no-file"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n'
            f"{value}\r\n".encode()
            for field, value in typed.items()
            if field != name
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; '
        head += f'filename="{file[0]}"\r\nContent-Type: image/png\r\n\r\n'
        body = b"".join(parts) + head.encode() + file[1] + f"\r\n--{mark}--".encode()
        sent = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self._ask("POST", path, body, sent | {"Origin": self.origin})

    def _ask(
        self, method: str, path: str, body: str | bytes | None, headers: dict
    ) -> Answer:
        headers = dict(headers)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        asked = http.client.HTTPConnection(self.host, timeout=LONGEST_WAIT)
        try:
            asked.connect()
        except OSError:
            return Answer(REFUSED)
        try:
            asked.request(method, path, body, headers)
            response = asked.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            return Answer(CUT)
        finally:
            asked.close()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, response.headers)


def _value(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
