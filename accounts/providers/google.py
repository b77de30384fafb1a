"""Google, by OpenID Connect."""

import secrets
from typing import Any

from allauth.socialaccount.internal.jwtkit import verify_and_decode
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.google.provider import GoogleAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse

from accounts.providers.base import Adapter, Provider, address


class GoogleAdapter(Adapter):
    """Reads who somebody is from the signed token, without a second question."""

    provider_id = "google"
    authorize_url = address(
        "AUTHORIZE_URL", "https://accounts.google.com/o/oauth2/v2/auth"
    )
    access_token_url = address(
        "ACCESS_TOKEN_URL", "https://oauth2.googleapis.com/token"
    )
    issuer = address("ID_TOKEN_ISSUER", "https://accounts.google.com")

    def identity(self, app: Any, token: SocialToken, **given: Any) -> dict[str, Any]:
        """The claims of a token that was made by Google, for us, for this visit."""
        # It came straight from Google over TLS, which stands in for the signature
        # (OpenID Connect Core 1.0, section 3.1.3.7).
        claims = verify_and_decode(
            credential=given["response"]["id_token"],
            keys_url="",
            issuer=self.issuer,
            audience=app.client_id,
            lookup_kid=None,
            verify_signature=False,
        )
        expected = given["state"]["nonce"]
        is_of_this_visit = secrets.compare_digest(str(claims.get("nonce")), expected)
        if not is_of_this_visit or "exp" not in claims:
            raise OAuth2Error("The token was made for another visit, or has no end.")
        return claims


class Google(Provider):
    """Google, with a nonce in each visit, which allauth's own class leaves out."""

    id = "google"
    name = "Google"
    account_class = GoogleAccount
    oauth2_adapter_class = GoogleAdapter
    scope = ("openid", "profile", "email")
    id_key = "sub"

    def redirect(
        self, request: HttpRequest, process: str, **given: Any
    ) -> HttpResponse:
        """The way to Google; the nonce is kept with the rest of the state."""
        nonce = secrets.token_urlsafe(16)
        params = {"nonce": nonce, "prompt": "select_account"}
        return super().redirect(
            request, process, auth_params=params, nonce=nonce, **given
        )

    def vouches_for_email(self, said: dict[str, Any]) -> bool:
        """Google tells whether the address was confirmed."""
        return said.get("email_verified") is True
