"""How allauth saves people and where it may send them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Our rules for joining and for the way back after signing in."""

    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True):
        """Save a new person with the name they chose and a handle of their own."""
        user.display_name = form.cleaned_data["display_name"]
        user = super().save_user(request, user, form, commit=False)
        if commit:
            user.save_with_handle()
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Greet in the name of the site, not of the machine it runs on."""
        site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
        super().send_mail(template_prefix, email, {**context, "current_site": site})

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing after signing out: a message would need a new session, and so
        a cookie for somebody who is signed out."""
        if message_template != "account/messages/logged_out.txt":
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_safe_url(self, url: str | None) -> bool:
        """Only our own addresses; one that cannot be read is not safe.

        allauth raises ValueError for addresses such as `http://[x`.
        """
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False
