"""The queue of comments: what waits, with all that a decision needs."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import path

from accounts.curating import VerbAdmin, verb_action
from accounts.models import User
from discussions.admin.filters import CommentsWaiting
from discussions.admin.forms import ModerationForm, TellingForm
from discussions.admin.undo import undo, way_back
from discussions.holds import links_in
from discussions.markup import rendered
from discussions.models import Comment, Report, Thread
from guides.models import Edition

ROW = "admin/discussions/comment"  # compiled templates: a list renders 50 of each
# A row shows no more of an edition than its title.
LONG = "body", "body_html", "body_text", "contents", "search"
AROUND = 20  # comments of the thread that the page of one of them shows


@admin.register(Comment)
class CommentAdmin(VerbAdmin):
    """What people wrote: first what waits, the oldest first."""

    list_display = ["said", "writer", "standing"]
    list_display_links = None
    list_per_page = 25  # each takes as much room as a paragraph
    list_filter = [CommentsWaiting]
    linked_lookups = ["id", "author"]
    show_facets = admin.ShowFacets.NEVER  # they count every row
    list_select_related = ["author", "hidden_by"]
    search_fields = ["author", "thread"]  # see get_search_results
    search_help_text = "A whole email address, handle or slug of a guide."
    fields = ["said", "writer", "standing", "reports", "earlier", "record", "around"]
    actions = [
        verb_action("Approve", Comment.approve, None, way_back=way_back),
        verb_action(
            "Hide with a reason",
            Comment.hide,
            ModerationForm,
            explanation="The words go; a stub with your reason stays, so that "
            "the replies still stand.",
            way_back=way_back,
        ),
        verb_action("Mark as spam", Comment.mark_spam, None, way_back=way_back),
        verb_action(
            "Restore",
            Comment.restore,
            TellingForm,
            explanation="The comment is shown again.",
            way_back=way_back,
        ),
        verb_action(
            "Hold",
            Comment.hold,
            TellingForm,
            explanation="Only its author and curators see the comment until one "
            "approves it.",
            way_back=way_back,
        ),
        verb_action("Keep as it is, and close the reports", Comment.keep, None),
    ]

    def get_urls(self) -> list:
        """The way back from a verb has a page of its own."""
        view = self.admin_site.admin_view(undo)
        place = path("undo/<str:token>/", view, name="discussions_comment_undo")
        return [place, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the reports that wait, and how well its author is known."""
        of_author = Comment.objects.approved().filter(author=OuterRef("author"))
        count = of_author.order_by().values("author").annotate(n=Count("pk"))
        reports = Report.objects.open().select_related("by")
        # Apart: to plan one query for all of it takes longer than to answer several.
        found = (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("reports", reports, to_attr="open_reports"),
                *("in_reply_to", "thread__guide"),
                Prefetch("thread__guide__live_edition", Edition.objects.defer(*LONG)),
            )
        )
        return found.annotate(author_approved=Subquery(count.values("n")))

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """Who waits longest comes first; in the other lists the newest."""
        is_queue = request.GET.get("show", "waiting") == "waiting"
        return ["pk"] if is_queue and not request.GET.get("q") else ["-pk"]

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """Finds people and threads first, so that each step has its index."""
        if not (word := search_term.strip().lower()):
            return queryset, False
        people = User.objects.filter(Q(email=word) | Q(handle=word))
        threads = Thread.objects.filter(guide__slug=word)
        # As lists: the planner would read every comment to join them.
        found = Q(author__in=list(people)) | Q(thread__in=list(threads))
        return queryset.filter(found), False

    @admin.display(description="comment")
    def said(self, comment: Comment) -> str:
        """The words, where they stand and where they lead."""
        links = links_in(comment.body_html)
        return rendered(f"{ROW}/said.jinja", comment=comment, links=links)

    @admin.display(description="by")
    def writer(self, comment: Comment) -> str:
        """Who wrote it, and how well they are known here."""
        return rendered(f"{ROW}/writer.jinja", comment=comment)

    @admin.display(description="why it waits")
    def standing(self, comment: Comment) -> str:
        """Its state, and what readers said about it."""
        return rendered(f"{ROW}/standing.jinja", comment=comment)

    @admin.display(description="closed reports")
    def reports(self, comment: Comment) -> str:
        """What readers said before; `standing` has what waits."""
        closed = comment.reports.filter(closed_by__isnull=False)
        return _render("reports", reports=closed.select_related("by", "closed_by")[:50])

    @admin.display(description="earlier words")
    def earlier(self, comment: Comment) -> str:
        """What it said before it was edited."""
        return _render("earlier", words=comment.earlier.all()[:50])

    @admin.display(description="what curators did")
    def record(self, comment: Comment) -> str:
        """The record of this comment."""
        return _render("record", actions=comment.actions.select_related("by")[:50])

    @admin.display(description="the thread around it")
    def around(self, comment: Comment) -> str:
        """The comments just before and after it."""
        of_thread = Comment.objects.filter(thread=comment.thread_id)
        all_of_it = of_thread.select_related("author")
        before = all_of_it.filter(pk__lt=comment.pk).order_by("-pk")[: AROUND // 2]
        after = all_of_it.filter(pk__gt=comment.pk).order_by("pk")[: AROUND // 2]
        return _render(
            "around", here=comment, comments=[*reversed(before), comment, *after]
        )


def _render(name: str, **context) -> str:
    return render_to_string(f"admin/discussions/comment/_{name}.html", context)
