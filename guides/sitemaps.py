"""What search engines are told about guides and topics."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from guides.models import Guide, Topic


class SiteMap(Sitemap):
    """Addresses as readers use them, whichever host was asked."""

    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site=None) -> str:
        """The host of the site's own address."""
        return urlsplit(settings.SITE_URL).netloc


class GuideSitemap(SiteMap):
    """Live guides only."""

    def items(self):
        """Every live guide, with the date of its live edition."""
        return Guide.objects.live().for_cards().order_by("pk")

    def lastmod(self, guide: Guide):
        """When the text last changed."""
        return guide.live_edition.published_at


class TopicSitemap(SiteMap):
    """The pages of topics."""

    def items(self):
        """Every topic that has a live guide."""
        return Topic.objects.with_guide_counts().filter(guide_count__gt=0)
