"""Shows on a desk what others wrote beside somebody's guides."""

from datetime import timedelta

from django import template
from django.utils import timezone

from discussions.models import Comment
from guides.models import Guide

register = template.Library()

LATELY = timedelta(days=30)
MOST = 20


@register.inclusion_tag("discussions/_replies.html")
def replies_to_guides_of(person):
    """The newest comments of others, of the last thirty days."""
    guides = Guide.objects.readable().filter(owner=person)
    written = Comment.objects.approved().filter(thread__guide__in=guides)
    recent = written.filter(created_at__gt=timezone.now() - LATELY)
    related = "author", "thread__guide__live_edition"
    shown = recent.exclude(author=person).select_related(*related)
    heavy = "body", "body_html", "explained_html", "terms", "body_text", "search"
    light = shown.defer(*(f"thread__guide__live_edition__{name}" for name in heavy))
    return {"comments": light.order_by("-pk")[:MOST]}
