"""Atom feeds of new and changed guides."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from guides.models import Guide, Topic

ENTRIES = 30


class GuideFeed(Feed):
    """The newest editions of every live guide."""

    feed_type = Atom1Feed
    title = f"{settings.SITE_NAME}: new and changed guides"
    subtitle = settings.STRAPLINE

    def link(self) -> str:
        """The page this is a feed of."""
        return reverse("guides:list")

    def items(self) -> list[Guide]:
        """The newest first."""
        return list(Guide.objects.live().newest_first().for_cards()[:ENTRIES])

    def item_title(self, guide: Guide) -> str:
        """The title of the live edition."""
        return guide.live_edition.title

    def item_description(self, guide: Guide) -> str:
        """What the guide is about and, after the first edition, what changed."""
        edition = guide.live_edition
        note = f" {edition.change_note}" if edition.number > 1 else ""
        return f"{edition.summary}{note}"

    def item_author_name(self, guide: Guide) -> str:
        """Who signs it."""
        return guide.live_edition.signed_as

    def item_pubdate(self, guide: Guide):
        """When the guide first came out."""
        return guide.first_published_at

    def item_updateddate(self, guide: Guide):
        """When its live edition came out."""
        return guide.live_edition.published_at

    def item_guid(self, guide: Guide) -> str:
        """A name that lasts when the slug changes."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},2026:guide/{guide.pk}"


class TopicFeed(GuideFeed):
    """The newest editions on one topic."""

    def __call__(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The feed, or the way to that of the topic it was merged into."""
        topics = Topic.objects.select_related("merged_into")
        topic = get_object_or_404(topics, slug=slug)
        if topic.merged_into:
            slug = topic.merged_into.slug
            return redirect("guides:topic-feed", slug, permanent=True)
        return super().__call__(request, topic)

    def get_object(self, request: HttpRequest, topic: Topic) -> Topic:
        """The topic at the address."""
        return topic

    def title(self, topic: Topic) -> str:
        """The name a feed reader shows."""
        return f"{settings.SITE_NAME}: {topic.title}"

    def subtitle(self, topic: Topic) -> str:
        """One line on the topic."""
        return topic.summary

    def link(self, topic: Topic) -> str:
        """The page this is a feed of."""
        return topic.get_absolute_url()

    def items(self, topic: Topic) -> list[Guide]:
        """The newest first."""
        return list(topic.guides.live().newest_first().for_cards()[:ENTRIES])
