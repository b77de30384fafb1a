"""Our rules for people who come from a provider."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from accounts import providers
from accounts.models import User
from accounts.names import problem_with
from accounts.providers.asking import BriefSession
from accounts.providers.trouble import SUSPENDED, trouble_page

LAST_WAY_IN = (
    "This is your last way to sign in. Add an email address and confirm it, or "
    "connect another account, before you disconnect this one."
)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Signing in never links accounts, and nobody loses their last way in."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, **given: Any
    ) -> list[SocialApp]:
        """The keys that the environment holds; no rows and no query."""
        return [
            SocialApp(provider=name, **keys)
            for name, chosen in settings.SOCIALACCOUNT_PROVIDERS.items()
            for keys in chosen["APPS"]
            if provider in {None, name}
        ]

    def get_app(
        self, request: HttpRequest | None, provider: str, client_id: str | None = None
    ) -> SocialApp:
        """The keys of a provider; empty ones if it is off, so that people still see
        what they connected and can disconnect it."""
        found = self.list_apps(request, provider)
        return found[0] if found else SocialApp(provider=provider)

    def get_requests_session(self) -> BriefSession:
        """How a provider's server is asked."""
        return BriefSession()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop here people who are suspended, or who have an account already."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(
                    trouble_page(request, sociallogin.provider, SUSPENDED)
                )
            return
        # Only a provider that vouches for the address has proved who is asking.
        proved = [
            found.email for found in sociallogin.email_addresses if found.verified
        ]
        if any(filter_users_by_email(email) for email in proved):
            context = {"provider": sociallogin.provider, "email": proved[0]}
            context["next"] = sociallogin.state.get("next", "")
            page = render(request, "socialaccount/known.html", context)
            raise ImmediateHttpResponse(page)

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """The address and the name that the provider gave, if the name may stand."""
        name = sociallogin.account.extra_data.get("name", "")[:60]
        initial = super().get_signup_form_initial_data(sociallogin)
        if problem_with(name, settings.SITE_NAME):
            name = ""
        return {"email": initial["email"], "display_name": name}

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> User:
        """A new person, the identity and the address: all of them or none."""
        with transaction.atomic():
            return super().save_user(request, sociallogin, form)

    def validate_disconnect(
        self, account: SocialAccount, accounts: QuerySet[SocialAccount]
    ) -> None:
        """Raises ValidationError where nothing else would let the person in.

        A confirmed address is a way in: we send a code to it.
        """
        person = account.user_id
        on = [provider.id for provider in providers.enabled()]
        others = accounts.filter(provider__in=on).exclude(pk=account.pk)
        passkeys = Authenticator.objects.filter(
            user_id=person, type=Authenticator.Type.WEBAUTHN
        )
        addresses = EmailAddress.objects.filter(user_id=person, verified=True)
        if not (others.exists() or addresses.exists() or passkeys.exists()):
            raise ValidationError(LAST_WAY_IN)
