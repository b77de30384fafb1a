"""The one door: an emailed code signs a known person in, and lets a new one join."""

from time import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import (
    get_login_redirect_url,
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.account.views import ConfirmLoginCodeView, LoginView
from allauth.decorators import rate_limit
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.forms import SignupForm
from accounts.models import User

JOINING = "joining"  # where the session keeps an address whose code was right
CAME_BEFORE = (
    "Nobody had confirmed this address before, so what was connected to the account is "
    "disconnected. Look at your profile: somebody else may have chosen the name."
)


class SignInForm(LoginForm):
    """One email box. A password is asked only of those who choose to use one."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["login"], self.fields["password"]
        email.label = "Email address"
        email.widget.attrs |= {"autocomplete": "username webauthn"}
        password.required = False

    def clean(self) -> dict:
        """The button says which way in; the Enter key uses a password that is there."""
        way = self.data.get("way")
        if way == "code":
            self.cleaned_data["password"] = ""
        elif way == "password" and not self.cleaned_data.get("password"):
            self.add_error("password", "Type your password, or ask for a code.")
        return super().clean()

    def _login_by_code(self, request: HttpRequest, redirect_url, credentials):
        SignInCode.start(request, credentials["email"])
        return redirect(to_address("account_confirm_login_code", request))


class SignInCode(LoginCodeVerificationProcess):
    """A code sent to any address. Whose it is, if anybody's, is looked up only when the
    code was right, so that nothing differs before."""

    @classmethod
    def start(cls, request: HttpRequest, email: str) -> None:
        """Send a code and remember it in the session."""
        login = Login(email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        controller = LoginStageController(request, login)
        stage = LoginByCodeStage(controller, request, login)
        state = cls.initial_state(user=None, email=email)
        stage.state.update(state, initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "SignInCode | None":
        """The code that was sent last; None when it is too old."""
        return cls(stage).abort_if_invalid()

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        """The same mail for everybody."""
        context = {"request": self.request, "code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, context)

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign in whoever has the address; lead somebody new to the name."""
        email = self.state["email"]
        self._user = person_with(email)
        if self._user:
            if take_over(self._user):
                messages.warning(self.request, CAME_BEFORE)
            return super().finish(redirect_url)
        clear_login(self.request)
        self.request.session[JOINING] = {"email": email, "at": time()}
        return redirect(to_address("account_join", self.request))


class SignIn(LoginView):
    """The sign-in page. Somebody who waits for a code may start again on it."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage):
        if stage.key == LoginByCodeStage.key:
            return None
        return redirect(to_address(stage.urlname, request)) if stage.urlname else None


class ConfirmCode(ConfirmLoginCodeView):
    """Asks for the code; the way back is never lost on it."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Show the page to those who wait for a code, and lead all others on."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(get_login_redirect_url(request))
        self.stage = LoginStageController.enter(request, LoginByCodeStage.key)
        self._process = self.stage and SignInCode.resume(self.stage)
        if not self._process:
            if self.stage:
                messages.error(request, "That code is too old. Ask for a new one.")
            return redirect(to_address("account_login", request))
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Three wrong codes, and a new one is needed."""
        if self._process.record_invalid_attempt():
            return super(ConfirmLoginCodeView, self).form_invalid(form)
        messages.error(self.request, "Too many wrong codes. Ask for a new one.")
        return redirect(to_address("account_login", self.request))


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="signup")
def join(request: HttpRequest) -> HttpResponse:
    """Asks a new person, once, for the name to show; then the account exists."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(get_login_redirect_url(request))
    joining = request.session.get(JOINING)
    if not joining or time() - joining["at"] > app_settings.LOGIN_TIMEOUT:
        return redirect(to_address("account_login", request))
    form = SignupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _join(request, form, joining["email"])
    next_url = get_next_redirect_url(request)
    context = {"form": form, "email": joining["email"], "next": next_url}
    return render(request, "account/join.html", context)


def one_door(request: HttpRequest, **kwargs) -> HttpResponse:
    """Whoever comes to another door is led to the sign-in page."""
    return redirect(to_address("account_login", request))


def to_address(name: str, request: HttpRequest) -> str:
    """The address of a page, with the way back of this one."""
    return passthrough_next_redirect_url(request, reverse(name), "next")


def person_with(email: str) -> User | None:
    """Who has confirmed this address, or else has it as their own; never somebody who
    only added it."""
    confirmed = EmailAddress.objects.filter(email=email, verified=True)
    confirmed = confirmed.select_related("user").first()
    return confirmed.user if confirmed else User.objects.filter(email=email).first()


def take_over(person: User) -> bool:
    """Give an account to whoever reads its mail; says whether somebody came before.

    Until its first address is confirmed, somebody else may have tied their own identity
    at a provider to it; that must not let them in afterwards.
    """
    sync_user_email_address(person)
    if EmailAddress.objects.filter(user=person, verified=True).exists():
        return False
    return bool(SocialAccount.objects.filter(user=person).delete()[0])


def _join(request: HttpRequest, form: SignupForm, email: str) -> HttpResponse:
    del request.session[JOINING]
    name = form.cleaned_data["display_name"]
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, display_name=name)
            person.emailaddress_set.create(email=email, verified=True, primary=True)
            form.signup(request, person)
    except IntegrityError:  # they joined in another tab meanwhile
        messages.info(request, "This address has an account now. Sign in with it.")
        return redirect(to_address("account_login", request))
    record_authentication(request, person, method="code", email=email)
    url = get_next_redirect_url(request)
    return complete_signup(request, user=person, redirect_url=url)
