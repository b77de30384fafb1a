"""Other places at which people have an account they may sign in with."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest


@dataclass(frozen=True)
class Provider:
    """One of those places, in the words that people read."""

    id: str  # allauth's, and the part of our addresses
    name: str
    short_name: str
    asks: str


KNOWN = [
    Provider("google", "Google", "Google", "your name and email address"),
    Provider("twitter_oauth2", "X (Twitter)", "X", "your name and email address"),
    Provider("facebook", "Facebook", "Facebook", "your name and email address"),
]


def enabled() -> list[Provider]:
    """Those whose keys the environment holds; no query."""
    chosen = settings.SOCIALACCOUNT_PROVIDERS
    return [provider for provider in KNOWN if chosen[provider.id]["APPS"]]


def enabled_or_404(provider_id: str) -> Provider:
    """The provider of this id. Raises Http404 where there is none, or it is off."""
    for provider in enabled():
        if provider.id == provider_id:
            return provider
    raise Http404("There is no such way to sign in here.")


def signed_in_with(request: HttpRequest) -> str:
    """The account that this session was opened with, such as "Google account"."""
    from allauth.account.authentication import get_authentication_records

    names = {provider.id: provider.short_name for provider in KNOWN}
    records = get_authentication_records(request, request.user)
    # A second factor, or a password typed again, opens no session.
    opened = [r for r in records if r["method"] != "mfa" and "reauthenticated" not in r]
    last = opened[-1].get("provider") if opened else None
    return f"{names.get(last, settings.SITE_NAME)} account"
