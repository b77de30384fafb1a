"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name and addresses; no queries."""
    return known()


def known() -> dict[str, object]:
    """What is the same on every page of this site."""
    return {
        "site_name": settings.SITE_NAME,
        "strapline": settings.STRAPLINE,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "demo": settings.DEMO,
    }
