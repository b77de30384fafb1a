"""What waits for a curator, the most harmful first, then the oldest.

Each kind is one function, which asks one question that ends after COUNTED rows: a
long queue costs no more than a short one. A new kind takes its place in KINDS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.timezone import make_aware

from discussions.models import Comment, Report
from guides.models import (
    Edition,
    EmptySearch,
    Guide,
    Pathway,
    Reads,
    ReviewTask,
    UnknownAcronym,
)

COUNTED = 50
SEARCHES_OF = timedelta(days=30)
MOST_ASKED = 5  # searches that the start page names
DUE_FIRST = "8"  # the column of the list of guides with the day they are due
HARM = ("unkind", "private", "secret", "illegal")  # what hurts somebody while it waits


@dataclass(frozen=True)
class Waiting:
    """One kind of thing that waits, in the words of the start page."""

    label: str
    what_to_do: str
    minutes: int  # about, for each of them
    address: str
    number: int  # up to COUNTED + 1
    oldest: datetime | None = None
    examples: tuple[str, ...] = ()
    examples_are: str = "Asked most"

    @property
    def count(self) -> str:
        """How many wait: "1" to "50", or "50+"."""
        return f"{COUNTED}+" if self.number > COUNTED else str(self.number)

    @property
    def age(self) -> str:
        """How long the oldest has waited, in words: "3 weeks"."""
        if not self.oldest:
            return ""
        is_new = timezone.now() - self.oldest < timedelta(days=1)
        return "less than a day" if is_new else timesince(self.oldest, depth=1)


def waiting_for(person) -> list[Waiting]:
    """What waits that this person may look after."""
    mine = (find() for right, find in KINDS if person.has_perm(right))
    return [waiting for waiting in mine if waiting.number]


def safety_reports() -> Waiting:
    """Reports of what may hurt somebody as long as it stands."""
    rows = Report.objects.open().filter(reason__in=HARM)
    return Waiting(
        label="Safety reports",
        what_to_do="Read what is reported. Hide it first when in doubt, then decide.",
        minutes=5,
        address=_list("discussions_report", reason__in=",".join(HARM), show="waiting"),
        **_oldest(rows),
    )


def other_reports() -> Waiting:
    """Reports of mistakes, advertising and the rest."""
    others = [reason for reason in Report.Reason.values if reason not in HARM]
    rows = Report.objects.open().filter(reason__in=others)
    return Waiting(
        label="Other reports",
        what_to_do="Mend the guide or decide about the comment, then close the report.",
        minutes=5,
        address=_list(
            "discussions_report", reason__in=",".join(others), show="waiting"
        ),
        **_oldest(rows),
    )


def held_comments() -> Waiting:
    """Comments that nobody reads until a curator has."""
    rows = Comment.objects.filter(state=Comment.State.HELD)
    return Waiting(
        label="Held comments",
        what_to_do="Approve what is fine, hide what breaks the house rules. Tick "
        "several at once.",
        minutes=1,
        address=_list("discussions_comment", show="held"),
        **_oldest(rows),
    )


def submissions() -> Waiting:
    """Guides that were handed in, and whose authors wait for an answer."""
    state = Edition.State.SUBMITTED
    rows = Edition.objects.drafts().filter(state=state)
    return Waiting(
        label="Guides handed in",
        what_to_do="Read the oldest first: publish it, or say what should change.",
        minutes=15,
        address=_list("guides_guide", next=state),
        **_oldest(rows, "submitted_at"),
    )


def found_right() -> Waiting:
    """Guides that a curator found right and nobody has published."""
    state = Edition.State.READY
    rows = Edition.objects.drafts().filter(state=state)
    return Waiting(
        label="Guides found right",
        what_to_do="Publish each one, or plan the day it comes out.",
        minutes=2,
        address=_list("guides_guide", next=state),
        **_oldest(rows, "approved_at"),
    )


def affected() -> Waiting:
    """Guides whose policy or body changed, those that most people read first."""
    rows = ReviewTask.objects.waiting()
    titles = Reads.objects.most_read(Guide.objects.affected()).values_list(
        "guide__live_edition__title", flat=True
    )
    found = _oldest(rows, "opened_at")
    return Waiting(
        label="Guides that a change affects",
        what_to_do="See whether the owner looks. If nobody does, look or dismiss.",
        minutes=10,
        address=_list("guides_reviewtask"),
        examples=tuple(titles[:MOST_ASKED]) if found["number"] else (),
        examples_are="Read most",
        **found,
    )


def overdue() -> Waiting:
    """Guides whose day has passed, those that most people read first."""
    rows = Guide.objects.overdue()
    due = list(rows.order_by().values_list("due_on", flat=True)[: COUNTED + 1])
    since = min(due, default=None)
    titles = Reads.objects.most_read(rows).values_list(
        "guide__live_edition__title", flat=True
    )
    return Waiting(
        label="Guides that are overdue",
        what_to_do="Ask the owner, give it into other hands, or withdraw it.",
        minutes=10,
        address=_list("guides_guide", fresh="overdue", o=DUE_FIRST),
        number=len(due),
        oldest=since and make_aware(datetime.combine(since, time())),
        examples=tuple(titles[:MOST_ASKED]) if due else (),
        examples_are="Read most",
    )


def pathways() -> Waiting:
    """Pathways that lead to a guide that is not there any more, overdue or affected."""
    rows = Pathway.objects.with_doubtful_guides()
    titles = list(rows.values_list("title", flat=True)[: COUNTED + 1])
    return Waiting(
        label="Pathways that need a look",
        what_to_do="See to the guides that it names, or lead to others.",
        minutes=5,
        address=_list("guides_pathway", look="yes"),
        number=len(titles),
        examples=tuple(titles[:MOST_ASKED]),
        examples_are="These",
    )


def searches() -> Waiting:
    """What people looked for in vain, the most asked first."""
    since = timezone.localdate() - SEARCHES_OF
    rows = EmptySearch.objects.most_asked(since)[: COUNTED + 1]
    found = [f"“{row.query}” ({_days(row.days)})" for row in rows]
    return Waiting(
        label="Searches without result, last 30 days",
        what_to_do="See which words a guide should have, or which guide is missing.",
        minutes=1,
        address=_list("guides_emptysearch"),
        number=len(found),
        examples=tuple(found[:MOST_ASKED]),
    )


def unknown_acronyms() -> Waiting:
    """Acronyms that guides share and the glossary does not explain, the most used
    first."""
    rows = UnknownAcronym.objects.most_used()[: COUNTED + 1]
    found = [f"{row.short} ({row.guides} guides)" for row in rows]
    return Waiting(
        label="Unknown acronyms",
        what_to_do="Say what each stands for, so that every guide explains it.",
        minutes=3,
        address=_list("guides_unknownacronym"),
        number=len(found),
        examples=tuple(found[:MOST_ASKED]),
        examples_are="Used most",
    )


# In the order of harm. The right is the one that the list behind it needs.
KINDS: list[tuple[str, Callable[[], Waiting]]] = [
    ("discussions.view_report", safety_reports),
    ("discussions.view_report", other_reports),
    ("discussions.view_comment", held_comments),
    ("guides.view_guide", submissions),
    ("guides.view_guide", found_right),
    ("guides.view_reviewtask", affected),
    ("guides.view_guide", overdue),
    ("guides.view_pathway", pathways),
    ("guides.view_emptysearch", searches),
    ("guides.view_unknownacronym", unknown_acronyms),
]


def _oldest(rows: QuerySet, since: str = "created_at") -> dict[str, object]:
    first = "pk" if since == "created_at" else since
    dates = rows.order_by(first).values_list(since, flat=True)[: COUNTED + 1]
    found = list(dates)
    return {"number": len(found), "oldest": min(found, default=None)}


def _list(name: str, **chosen: str) -> str:
    address = reverse(f"admin:{name}_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
