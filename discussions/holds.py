"""Whether a comment waits for a curator before others see it."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

LINK = re.compile(r'<a [^>]*href="(https?://[^"]*)"')


def why_held(author, body_html: str, *, is_trapped: bool = False) -> str:
    """Why a comment of this author waits; "" when everybody may read it at once."""
    if author.is_staff:
        return ""
    if is_trapped:
        return "trap"
    if author.is_held:
        return "person"
    enough = max(settings.HELD_COMMENTS, settings.COMMENTS_UNTIL_KNOWN)
    approved = author.comments.approved()[:enough].count()
    if approved < settings.HELD_COMMENTS:
        return "first"
    is_new = approved < settings.COMMENTS_UNTIL_KNOWN or is_of_today(author)
    return "link" if is_new and leads_elsewhere(body_html) else ""


def is_of_today(author) -> bool:
    """Whether the account is younger than a day."""
    return timezone.now() - author.date_joined < settings.ACCOUNT_IS_NEW_FOR


def leads_elsewhere(body_html: str) -> bool:
    """Whether rendered text links to a host that is not among the trusted ones."""
    trusted = (*settings.TRUSTED_LINKS, urlsplit(settings.SITE_URL).hostname)
    hosts = {urlsplit(address).hostname or "" for address in LINK.findall(body_html)}
    return not all(_is_under(host, trusted) for host in hosts)


def _is_under(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)
