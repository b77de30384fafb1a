"""What the site shows beside guides, and the files that it keeps."""

from hub.models.file import StoredFile
from hub.models.home import HomeGuide, HomeSearch, HomeSection
from hub.models.page import Page, PageVersion

__all__ = [
    "HomeGuide",
    "HomeSearch",
    "HomeSection",
    "Page",
    "PageVersion",
    "StoredFile",
]
