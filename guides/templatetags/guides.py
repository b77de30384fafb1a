"""Pieces of a guide's page that need more than a template can say."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from guides.models import Edition, Guide
from landscape.models import Organisation, Policy, Term

register = template.Library()

GUIDES_OF_ONE = 100  # on a page; whatever is more is found by the search

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def guides_of(person: User) -> list[Guide]:
    """The live guides that a person signs, newest first; asked for once a page."""
    if not hasattr(person, "signed_guides"):
        person.signed_guides = list(Guide.objects.signed_by(person)[:GUIDES_OF_ONE])
    return person.signed_guides


@register.inclusion_tag("guides/_cited_in.html")
def cited_in(row: Policy | Organisation | Term) -> dict[str, object]:
    """The live guides whose text cites a row of a register, the newest first."""
    found = Guide.objects.citing(row).for_cards().prefetch_related("topics")
    guides = list(found.newest_first()[: GUIDES_OF_ONE + 1])
    return {"guides": guides[:GUIDES_OF_ONE], "has_more": len(guides) > GUIDES_OF_ONE}


@register.inclusion_tag("guides/_follow_up.html", takes_context=True)
def follow_up(context, row: Policy | Organisation) -> dict[str, object]:
    """How far guides have been looked at since a row changed, for curators who may see
    the list of that; for everybody else nothing."""
    user = context["user"]
    if not (user.is_staff and user.has_perm("guides.view_reviewtask")):
        return {}
    chosen = f"{row._meta.model_name}__id__exact={row.pk}"
    return {"standing": row.review_tasks.standing(), "chosen": chosen}


@register.simple_tag
def structured_data(guide: Guide, edition: Edition, topics: list) -> SafeString:
    """What search engines read of a guide: schema.org Article and BreadcrumbList."""
    address = f"{settings.SITE_URL}{guide.get_absolute_url()}"
    graph = [_article(guide, edition, address), _trail(edition, address, topics)]
    words = {"@context": "https://schema.org", "@graph": graph}
    escaped = json.dumps(words, ensure_ascii=False).translate(ESCAPES)
    tag = '<script type="application/ld+json">{}</script>'
    return format_html(tag, mark_safe(escaped))  # noqa: S308  (escaped above)


def _article(guide: Guide, edition: Edition, address: str) -> dict[str, object]:
    site = {"@type": "Organization", "name": settings.SITE_NAME}
    author = "Organization" if edition.byline else "Person"
    return {
        "@type": "Article",
        "headline": edition.title,
        "description": edition.summary,
        "datePublished": guide.first_published_at.isoformat(),
        "dateModified": edition.published_at.isoformat(),
        "author": {"@type": author, "name": edition.signed_as},
        "publisher": site | {"url": settings.SITE_URL},
        "mainEntityOfPage": address,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def _trail(edition: Edition, address: str, topics: list) -> dict[str, object]:
    steps = [
        (topic.title, f"{settings.SITE_URL}{topic.get_absolute_url()}")
        for topic in topics[:1]
    ]
    steps.append((edition.title, address))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
