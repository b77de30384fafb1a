"""What search engines are told."""

from functools import partial

from django.urls import reverse

from guides.sitemaps import GuideSitemap, PathwaySitemap, TopicSitemap
from hub.models import Page
from landscape.models import Organisation, Policy, Term
from landscape.sitemaps import RegisterSitemap, SiteMap


class PageSitemap(SiteMap):
    """The pages about the site."""

    def items(self):
        """Every page."""
        return Page.objects.order_by("slug")

    def lastmod(self, page: Page):
        """When it last changed."""
        return page.updated_at


class ListSitemap(SiteMap):
    """The first page, the lists of guides and pathways, and the registers."""

    def items(self) -> list[str]:
        """The names of their routes."""
        guides = "guides:list", "guides:pathways", "guides:why"
        registers = "policies", "organisations", "glossary"
        return ["hub:home", *guides, *(f"landscape:{name}" for name in registers)]

    def location(self, name: str) -> str:
        """The address behind a name."""
        return reverse(name)


SITEMAPS = {
    "lists": ListSitemap,
    "guides": GuideSitemap,
    "pathways": PathwaySitemap,
    "topics": TopicSitemap,
    "policies": partial(RegisterSitemap, Policy),
    "organisations": partial(RegisterSitemap, Organisation),
    "terms": partial(RegisterSitemap, Term),
    "pages": PageSitemap,
}
