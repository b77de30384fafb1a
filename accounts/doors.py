"""Who may come in, and what becomes of their words when they must sign in first."""

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
from django.urls import reverse

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
