"""How allauth saves people and where it may send them."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.doors import proved_it_lately
from accounts.models import User
from accounts.sessions import tell_of_new_browser

# What the next page shows anyway; a message after signing out would need a session,
# and so a cookie for somebody who is signed out.
UNSAID = {"account/messages/logged_out.txt", "account/messages/login_code_sent.txt"}

BY_CODE = "reauthenticate_by_code"  # allauth's name for proving it by an emailed code


class AccountAdapter(DefaultAccountAdapter):
    """Our rules for joining and for the way back after signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "email_password_mismatch": "The email address or the password is not right.",
        "email_taken": "Somebody already uses this email address.",
        "incorrect_code": "This is not the code that we sent last. Look again.",
        "incorrect_password": "This is not your password.",
        "rate_limited": "That was a lot at once. Wait a minute, then try again.",
        "too_many_login_attempts": (
            "Too many attempts. Wait a few minutes, then try again."
        ),
    }

    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True):
        """Save a new person with the name they chose and a handle of their own."""
        user.display_name = form.cleaned_data["display_name"]
        user = super().save_user(request, user, form, commit=False)
        if commit:
            user.save_with_handle()
        return user

    def post_login(self, request: HttpRequest, user: User, *, signup: bool, **given):
        """Tell somebody of a sign-in that they may not know of."""
        response = super().post_login(request, user, signup=signup, **given)
        tell_of_new_browser(request, user, joins=signup)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Greet in the name of the site, not of the machine it runs on."""
        site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
        super().send_mail(template_prefix, email, {**context, "current_site": site})

    def render_mail(self, template_prefix: str, email, context: dict, headers=None):
        """Every mail has an HTML part: one of its own, or its text in our frame."""
        mail: EmailMessage = super().render_mail(
            template_prefix, email, context, headers
        )
        if not mail.alternatives:
            context = {**context, "text": mail.body, "subject": mail.subject}
            html = render_to_string("emails/text.html", context)
            mail.attach_alternative(html, "text/html")
        return mail

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing that the next page shows anyway."""
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_safe_url(self, url: str | None) -> bool:
        """Only our own addresses; one that cannot be read is not safe.

        allauth raises ValueError for addresses such as `http://[x`.
        """
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """An emailed code proves who one is too, unless a second factor is set up."""
        methods = super().get_reauthentication_methods(user)
        if is_mfa_enabled(user):
            return [way for way in methods if way["id"] != BY_CODE]
        return [
            way | {"description": "Email me a code"} if way["id"] == BY_CODE else way
            for way in methods
        ]

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask nobody for a code who has just typed the one they signed in with."""
        ways = self.get_reauthentication_methods(self.request.user)
        if [way["id"] for way in ways] == [BY_CODE] and proved_it_lately(self.request):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)
