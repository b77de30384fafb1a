"""Pages on which people take their data along, or delete their account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hub import my_data

READ_FREELY = reauthentication_required(allow_get=True)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@READ_FREELY
def data(request: HttpRequest) -> HttpResponse:
    """What is kept about a person; a copy of it for those who ask."""
    if request.method != "POST":
        return render(request, "hub/data.html")
    name = f"handover-{request.user.handle}-{timezone.localdate()}.zip"
    archive = my_data.archive_for(request.user)
    answer = HttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@READ_FREELY
def delete(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; then the account goes after seven days."""
    context = {"goes": my_data.what_goes(), "stays": my_data.what_stays()}
    if request.method != "POST":
        return render(request, "hub/delete.html", context)
    person = request.user
    try:
        words = "deletes_words" in request.POST
        my_data.ask_to_delete(person, deletes_words=words)
    except ValidationError as problem:
        context["problem"] = problem.message
        return render(request, "hub/delete.html", context, status=409)
    logout(request)
    return render(request, "hub/delete_done.html", {"person": person})


@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Somebody changes their mind: the account stays."""
    request.user.stay()
    messages.success(request, "Your account stays. Nothing was deleted.")
    return redirect("hub:data")
