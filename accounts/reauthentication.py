"""Proving once more who one is, by an emailed code, before an account is changed."""

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.code_verification import (
    AbstractCodeVerificationProcess,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

STATE = "reauthentication_code"  # where the session keeps the code that was sent


class ReauthenticationCode(AbstractCodeVerificationProcess):
    """A code to the first address of somebody who is signed in."""

    def __init__(self, request: HttpRequest, state: dict) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def resume(cls, request: HttpRequest) -> "ReauthenticationCode | None":
        """The code that was sent last; None when there is none or it is too old."""
        state = request.session.get(STATE)
        return cls(request, state).abort_if_invalid() if state else None

    @classmethod
    def start(cls, request: HttpRequest) -> None:
        """Send a code and remember it in the session."""
        email = EmailAddress.objects.get_primary_email(request.user)
        process = cls(request, cls.initial_state(user=request.user, email=email))
        process.send()
        process.persist()

    def send(self) -> None:
        """The mail with the code."""
        self.state["code"] = get_adapter().generate_login_code()
        context = {"request": self.request, "code": self.code}
        template = "account/email/reauthentication_code"
        get_adapter().send_mail(template, self.state["email"], context)

    def persist(self) -> None:
        """Keep it for the next request."""
        self.request.session[STATE] = self.state

    def abort(self) -> None:
        """Forget it: it was used, is too old, or was guessed at too often."""
        self.request.session.pop(STATE, None)


@method_decorator(login_required, name="dispatch")
class ReauthenticateByCode(BaseReauthenticateView):
    """Sends a code when asked to, then asks for it."""

    form_class = ConfirmLoginCodeForm
    template_name = "account/reauthenticate_by_code.html"

    def get_form_kwargs(self) -> dict:
        """The code that is awaited; none fits before one is sent."""
        self.process = ReauthenticationCode.resume(self.request)
        code = self.process.code if self.process else ""
        return super().get_form_kwargs() | {"code": code}

    def get_context_data(self, **given) -> dict:
        """Whether a code is on its way, and where to."""
        context = super().get_context_data(**given)
        email = EmailAddress.objects.get_primary_email(self.request.user)
        return context | {"is_sent": self.process is not None, "email": email}

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Send a code, or look at the one that was typed."""
        if request.POST.get("action") != "send":
            return super().post(request, *args, **kwargs)
        if not ratelimit.consume(
            request,
            action="request_login_code",
            key=f"reauthenticate-{request.user.pk}",
        ):
            messages.error(request, "You asked for many codes. Wait a minute.")
        else:
            ReauthenticationCode.start(request)
        return redirect(self.passthrough_next_url(request.path))

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Let them go on with what they were about to do."""
        self.process.abort()
        record_authentication(
            self.request, self.request.user, method="code", reauthenticated=True
        )
        return super().form_valid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Three wrong codes, and a new one is needed."""
        if self.process and self.process.record_invalid_attempt():
            return super().form_invalid(form)
        messages.error(self.request, "This code does not count any more. Ask for one.")
        return redirect(self.passthrough_next_url(self.request.path))
