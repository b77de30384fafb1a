"""X, once Twitter, by OAuth 2."""

from typing import Any

from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.twitter_oauth2.provider import (
    TwitterOAuth2Account,
)

from accounts.providers.base import Adapter, Provider, address


class XAdapter(Adapter):
    """Asks X who the bearer of a token is."""

    provider_id = "twitter_oauth2"
    basic_auth = True
    authorize_url = address("AUTHORIZE_URL", "https://x.com/i/oauth2/authorize")
    access_token_url = address("ACCESS_TOKEN_URL", "https://api.x.com/2/oauth2/token")
    profile_url = address("PROFILE_URL", "https://api.x.com/2/users/me")

    def identity(self, app: Any, token: SocialToken, **given: Any) -> dict[str, Any]:
        """Name, user name and, if there is one, the confirmed address."""
        said = self.ask(
            self.profile_url,
            params={"user.fields": "id,name,username,confirmed_email"},
            headers={"Authorization": f"Bearer {token.token}"},
        )
        return said["data"]


class X(Provider):
    """X. It gives an address only once it was confirmed, and to some not at all."""

    id = "twitter_oauth2"
    name = "X"
    account_class = TwitterOAuth2Account
    oauth2_adapter_class = XAdapter
    # X lets nobody ask for a name without tweet.read; we read no tweet.
    scope = ("users.read", "tweet.read", "users.email")
    email_key = "confirmed_email"

    def vouches_for_email(self, said: dict[str, Any]) -> bool:
        """An address that X gives out is a confirmed one."""
        return True
