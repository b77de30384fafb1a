"""What the site shows beside guides: its own pages and its home page."""

from hub.models.home import HomeGuide, HomeSection
from hub.models.page import Page, PageVersion

__all__ = ["HomeGuide", "HomeSection", "Page", "PageVersion"]
