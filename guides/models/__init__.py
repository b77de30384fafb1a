"""Guides, their editions and topics, pathways through them, what was done to them,
and what searches know."""

from guides.models.action import GuideAction
from guides.models.asked import AskedSearch
from guides.models.citation import Citation
from guides.models.edition import Edition
from guides.models.glossary import GlossaryVersion, UnknownAcronym
from guides.models.guide import Guide
from guides.models.image import Image
from guides.models.pathway import Audience, Pathway, Step
from guides.models.plan import Plan, StepProgress
from guides.models.reads import Reads
from guides.models.review_task import ReviewTask
from guides.models.slug import OldSlug
from guides.models.topic import Topic
from guides.models.verification import Freshness, Verification
from guides.models.why_block import WhyBlock
from guides.models.words import EmptySearch, Word
from guides.models.workflow import Conflict

__all__ = [
    "AskedSearch",
    "Audience",
    "Citation",
    "Conflict",
    "Edition",
    "EmptySearch",
    "Freshness",
    "GlossaryVersion",
    "Guide",
    "GuideAction",
    "Image",
    "OldSlug",
    "Pathway",
    "Plan",
    "Reads",
    "ReviewTask",
    "Step",
    "StepProgress",
    "Topic",
    "UnknownAcronym",
    "Verification",
    "WhyBlock",
    "Word",
]
