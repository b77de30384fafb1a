"""Who may come in, and what becomes of their words when they must sign in first.

The one door without a token takes what signed-out readers send. A shared page carries
no form token, so a request counts as ours by its origin, which the browser states
itself and a page of another site cannot change.
"""

from collections.abc import Callable
from functools import wraps
from time import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import (
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import get_callable, reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from accounts.typed import words_of

View = Callable[..., HttpResponse]

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def sign_in_first(view: View) -> View:
    """Lead signed-out people to the sign-in page and back.

    Words that were already sent are given back on a page of their own, with 401.
    """

    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return redirect_to_login(request.get_full_path())
        words = words_of(request)
        return render(request, "accounts/signed_out.html", words, status=401)

    return inner


def door(view: View) -> View:
    """Let forms in: with a token from members, from our own pages from all others.

    What comes from elsewhere gets the page of a failed form, which gives the words
    back. `request.is_unsigned` marks a member's form without a token: of a page that
    was shown before they signed in, in another tab perhaps.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        is_ours = request.method != "POST" or is_from_here(request)
        is_member = request.user.is_authenticated
        request.is_unsigned = is_member and is_ours and not _has_token(request)
        if is_member and not request.is_unsigned:
            return protected(request, *args, **kwargs)
        if is_ours:
            return view(request, *args, **kwargs)
        return get_callable(settings.CSRF_FAILURE_VIEW)(request)

    return inner


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this."""
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def comes_too_often(request: HttpRequest, action: str) -> bool:
    """Whether somebody does this more often than ACCOUNT_RATE_LIMITS lets them. This
    time counts too."""
    return not ratelimit.consume(request, action=action)


def with_second_factor(has_permission: Callable[[HttpRequest], bool]):
    """Open the admin only in a session in which a second factor was given."""

    @wraps(has_permission)
    def inner(request: HttpRequest) -> bool:
        return has_permission(request) and not lacks_second_factor(request)

    return inner


def sign_in_to_admin(login: View) -> View:
    """Use the site's sign-in page, which counts failed passwords; then see to the
    second factor. The admin's own form is never read: it would ask for neither."""

    @wraps(login)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_staff:
            return secure_admin_login(login)(request, *args, **kwargs)
        if lacks_second_factor(request):
            return _see_to_second_factor(request)
        wanted = get_next_redirect_url(request)
        return HttpResponseRedirect(wanted or reverse("admin:index"))

    return inner


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether this session still has to give a second factor. A session may be older
    than the factor."""
    if not settings.STAFF_NEED_SECOND_FACTOR:
        return False
    records = get_authentication_records(request, request.user)
    return not any(record["method"] == "mfa" for record in records)


def proved_it_lately(request: HttpRequest) -> bool:
    """Whether this session has seen any proof of who it is in the last minutes."""
    records = get_authentication_records(request, request.user)
    oldest = time() - app_settings.REAUTHENTICATION_TIMEOUT
    return bool(records) and records[-1]["at"] > oldest


def _see_to_second_factor(request: HttpRequest) -> HttpResponse:
    if not is_mfa_enabled(request.user, FACTORS):
        messages.warning(
            request,
            "Curators need a second factor. Set one up, then open the admin again.",
        )
        return redirect("mfa_index")
    ways = get_adapter().get_reauthentication_methods(request.user)
    url = next(way["url"] for way in ways if way["id"].startswith("mfa"))
    return redirect(passthrough_next_redirect_url(request, url, "next"))


def _has_token(request: HttpRequest) -> bool:
    return "csrfmiddlewaretoken" in request.POST or "X-CSRFToken" in request.headers
