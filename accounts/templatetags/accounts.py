"""Pieces of pages about signing in."""

from django import template

from accounts import providers

register = template.Library()


@register.inclusion_tag("components/sign_in_choices.html")
def sign_in_choices(next: str = "") -> dict[str, object]:
    """Links to each provider; nothing where all are off."""
    return {"providers": providers.enabled(), "next": next}


@register.simple_tag
def sign_in_providers() -> list[providers.Provider]:
    """The providers that are on."""
    return providers.enabled()
