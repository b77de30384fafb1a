"""What every template knows about the site."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name and addresses; no queries."""
    return of_site()


def of_site() -> dict[str, object]:
    """What the settings say of it, the same on every page."""
    return {
        "site_name": settings.SITE_NAME,
        "strapline": settings.STRAPLINE,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "demo": settings.DEMO,
    }
