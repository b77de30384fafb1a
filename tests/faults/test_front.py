"""What nginx answers by itself, when a request never reaches the site."""

import pytest

from tests.faults.browser import Browser
from tests.faults.proxy import Proxy
from tests.hub.test_headers import ALWAYS, OFF, POLICY
from tests.mailbox import free_port

MOST = str(12 * 2**20 + 1)  # bytes, and one more


@pytest.fixture
def reader(tmp_path, _nginx):
    """Somebody who reads through nginx, while nobody runs the site."""
    proxy = Proxy(tmp_path, free_port())
    # One search a minute, and a few more at first, to be refused without a flood.
    searches = "zone=handover_searches:10m rate="
    proxy.text = proxy.text.replace(f"{searches}10000r/s", f"{searches}1r/m")
    proxy.start()
    yield Browser(proxy.address)
    proxy.stop()


@pytest.mark.parametrize(
    ("status", "words", "ask"),
    [
        (400, "We cannot answer that", lambda b: b.get("/%00")),
        (400, "We cannot answer that", lambda b: b.get("/", Cookie="a" * 40_000)),
        (404, "We cannot answer that", lambda b: b.get("/refused")),
        (414, "We cannot answer that", lambda b: b.get("/" + "a" * 40_000)),
        (413, "may have 10 MB", lambda b: b.post("/", {}, **{"Content-Length": MOST})),
        (429, "Wait a minute", lambda b: [b.get("/search/") for _ in range(25)][-1]),
        (503, "away for a moment", lambda b: b.get("/")),
    ],
)
def test_an_answer_of_nginx_is_a_page_of_ours_with_our_headers(
    reader, status, words, ask
):
    answer = ask(reader)

    said = answer.headers
    assert answer.status == status
    assert words in answer.text
    assert "<h1>" in answer.text
    assert {name: said[name] for name in ALWAYS} == ALWAYS
    assert set(said["Content-Security-Policy"].split("; ")) == POLICY
    assert all(f"{what}=()" in said["Permissions-Policy"] for what in OFF)
    assert said["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert said["Cache-Control"] == "no-store"
    assert ("Retry-After" in said) == (status in (429, 503))
