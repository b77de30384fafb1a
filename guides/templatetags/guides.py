"""Pieces of a guide's page that need more than a template can say."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from guides.models import Edition, Guide

register = template.Library()

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(guide: Guide, edition: Edition, topics: list) -> SafeString:
    """What search engines read of a guide: schema.org Article and BreadcrumbList."""
    address = f"{settings.SITE_URL}{guide.get_absolute_url()}"
    site = {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": settings.SITE_URL,
    }
    article = {
        "@type": "Article",
        "headline": edition.title,
        "description": edition.summary,
        "datePublished": guide.first_published_at.isoformat(),
        "dateModified": edition.published_at.isoformat(),
        "author": {
            "@type": "Organization" if edition.byline else "Person",
            "name": edition.signed_as,
        },
        "publisher": site,
        "mainEntityOfPage": address,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }
    steps = [
        (t.title, f"{settings.SITE_URL}{t.get_absolute_url()}") for t in topics[:1]
    ]
    steps.append((edition.title, address))
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": item}
            for place, (name, item) in enumerate(steps, start=1)
        ],
    }
    graph = {"@context": "https://schema.org", "@graph": [article, trail]}
    data = json.dumps(graph, ensure_ascii=False).translate(ESCAPES)
    tag = '<script type="application/ld+json">{}</script>'
    return format_html(tag, mark_safe(data))  # noqa: S308  (escaped above)
