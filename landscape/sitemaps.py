"""What search engines are told about the registers."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from landscape.models import Organisation, Policy, Term


class SiteMap(Sitemap):
    """Addresses as readers use them, whichever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None) -> str:
        """The host of the site's own address."""
        return urlsplit(settings.SITE_URL).netloc


class RegisterSitemap(SiteMap):
    """The pages of one register."""

    def __init__(self, model: type[Policy | Organisation | Term]) -> None:
        self.model = model

    def items(self):
        """Every row, with no more of it than its address and date."""
        return self.model.objects.only("slug", "checked_on").order_by("pk")

    def lastmod(self, row: Policy | Organisation | Term):
        """When somebody last read its sources."""
        return row.checked_on
