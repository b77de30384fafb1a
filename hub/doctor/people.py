"""The people who look after the site."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from hub.doctor.finding import Finding, fine, wrong


def somebody_looks_after_the_site() -> Iterator[Finding]:
    """There is a curator."""
    if found := curators().count():
        yield fine(f"Curators: {found}.")
    else:
        yield wrong("There is no curator: make one, `manage.py createsuperuser`.")


def curators_have_second_factors() -> Iterator[Finding]:
    """Every curator has a passkey or an authenticator app."""
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    without = curators().exclude(pk__in=factors.values("user"))
    names = ", ".join(without.values_list("display_name", flat=True))
    if names and settings.STAFF_NEED_SECOND_FACTOR:
        yield wrong(
            f"Without a second factor, and so shut out of the admin: {names}. Ask them "
            f"to set one up at {settings.SITE_URL}/accounts/2fa/."
        )
    elif names:
        yield wrong(f"Without a second factor: {names}. Ask them to set one up.")
    elif curators().exists():
        yield fine("Every curator has a second factor.")


def curators() -> QuerySet[User]:
    """Those who may open the admin."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("display_name")
