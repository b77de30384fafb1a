"""How a browser finds again the words that wait for their author to sign in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from discussions.models import PendingReply
from discussions.models.pending import KEPT_FOR

SALT = "discussions.pending"
MOST = 5  # places where words of one browser wait; the cookie stays small


def waiting(request: HttpRequest) -> list[PendingReply]:
    """The words that this browser left here and that still wait, newest first."""
    if not hasattr(request, "_waiting"):
        seconds = int(KEPT_FOR.total_seconds())
        cookie = request.get_signed_cookie(
            settings.PENDING_COOKIE_NAME, "", salt=SALT, max_age=seconds
        )
        request._waiting = _kept(cookie.split(".")) if cookie else []
    return request._waiting


def _kept(keys: list[str]) -> list[PendingReply]:
    kept = PendingReply.objects.kept().select_related("guide", "in_reply_to")
    return list(kept.filter(key__in=keys).order_by("-created_at"))


def add(request: HttpRequest, pending: PendingReply) -> None:
    """Count these words among those that wait, instead of what they replace."""
    others = [words for words in waiting(request) if words.pk != pending.pk]
    request._waiting = [pending, *others][:MOST]


def take_away(request: HttpRequest, pending: PendingReply) -> None:
    """Let these words wait no more: they have been posted."""
    request._waiting = [words for words in waiting(request) if words != pending]
    pending.delete()


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the browser the cookie that finds what waits now; take it back if nothing
    does."""
    name, keys = settings.PENDING_COOKIE_NAME, [str(w.key) for w in waiting(request)]
    if not keys:
        response.delete_cookie(name, samesite="Lax")
        return response
    response.set_signed_cookie(
        name,
        ".".join(keys),
        salt=SALT,
        max_age=int(KEPT_FOR.total_seconds()),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
