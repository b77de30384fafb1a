"""Guides, editions and topics, as curators see them."""

from guides.admin.edition import EditionAdmin
from guides.admin.empty_search import EmptySearchAdmin
from guides.admin.guide import GuideAdmin
from guides.admin.pathway import PathwayAdmin
from guides.admin.record import GuideActionAdmin, ReadsAdmin, VerificationAdmin
from guides.admin.term import ExplainedTermAdmin, UnknownAcronymAdmin
from guides.admin.topic import TopicAdmin
from guides.admin.wave import (
    CitationAdmin,
    CitedOrganisationAdmin,
    CitedPolicyAdmin,
    ReviewTaskAdmin,
)

__all__ = [
    "CitationAdmin",
    "CitedOrganisationAdmin",
    "CitedPolicyAdmin",
    "EditionAdmin",
    "EmptySearchAdmin",
    "ExplainedTermAdmin",
    "GuideActionAdmin",
    "GuideAdmin",
    "PathwayAdmin",
    "ReadsAdmin",
    "ReviewTaskAdmin",
    "TopicAdmin",
    "UnknownAcronymAdmin",
    "VerificationAdmin",
]
