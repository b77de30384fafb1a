"""Where somebody is signed in: told when it is new, and ended one by one."""

from datetime import timedelta
from hashlib import blake2s

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.templatetags.browsers import browser

REMEMBERED = timedelta(days=90)


@require_POST
@login_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one's own other browser out. A second time does no harm."""
    mine = UserSession.objects.filter(user=request.user, pk=pk)
    for session in mine.exclude(session_key=request.session.session_key):
        session.end()
        messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")


def tell_of_new_browser(request: HttpRequest, user: User, *, joins: bool) -> None:
    """Write to somebody when their account is opened in a kind of browser that it was
    not opened in for ninety days; to a curator also when the network is another one.

    Who has just joined, or typed a code out of their mail, knows.
    """
    is_new = cache.add(_mark(request, user), True, REMEMBERED.total_seconds())
    records = get_authentication_records(request, user)
    knows = joins or any(record["method"] == "code" for record in records)
    if is_new and not knows:
        get_adapter(request).send_notification_mail("account/email/signed_in", user)


def _mark(request: HttpRequest, user: User) -> str:
    seen = [str(user.pk), browser(request.headers.get("User-Agent", ""))]
    if user.is_staff:
        try:
            seen.append(get_adapter(request).get_client_ip(request))
        except PermissionDenied:  # a server that tells no address
            seen.append("")
    return f"browser:{blake2s(' '.join(seen).encode(), digest_size=16).hexdigest()}"
