"""How we ask a provider's server: briefly."""

import time
from typing import Any

import requests
from django.conf import settings

LONGEST_ANSWER = 64 * 1024


class BriefSession(requests.Session):
    """Follows no redirect, reads no endless answer and waits for seconds only."""

    def request(self, method: str, url: str, **given: Any) -> requests.Response:
        """The whole answer. Raises where it is too slow or too long."""
        to_connect, to_answer = settings.SOCIALACCOUNT_REQUESTS_TIMEOUT
        deadline = time.monotonic() + to_connect + to_answer
        given |= {"allow_redirects": False, "stream": True}
        given["timeout"] = (to_connect, to_answer)
        given["headers"] = (given.get("headers") or {}) | {
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a small packed answer may be a huge one
        }
        with super().request(method, url, **given) as answer:
            answer._content = _read(answer, deadline)
        return answer


def _read(answer: requests.Response, deadline: float) -> bytes:
    body = b""
    while part := answer.raw.read1(LONGEST_ANSWER):
        body += part
        if len(body) > LONGEST_ANSWER or time.monotonic() > deadline:
            raise requests.ConnectionError("The answer is too long or too slow.")
    return body
