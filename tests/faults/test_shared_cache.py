"""A shared cache in front, as a CDN is one: nobody ever reads another's page."""

from types import SimpleNamespace

import pytest

from tests.faults.posting import post
from tests.faults.proxy import Proxy
from tests.hub.addresses import address_of, every_name

ADA, BEA = 331, 332  # two members whose names stand nowhere else
COOKIES = {
    "none": {},
    "an empty one": {"sessionid": ""},
    "a forged one": {"sessionid": "a" * 32},
    "one of another site": {"theme": "dark"},
}
ENDS_A_SESSION = {"account_logout", "account_reauthenticate"}


@pytest.fixture
def cached(site, tmp_path):
    """The site behind a cache that may keep its pages for a minute."""
    site.stop()
    site.start(CDN_SECONDS="60", TRUSTED_PROXIES="1")
    proxy = Proxy(tmp_path, site.port, has_cache=True)
    proxy.start()
    yield proxy
    proxy.stop()
    site.stop()


def addresses(site) -> list[str]:
    """One address of each route, with what this site has."""
    post(site, 1, "A question.")
    comment = site.ask("SELECT id, thread_id FROM discussions_comment")[0]
    topic = site.ask("SELECT slug FROM guides_topic")[0]["slug"]
    author = SimpleNamespace(handle=f"person-{ADA}", experiences=None)
    author.experiences = SimpleNamespace(get=lambda: SimpleNamespace(pk=1))
    rows = {
        "guide": SimpleNamespace(slug=site.slug),
        "topic": SimpleNamespace(slug=topic),
        "comment": SimpleNamespace(
            pk=comment["id"], thread_id=comment["thread_id"], author=author
        ),
        "image": SimpleNamespace(name="a1" * 11 + "-640x400", size=(640, 400)),
        **{
            kind: SimpleNamespace(slug="one-that-is-not-there")
            for kind in ("policy", "organisation", "term", "pathway")
        },
    }
    names = [name for name in every_name() if name not in ENDS_A_SESSION]
    return [address_of(name, rows) for name in names]


def test_not_a_byte_of_another_person_comes_out_of_a_shared_cache(site, told, cached):
    people = {
        f"Person {number}": site.member(number, cached.address) for number in (ADA, BEA)
    }
    read, hits, wrong = 0, 0, []
    for address in addresses(site):
        profile = address.startswith("/people/")
        for _ in range(2):
            for name, browser in people.items():
                page = browser.get(address)
                read += 1
                other = next(each for each in people if each != name)
                if other in page.text and not profile:
                    wrong.append((name, address))
            for cookies in COOKIES.values():
                reader = site.reader(cached.address)
                reader.cookies = dict(cookies)
                page = reader.get(address)
                read += 1
                hits += page.headers["X-Cache-Status"] == "HIT"
                if not profile and any(name in page.text for name in people):
                    wrong.append((cookies, address))
                if page.headers["X-Cache-Status"] == "HIT" and cookies:
                    wrong.append((cookies, address, "kept"))

    assert wrong == []
    assert hits >= 20
    seen = [name in browser.get("/desk/").text for name, browser in people.items()]
    assert seen == [True, True]
    done = f"{read} pages read by three in turn, through nginx with a shared cache"
    told("cache", done, f"{hits} out of the cache, 0 bytes of another person")
