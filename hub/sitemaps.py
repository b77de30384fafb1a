"""What search engines are told."""

from django.urls import reverse

from guides.sitemaps import GuideSitemap, SiteMap, TopicSitemap
from hub.models import Page


class PageSitemap(SiteMap):
    """The pages about the site."""

    def items(self):
        """Every page."""
        return Page.objects.order_by("slug")

    def lastmod(self, page: Page):
        """When it last changed."""
        return page.updated_at


class ListSitemap(SiteMap):
    """The first page and the list of guides."""

    def items(self) -> list[str]:
        """The names of their routes."""
        return ["hub:home", "guides:list"]

    def location(self, name: str) -> str:
        """The address behind a name."""
        return reverse(name)


SITEMAPS = {
    "lists": ListSitemap,
    "guides": GuideSitemap,
    "topics": TopicSitemap,
    "pages": PageSitemap,
}
