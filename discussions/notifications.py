"""Pages on which people choose which emails they get."""

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.doors import sign_in_first
from accounts.models import User
from discussions.mail_forms import MailChoiceForm
from discussions.models import MailChoice


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def notifications(request: HttpRequest) -> HttpResponse:
    """What somebody wants to be told by email."""
    typed = request.POST if request.method == "POST" else None
    form = MailChoiceForm(typed, instance=MailChoice.of(request.user))
    if form.is_valid():
        MailChoice.change(request.user, **form.cleaned_data)
        messages.success(request, "Your choice is saved.")
        return redirect("discussions:notifications")
    return render(request, "discussions/notifications.html", {"form": form})


# The address in the mail is the proof: mail programs send neither token nor cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail, from a link in it. Reading the page changes nothing."""
    try:
        pk, kind = MailChoice.read_token(token)
    except BadSignature:
        raise Http404("There is no such link to stop emails.") from None
    person = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        MailChoice.change(person, **{kind: "undo" in request.POST})
    context = {
        "kind": MailChoice._meta.get_field(kind).verbose_name,
        "is_stopped": not getattr(MailChoice.of(person), kind),
    }
    return render(request, "discussions/mail_stop.html", context)
