"""Pages for what went wrong, in words that help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read."""
    reason = str(exception) if type(exception).__name__ == "BadRequest" else ""
    return render(request, "400.html", {"reason": reason}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The person may not see this page."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page, or not for this person."""
    said = str(exception.args[0]) if exception.args else ""
    reason = said if said.startswith("There is no") else ""  # ours, not Django's
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke on our side. The page needs nothing that may be broken."""
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere; what was typed is given back."""
    context = {"typed": request.POST.get("body", "")}
    return render(request, "403_csrf.html", context, status=403)
