"""Going to a provider, and coming back."""

import logging

from allauth.account.internal.flows.reauthentication import (
    raise_if_reauthentication_required,
)
from allauth.core.internal.ratelimit import consume, respond_429
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.connecting import connecting_page, our_own
from accounts.providers import enabled_or_404
from accounts.providers.base import Provider
from accounts.providers.trouble import NO_SENSE, REFUSED, STALE, trouble_page

logger = logging.getLogger("accounts.providers")


@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for a provider; whoever did not come from our pages is asked first."""
    provider = enabled_or_404(provider_id)
    given = request.POST or request.GET
    next_url = our_own(given.get("next", ""))
    if request.method == "POST":
        if request.POST.get("process") == AuthProcess.CONNECT:
            return _connect(request, provider_id)
        return connecting_page(request, provider_id, next_url)
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return connecting_page(request, provider_id, next_url)
    context = {"provider": provider, "next": next_url}
    return render(request, "socialaccount/login.html", context)


def _connect(request: HttpRequest, provider_id: str) -> HttpResponse:
    connections = reverse("socialaccount_connections")
    if not request.user.is_authenticated:
        return redirect_to_login(connections)
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    return connecting_page(request, provider_id, connections, AuthProcess.CONNECT)


@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from a provider: signed in, connected, or with a page that says why
    not."""
    enabled_or_404(provider_id)
    provider = get_adapter().get_provider(request, provider_id)
    try:
        state = provider.unstash_redirect_state(request, request.GET.get("state"))
    except PermissionDenied:
        return trouble_page(request, provider, STALE)
    next_url = state.get("next", "")
    if not _may_ask(request):
        return respond_429(request)
    try:
        if request.GET.get("error") == "access_denied":
            return trouble_page(request, provider, REFUSED, next_url)
        person = _ask_who(request, provider, state)
    except Exception as error:  # whatever it was, the provider's answer caused it
        # The kind alone: an answer may hold personal data or a token.
        logger.warning("%s failed: %s", provider_id, type(error).__name__)
        return trouble_page(request, provider, NO_SENSE, next_url)
    try:
        return complete_social_login(request, person)
    except IntegrityError:  # the same identity was connected in this moment
        return trouble_page(request, provider, STALE, next_url)


def _may_ask(request: HttpRequest) -> bool:
    """Whether this network may have us ask a provider once more. Each question keeps a
    thread waiting for seconds."""
    return consume(
        request,
        app="accounts.providers",
        action="ask",
        config=settings.PROVIDER_LIMITS,
        limit_get=True,
    )


def _ask_who(request: HttpRequest, provider: Provider, state: dict) -> SocialLogin:
    adapter = provider.get_oauth2_adapter(request)
    client = adapter.get_client(request, provider.app)
    answer = client.get_access_token(
        request.GET["code"], pkce_code_verifier=state["pkce_code_verifier"]
    )
    token = adapter.parse_token(answer)
    person = adapter.complete_login(
        request, provider.app, token, response=answer, state=state
    )
    person.token, person.state = token, state
    return person
