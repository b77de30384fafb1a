"""What our providers share: few questions, plain answers, nothing kept."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

LONGEST_WORD = 254


def address(name: str, usual: str) -> property:
    """Where a provider is reached; only tests and the demo name another place."""

    def find(adapter: OAuth2Adapter) -> str:
        return settings.SOCIALACCOUNT_PROVIDERS[adapter.provider_id].get(name, usual)

    return property(find)


class Adapter(OAuth2Adapter):
    """Asks a provider who somebody is."""

    def identity(self, app: Any, token: SocialToken, **given: Any) -> dict[str, Any]:
        """What the provider says of the person, as it says it."""
        raise NotImplementedError

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **given: Any
    ) -> SocialLogin:
        """The person as allauth knows people that come from elsewhere."""
        said = self.identity(app, token, **given)
        return self.get_provider().sociallogin_from_response(request, said)

    def ask(self, url: str, **given: Any) -> Any:
        """The provider's answer to one question. Raises on anything but JSON."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, **given)
            answer.raise_for_status()
            return answer.json()


class Provider(OAuth2Provider):
    """Keeps a name, a user name and an address of a person, and no more."""

    pkce_enabled_default = True
    scope: tuple[str, ...] = ()
    id_key = "id"
    email_key = "email"

    def get_default_scope(self) -> list[str]:
        """The least that tells who somebody is and how to reach them."""
        return list(self.scope)

    def vouches_for_email(self, said: dict[str, Any]) -> bool:
        """Whether the provider says that the person reads mail at the address."""
        return False

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The provider's own key of the person, which never changes."""
        uid = data[self.id_key]
        if not isinstance(uid, str) or not uid.isascii() or not uid.isprintable():
            raise OAuth2Error("The provider names nobody.")
        return uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """What is stored beside the key, so that people tell their accounts apart."""
        kept = {"name": "name", "username": "username", "email": self.email_key}
        words = {name: _readable(data.get(key)) for name, key in kept.items()}
        return {name: word for name, word in words.items() if word}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, str]:
        """What a new account may begin with."""
        return self.extract_extra_data(data)

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, with what the provider says of it."""
        email = _readable(data.get(self.email_key))
        verified = self.vouches_for_email(data)
        return [EmailAddress(email=email, verified=verified, primary=True)] * bool(
            email
        )


def _readable(word: Any) -> str:
    if not isinstance(word, str) or len(word) > LONGEST_WORD:
        return ""
    return "".join(letter for letter in word if letter.isprintable()).strip()
