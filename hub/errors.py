"""Pages for what went wrong, in words that help."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.typed import words_of

RETRY_AFTER = 5  # seconds
RETRY_FORM_AFTER = 60


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read."""
    reason = str(exception) if type(exception).__name__ == "BadRequest" else ""
    return render(request, "400.html", {"reason": reason}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The person may not see this page."""
    return render(request, "403.html", words_of(request), status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or not for this person."""
    said = str(exception.args[0]) if exception.args else ""
    reason = said if said.startswith("There is no") else ""  # ours, not Django's
    context = {"reason": reason, **words_of(request)}
    return render(request, "404.html", context, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """A form was sent too often, perhaps to guess a password or a code; what was typed
    is given back."""
    response = render(request, "429.html", words_of(request), status=429)
    response["Retry-After"] = RETRY_FORM_AFTER
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side, or the database is away.

    The page needs nothing that may be broken. Typed words come back with a button that
    sends them again: their one-use key keeps them from being posted twice.
    """
    is_away = isinstance(sys.exception(), OperationalError | InterfaceError)
    context = {"is_away": is_away, "request_id": _id_of(request), **_typed(request)}
    status = 503 if is_away else 500
    response = render(None, "500.html", context, status=status)
    if is_away:
        response["Retry-After"] = RETRY_AFTER
    return response


def _id_of(request: HttpRequest) -> str:
    return getattr(request, "id", "")


def _typed(request: HttpRequest) -> dict[str, object]:
    words = words_of(request)
    if not (words["typed"] or words["also"]):
        return {}
    # A password is not sent out again, so a form with one has to be filled in anew.
    others = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "body" and "password" not in name
    ]
    return words | {"others": others, "address": request.get_full_path()}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; what was typed is given back."""
    return render(request, "403_csrf.html", words_of(request), status=403)
