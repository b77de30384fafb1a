"""Parts of templates that are the same on every page."""

from django import template
from django.template import Context, Node, NodeList

from hub.context import of_site

register = template.Library()


@register.tag
def once(parser, token):
    """`{% once %} … {% endonce %}`: rendered the first time, then remembered.

    What stands in it sees the site's name and addresses and no variable of the page, so
    it can show nothing personal, and it stays as it is until the process ends.
    """
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodes)


class Once(Node):
    """A part that is rendered once in the life of its template."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.html = None

    def render(self, context: Context) -> str:
        """The part, as it was the first time."""
        if self.html is None:
            own = Context(of_site())
            own.template = context.template
            with own.render_context.push_state(own.template):
                self.html = self.nodelist.render(own)
        return self.html
