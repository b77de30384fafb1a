"""What guides stand on: places, public bodies, policies and the words of the trade."""

from landscape.models.former_name import FormerName
from landscape.models.organisation import Organisation
from landscape.models.place import Jurisdiction
from landscape.models.policy import Policy, PolicyRelation
from landscape.models.succession import Succession
from landscape.models.term import Term

__all__ = [
    "FormerName",
    "Jurisdiction",
    "Organisation",
    "Policy",
    "PolicyRelation",
    "Succession",
    "Term",
]
