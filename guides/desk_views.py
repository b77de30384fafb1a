"""The desk: what waits on a member, what they write, and how their guides do."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.doors import sign_in_first
from guides.models import Edition, Guide, ReviewTask
from guides.models.reads import counted
from guides.models.verification import DUE_SOON
from guides.models.workflow import LOOKED_AT

MOST = 50  # of each kind on one desk


@require_safe
@sign_in_first
def desk(request: HttpRequest) -> HttpResponse:
    """Everything a member writes or looks after, with what to do next."""
    me = request.user
    mine = Q(created_by=me) | Q(guide__owner=me)
    drafts = Edition.objects.drafts().filter(mine).select_related("guide", "reviewer")
    drafts = drafts.defer("body_html", "explained_html", "terms", "body_text")
    drafts = list(drafts.order_by("-changed_at")[:MOST])
    shown = Guide.objects.filter(owner=me, live_edition__isnull=False)
    guides = (
        shown.for_cards()
        .with_draft_state()
        .annotate(
            reads=counted("reads"),
            helped=counted("helped"),
            not_helped=counted("not_helped"),
        )
    )
    due = Guide.objects.filter(owner=me).due_by(timezone.localdate() + DUE_SOON)
    context = {
        "drafts": drafts,
        "returned": [d for d in drafts if d.state == "changes-requested"],
        "offered": me.offered_guides.select_related("owner", "live_edition"),
        "given": Edition.objects.drafts()
        .filter(reviewer=me, state__in=LOOKED_AT)
        .select_related("guide", "created_by")
        .order_by("submitted_at")[:MOST],
        "tasks": _tasks_of(me),
        "due": due.for_cards()[:MOST],
        "guides": guides.newest_first()[:MOST],
    }
    return render(request, "guides/desk.html", context)


def _tasks_of(person) -> list[ReviewTask]:
    """What they should look at because something changed, each guide once a cause."""
    mine = ReviewTask.objects.waiting().filter(guide__owner=person)
    return list(mine.with_changes().with_titles().order_by("pk")[:MOST])
