"""The way to the sections of the site, which every page begins with."""

from django import template
from django.template import Context, Node
from django.urls import reverse

register = template.Library()

SECTIONS = [
    ("Guides", "guides:list", []),
    ("Pathways", "guides:pathways", []),
    ("Policies", "landscape:policies", []),
    ("Organisations", "landscape:organisations", []),
    ("Glossary", "landscape:glossary", []),
    ("About", "hub:page", ["about"]),
]


@register.tag
def sections(parser, token):
    """`{% sections %}`: the list of sections, with the one marked that the page at hand
    is or lies in. Each of its few forms is written once."""
    return Sections()


class Sections(Node):
    """The forms of the list, in the life of the template it stands in."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.written: dict[tuple[str, str], str] = {}

    def render(self, context: Context) -> str:
        """The list as the page at hand has it."""
        if not self.addresses:
            self.addresses = [reverse(to, args=args) for _, to, args in SECTIONS]
        request = context.get("request")
        path = request.path if request else ""
        first = path[: path.find("/", 1) + 1]
        section = first if first in self.addresses else ""
        here = section and ("page" if path == section else "true")
        if (section, here) not in self.written:
            self.written[section, here] = self._write(context, section, here)
        return self.written[section, here]

    def _write(self, context: Context, section: str, here: str) -> str:
        links = [
            {"name": name, "address": address, "current": here * (address == section)}
            for (name, *_), address in zip(SECTIONS, self.addresses, strict=True)
        ]
        component = context.template.engine.get_template("components/sections.html")
        return component.render(Context({"links": links}))
