"""Facebook, without its script."""

from typing import Any

from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.facebook.flows import compute_appsecret_proof
from allauth.socialaccount.providers.facebook.provider import FacebookAccount

from accounts.providers.base import Adapter, Provider, address

GRAPH = "https://graph.facebook.com/v24.0"


class FacebookAdapter(Adapter):
    """Asks the Graph API, each time with the proof that it is us who ask."""

    provider_id = "facebook"
    scope_delimiter = ","
    authorize_url = address(
        "AUTHORIZE_URL", "https://www.facebook.com/v24.0/dialog/oauth"
    )
    access_token_url = address("ACCESS_TOKEN_URL", f"{GRAPH}/oauth/access_token")
    profile_url = address("PROFILE_URL", f"{GRAPH}/me")

    def identity(self, app: Any, token: SocialToken, **given: Any) -> dict[str, Any]:
        """Name and address, if the person let us see it."""
        params = {
            "fields": "id,name,email",
            "access_token": token.token,
            "appsecret_proof": compute_appsecret_proof(app, token),
        }
        return self.ask(self.profile_url, params=params)


class Facebook(Provider):
    """Facebook. It does not say whether an address was confirmed, so we ask."""

    id = "facebook"
    name = "Facebook"
    account_class = FacebookAccount
    oauth2_adapter_class = FacebookAdapter
    scope = ("public_profile", "email")
