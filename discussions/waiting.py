"""How a browser finds again the words that wait for their author to sign in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from discussions.models import PendingReply
from discussions.models.pending import KEPT_FOR

SALT = "discussions.pending"


def pending_of(request: HttpRequest) -> PendingReply | None:
    """The words that this browser left here, if any still wait."""
    if not hasattr(request, "_pending_reply"):
        seconds = int(KEPT_FOR.total_seconds())
        key = request.get_signed_cookie(
            settings.PENDING_COOKIE_NAME, None, salt=SALT, max_age=seconds
        )
        kept = PendingReply.objects.kept().select_related("in_reply_to__author")
        request._pending_reply = key and kept.filter(key=key).first()
    return request._pending_reply or None


def remember(response: HttpResponse, pending: PendingReply) -> HttpResponse:
    """Give the browser the cookie that finds these words."""
    response.set_signed_cookie(
        settings.PENDING_COOKIE_NAME,
        str(pending.key),
        salt=SALT,
        max_age=int(KEPT_FOR.total_seconds()),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def take_away(request: HttpRequest, pending: PendingReply) -> None:
    """Let nothing wait any more: the words have been posted."""
    pending.delete()
    request._pending_reply = None


def forget(response: HttpResponse) -> HttpResponse:
    """Take the cookie back."""
    response.delete_cookie(settings.PENDING_COOKIE_NAME, samesite="Lax")
    return response
