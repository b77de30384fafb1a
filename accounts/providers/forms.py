"""What people are asked who come from a provider."""

from typing import Any

from allauth.socialaccount import forms as stock
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.connect import disconnect
from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User


class SignupForm(stock.SignupForm):
    """Asks once for a name and a line of experience; for an address only if the
    provider gave none."""

    field_order = ["display_name", "experience", "email"]

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        email = self.fields["email"]
        email.label = "Email address"
        email.help_text = "We send a code to it. Other people do not see it."
        if self.initial["email"]:
            # Whatever is sent for it, a disabled field keeps what it began with.
            email.disabled, email.widget = True, forms.HiddenInput()
        else:
            email.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The new person, or the page that answers instead."""
        try:
            return super().try_save(request)
        except IntegrityError:  # the form was sent twice, in the same moment
            return None, HttpResponseRedirect(reverse("account_login"))


class DisconnectForm(stock.DisconnectForm):
    """Names the identity to disconnect, under our own rule for the last one."""

    def clean(self) -> dict[str, Any]:
        """Refuse what would lock the person out."""
        cleaned = forms.Form.clean(self)
        if account := cleaned.get("account"):
            get_adapter().validate_disconnect(account, self.accounts)
        return cleaned

    def save(self) -> None:
        """Disconnect, unless another tab took the other way in meanwhile."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.request.user.pk)
            account = self.cleaned_data["account"]
            get_adapter().validate_disconnect(account, self.accounts)
            disconnect(self.request, account)
