"""How the site stands, in counts for curators: one query for each chart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from discussions.models import Thread
from guides.models import Freshness, Guide
from guides.models.verification import DUE_SOON
from hub.bars import Chart, draw

# How long a question has waited, up to so many days.
WAITED = [
    ("Less than 3 days", 3),
    ("3 to 7 days", 7),
    ("1 to 4 weeks", 28),
    ("4 weeks to 3 months", 91),
    ("Longer", 36_500),
]


@dataclass(frozen=True)
class Standing:
    """Counts of one kind, for a chart and for the table that says the same."""

    name: str
    heading: str
    by: str  # what the rows differ in
    of: str  # what is counted
    counts: Sequence[tuple[str, int]]
    note: str = ""

    @property
    def chart(self) -> Chart:
        """The counts as bars."""
        return draw(self.counts)

    @property
    def total(self) -> int:
        """How many there are together."""
        return sum(count for _, count in self.counts)


def standings_for(person) -> list[Standing]:
    """What this person may see."""
    return [count() for right, count in KINDS if person.has_perm(right)]


def freshness() -> Standing:
    """Live guides, by whether somebody should look at them."""
    today = timezone.localdate()
    state = {
        Freshness.AFFECTED: Q(is_affected=True),
        Freshness.OVERDUE: Q(is_affected=False, due_on__lt=today),
        Freshness.DUE_SOON: Q(
            is_affected=False, due_on__gte=today, due_on__lt=today + DUE_SOON
        ),
        Freshness.CURRENT: Q(is_affected=False, due_on__gte=today + DUE_SOON),
    }
    live = Guide.objects.live().with_affected()
    found = live.aggregate(
        **{one.name: Count("pk", filter=where) for one, where in state.items()}
    )
    return Standing(
        name="freshness",
        heading="Live guides by freshness",
        by="Freshness",
        of="Guides",
        counts=[(one.label, found[one.name]) for one in state],
    )


def waiting_questions() -> Standing:
    """Questions that nobody has answered, by how long they have waited."""
    now = before = timezone.now()
    counts = {}
    for place, (_, days) in enumerate(WAITED):
        since = now - timedelta(days=days)
        asked = Q(created_at__gt=since, created_at__lte=before)
        counts[f"place{place}"] = Count("pk", filter=asked)
        before = since
    found = Thread.objects.unanswered().aggregate(**counts)
    return Standing(
        name="questions",
        heading="Questions without an answer",
        by="Waiting for",
        of="Questions",
        counts=[(words, found[f"place{n}"]) for n, (words, _) in enumerate(WAITED)],
        note="Of the newest questions that are open. A reply by whoever asked is no "
        "answer.",
    )


KINDS: list[tuple[str, Callable[[], Standing]]] = [
    ("guides.view_guide", freshness),
    ("discussions.view_comment", waiting_questions),
]
