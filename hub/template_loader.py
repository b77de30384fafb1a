"""Loads our pages without the indentation of their lines, which every reader would
download and no browser shows."""

from django.template.base import Origin
from django.template.loaders import filesystem

from discussions.markup import INDENT


class Loader(filesystem.Loader):
    """The templates of the project's own folder. What is not HTML is left as it is.

    Lines stay lines, so that an error names the right one.
    """

    def get_contents(self, origin: Origin) -> str:
        """The source of a template."""
        source = super().get_contents(origin)
        is_page = origin.name.endswith(".html")
        return INDENT.sub("", source) if is_page else source
