"""Who may come in, and what becomes of their words when they must sign in first."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]


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
        context = {"typed": request.POST.get("body", "")}
        return render(request, "accounts/signed_out.html", context, status=401)

    return inner
