"""Guides, their editions and topics, and the words that searches know."""

from guides.models.edition import Edition
from guides.models.guide import Guide, OldSlug
from guides.models.topic import Topic
from guides.models.words import EmptySearch, Word

__all__ = ["Edition", "EmptySearch", "Guide", "OldSlug", "Topic", "Word"]
