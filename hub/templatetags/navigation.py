"""The way to the sections of the site, which every page begins with."""

from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()

SECTIONS = [
    ("Guides", "guides:list", []),
    ("Pathways", "guides:pathways", []),
    ("Policies", "landscape:policies", []),
    ("Organisations", "landscape:organisations", []),
    ("Glossary", "landscape:glossary", []),
    ("About", "hub:page", ["about"]),
]


@register.simple_tag(takes_context=True)
def sections(context: Context) -> SafeString:
    """The list of sections, with the one that the page at hand is or lies in marked."""
    request = context.get("request")
    path = request.path if request else ""
    first = path[: path.find("/", 1) + 1]
    return _sections(first, is_start=path == first)


@lru_cache(100)
def _sections(first: str, *, is_start: bool) -> SafeString:
    here = "page" if is_start else "true"
    addresses = ((name, reverse(*to, args=args)) for name, *to, args in SECTIONS)
    links = [
        {"name": name, "address": address, "current": here if address == first else ""}
        for name, address in addresses
    ]
    return render_to_string("components/sections.html", {"links": links})
