"""What search engines are told."""

from django.contrib.sitemaps import Sitemap

from guides.sitemaps import GuideSitemap, TopicSitemap
from hub.models import Page


class PageSitemap(Sitemap):
    """The pages about the site."""

    def items(self):
        """Every page."""
        return Page.objects.order_by("slug")

    def lastmod(self, page: Page):
        """When it last changed."""
        return page.updated_at


SITEMAPS = {"guides": GuideSitemap, "topics": TopicSitemap, "pages": PageSitemap}
