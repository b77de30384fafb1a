"""What curators do to guides, in the order of an edition's way."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.html import format_html_join

from accounts.curating import ReasonForm, verb_action
from guides.admin.forms import (
    ApproveForm,
    AssignForm,
    HandOverForm,
    MergeForm,
    PublishForm,
    RenameForm,
    RequestChangesForm,
    RestoreForm,
    ScheduleForm,
)
from guides.models import Guide
from guides.models.workflow import LOOKED_AT
from guides.registers import names_without_row

OF_DRAFTS = ("request_changes", "approve", "publish", "schedule", "unschedule")


def cites_in_vain(guides: list[Guide]) -> str:
    """What would be published without a link, because the registers have no such row.

    Nothing is lost by it: its words stand there.
    """
    drafts = [(guide, guide.draft) for guide in guides]
    found = [(g, names_without_row(draft.body)) for g, draft in drafts if draft]
    line = "<p><b>Nothing in the registers is called so, and readers see no link: {}."
    lines = ((f"{names} ({guide})",) for guide, names in found if names)
    return format_html_join("", line + "</b></p>", lines)


def of_draft(verb: str) -> Callable[..., None]:
    """A verb of the edition in work, to be done to its guide."""

    def does(guide: Guide, *, by, **given) -> None:
        if not (draft := guide.draft):
            raise ValidationError("There is no draft in work.")
        getattr(draft, verb)(by=by, **given)

    does.__name__ = verb
    return does


VERBS = [
    verb_action(
        "Say who looks at it",
        of_draft("assign"),
        AssignForm,
        explanation="The author sees by name who looks at it, and since when.",
    ),
    verb_action(
        "Ask for changes",
        of_draft("request_changes"),
        RequestChangesForm,
        explanation="The draft goes back to its author, who gets your reason by mail.",
    ),
    verb_action(
        "Find it right",
        of_draft("approve"),
        ApproveForm,
        explanation="It is ready then: any curator may publish it.",
    ),
    verb_action(
        "Publish the newest draft",
        Guide.publish,
        PublishForm,
        explanation="The newest draft of each guide becomes what readers see. "
        "The edition before it stays in the history.",
        beforehand=cites_in_vain,
    ),
    verb_action(
        "Plan the day it comes out",
        of_draft("schedule"),
        ScheduleForm,
        explanation="It is published by itself at that moment.",
        beforehand=cites_in_vain,
    ),
    verb_action(
        "Call the planned day off",
        of_draft("unschedule"),
        ReasonForm,
        explanation="It stays ready, for another day.",
    ),
    verb_action(
        "Withdraw",
        Guide.withdraw,
        ReasonForm,
        explanation="The guide leaves lists and searches. "
        "Its page stays, with your reason above it.",
    ),
    verb_action(
        "Show again",
        Guide.restore,
        RestoreForm,
        explanation="A withdrawn guide returns to lists and searches.",
    ),
    verb_action(
        "Give it into somebody’s care",
        Guide.hand_over,
        HandOverForm,
        explanation="That person gets an email. The name under the text stays.",
    ),
    verb_action(
        "Merge into another guide",
        Guide.merge,
        MergeForm,
        explanation="Its address will lead readers to the other guide.",
    ),
    verb_action(
        "Move to another address",
        Guide.rename,
        RenameForm,
        explanation="The old address will lead readers to the new one.",
        one_at_a_time=True,
    ),
    verb_action(
        "Take away for good",
        Guide.mark_gone,
        ReasonForm,
        explanation="Its address will say that it is gone, and why.",
    ),
]


def possible_verbs(guide: Guide, draft, person) -> list[tuple[str, str]]:
    """The names and labels of what this curator can do to the guide as it stands."""
    is_live = guide.visibility == Guide.Visibility.LIVE
    possible = {
        "assign": draft is not None and draft.state in LOOKED_AT,
        "withdraw": is_live,
        "merge": is_live,
        "restore": guide.visibility == Guide.Visibility.WITHDRAWN,
        "mark_gone": guide.visibility not in {"unpublished", "gone"},
        "hand_over": True,
        "rename": guide.visibility != Guide.Visibility.GONE,
    }
    possible |= {verb: bool(draft and draft.can(verb, person)) for verb in OF_DRAFTS}
    return [(v.__name__, v.short_description) for v in VERBS if possible[v.__name__]]
