"""What the site shows beside guides: its own pages and its home page."""

from hub.models.page import Page, PageVersion

__all__ = ["Page", "PageVersion"]
