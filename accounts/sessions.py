"""Ending one of the places in which somebody is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
@login_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one's own other browser out. A second time does no harm."""
    mine = UserSession.objects.filter(user=request.user, pk=pk)
    for session in mine.exclude(session_key=request.session.session_key):
        session.end()
        messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")
