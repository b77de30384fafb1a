"""What search engines are told about guides and topics."""

from guides.models import Guide, Pathway, Topic
from landscape.sitemaps import SiteMap


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
        return Topic.objects.with_guides()


class PathwaySitemap(SiteMap):
    """The pages of pathways."""

    def items(self):
        """Every pathway."""
        return Pathway.objects.order_by("pk")
