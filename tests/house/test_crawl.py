"""The whole starter site, followed from its first page link by link."""

from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.management import call_command
from lxml import html

from tests.factories import publish
from tests.house.test_html import needs_checker, problems_in

MOST = 3_000  # pages; more would mean that a page leads to ever new ones
HTML = "text/html; charset=utf-8"


def follow(reader, first: str) -> tuple[dict[str, bytes], list[str]]:
    """Pages by address, and what is wrong with the links to them."""
    found, wrong, places, wanted = {}, [], {}, []
    waiting, seen = deque([(first, "")]), {first}
    while waiting:
        assert len(seen) < MOST, sorted(seen)[-20:]
        address, origin = waiting.popleft()
        answer = reader.get(address)
        if answer.status_code in {301, 302, 307}:
            links = [answer["Location"]]
        elif answer.status_code != 200:
            wrong.append(f"{origin} leads to {address}: {answer.status_code}")
            continue
        elif answer["Content-Type"] != HTML:
            continue
        else:
            found[address] = answer.content
            tree = html.fromstring(answer.content)
            places[address] = set(tree.xpath("//@id"))
            links = tree.xpath("//a/@href | //form[@method='get']/@action")
        for link in links:
            target, part = urldefrag(urljoin(address, link))
            if not is_inside(target):
                continue
            if part:
                wanted.append((address, target, part))
            if target not in seen:
                seen.add(target)
                waiting.append((target, address))
    for address, target, part in wanted:
        if target in places and part not in places[target]:
            wrong.append(f"{address} leads to {target}#{part}, which is not there")
    return found, wrong


def is_inside(address: str) -> bool:
    """Whether a link leads to a page of ours that readers see."""
    place = urlsplit(address)
    if place.scheme or place.netloc:
        return address.startswith(settings.SITE_URL)
    # Each page leads to its own form to sign in, and comes back from it.
    return not place.path.startswith(("/accounts/", "/static/")) or not place.query


def test_every_link_leads_somewhere_and_every_page_is_valid(reader, tmp_path):
    needs_checker()
    call_command("seed", verbosity=0)

    found, wrong = follow(reader, "/")

    assert wrong == []
    guides = [a for a in found if a.startswith("/guides/") and a.count("/") == 3]
    assert len(guides) == 16
    assert len(found) > 400
    for number, (address, page) in enumerate(found.items()):
        note = f"\n<!-- {address.replace('--', '- -')} -->".encode()
        (tmp_path / f"{number}.html").write_bytes(page + note)
    assert problems_in(tmp_path) == ""


def test_a_broken_link_and_a_missing_place_are_told(reader):
    body = "## Why\n\n[Gone](/guides/no-such/), [here](#why), [nowhere](#wy)"
    address = publish(body=body).get_absolute_url()

    told = follow(reader, address)[1]

    assert f"{address} leads to /guides/no-such/: 404" in told
    assert f"{address} leads to {address}#wy, which is not there" in told
    assert not [words for words in told if "#why" in words]
