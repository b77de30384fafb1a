"""The name of a browser, as people know it."""

from django import template

register = template.Library()

# The first that is found counts: each browser also claims to be those below it.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrom": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """For example "Firefox on Windows", from what the browser says of itself."""
    name = next((BROWSERS[part] for part in BROWSERS if part in user_agent), "")
    system = next((SYSTEMS[part] for part in SYSTEMS if part in user_agent), "")
    name = name or "A browser we do not know"
    return f"{name} on {system}" if system else name
