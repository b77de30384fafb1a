"""The one door without a token: what signed-out readers may send.

A shared page carries no form token, so a request counts as ours by its origin, which
the browser states itself and a page of another site cannot change.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import get_callable
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from discussions.networks import network_mark

View = Callable[..., HttpResponse]


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


def _has_token(request: HttpRequest) -> bool:
    return "csrfmiddlewaretoken" in request.POST or "X-CSRFToken" in request.headers


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this."""
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def network_of(request: HttpRequest) -> str:
    """A mark for the network that a request comes from, to count by."""
    try:
        address = get_adapter().get_client_ip(request)
    except PermissionDenied:  # a server that tells no address
        address = ""
    return network_mark(address, settings.SECRET_KEY)
