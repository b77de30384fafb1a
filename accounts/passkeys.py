"""Passkeys and second factors, in our words."""

from io import BytesIO

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage

from accounts.models import User


class PasskeyAdapter(DefaultMFAAdapter):
    """What authenticator apps and password managers show of us."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Wait for the next one and type it.",
        "unverified_email": (
            "Confirm each of your email addresses first, or remove it, so that nobody "
            "is locked out."
        ),
    }

    def _get_site_name(self) -> str:
        return settings.SITE_NAME

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, on white, so that it shows on a dark page too."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name for a passkey of somebody who gives it none."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return f"Passkey {number}"


class AddPasskeyForm(AddWebAuthnForm):
    """Names a passkey. It signs in alone unless that is not wanted."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label = "A name for it"
        name.help_text = "So that you know it again: the device, for example."
        name.max_length = name.widget.attrs["maxlength"] = 60
        alone.initial = True
        alone.label = "Sign in with it alone"
        alone.help_text = (
            "Your device asks for your finger, face or PIN. Without this, it is only "
            "the second step after a code or a password."
        )
