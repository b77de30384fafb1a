"""Whether a comment waits for a curator before others see it."""

import re
from functools import cache
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.prepared import Prepared

TAG = re.compile(r"<a [^>]*>")
HREF = re.compile(r'href="([^"]*)"')
# How an address elsewhere begins for browsers: //host and https:host too.
BEGINNING = re.compile(r"(https?:)?[/\\]*", re.IGNORECASE)


def why_held(author, body_html: str, *, is_trapped: bool = False) -> str:
    """Why a comment of this author waits; "" when everybody may read it at once."""
    if author.is_staff:
        return ""
    if is_trapped:
        return "trap"
    if author.is_held:
        return "person"
    enough = max(settings.HELD_COMMENTS, settings.COMMENTS_UNTIL_KNOWN)
    approved = len(_approved(enough)(author.pk)) if enough else 0
    if approved < settings.HELD_COMMENTS:
        return "first"
    is_new = approved < settings.COMMENTS_UNTIL_KNOWN or is_of_today(author)
    return "link" if is_new and leads_elsewhere(body_html) else ""


@cache
def _approved(most: int) -> Prepared:
    """Comments of an author that everybody may read, so many at most."""
    from discussions.models import Comment  # which asks this module in turn

    def build(author: int) -> QuerySet:
        rows = Comment.objects.approved().filter(author=author)
        return rows.order_by().values_list("pk", flat=True)[:most]

    return Prepared(build, int)


def is_of_today(author) -> bool:
    """Whether the account is younger than a day."""
    return timezone.now() - author.date_joined < settings.ACCOUNT_IS_NEW_FOR


def leads_elsewhere(body_html: str) -> bool:
    """Whether rendered text links to a host that is not among the trusted ones."""
    trusted = (*settings.TRUSTED_LINKS, urlsplit(settings.SITE_URL).hostname)
    hosts = {_host_of(address) for address in links_in(body_html)}
    return not all(_is_under(host, trusted) for host in hosts)


def links_in(body_html: str) -> list[str]:
    """The addresses of the links in rendered text that leave the site."""
    tags = (tag for tag in TAG.findall(body_html) if 'class="outside"' in tag)
    return [unescape(found[1]) for tag in tags if (found := HREF.search(tag))]


def _host_of(address: str) -> str:
    """Where a browser goes for an address; "" where that cannot be told."""
    try:
        return urlsplit(BEGINNING.sub("https://", address, count=1)).hostname or ""
    except ValueError:
        return ""


def _is_under(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
