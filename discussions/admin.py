"""Comments and what curators did to them."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import Truncator

from accounts.curating import ReasonForm, RecordAdmin, verb_action
from accounts.models import User
from discussions.models import Comment, ModerationAction, Thread


class ModerationForm(ReasonForm):
    """Asks why, in public and in private."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its author and every reader will see it.",
    )
    note = forms.CharField(
        label="Note for curators",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only curators see it.",
    )


@admin.register(Comment)
class CommentAdmin(RecordAdmin):
    """What people wrote, newest first, with its place."""

    list_display = ["opening_words", "author", "guide", "state", "created_at"]
    list_filter = ["state"]
    list_select_related = ["author", "thread__guide"]
    search_fields = ["author", "thread"]  # see get_search_results
    search_help_text = "A whole email address, handle or slug of a guide."
    fields = [
        "guide",
        "author",
        "experience",
        "body",
        "state",
        "hidden_reason",
        "hidden_by",
        "created_at",
    ]
    actions = [
        verb_action(
            "Hide with a reason",
            Comment.hide,
            ModerationForm,
            explanation="The words go; a stub with your reason stays, so that "
            "the replies still stand.",
        ),
        verb_action(
            "Restore",
            Comment.restore,
            ModerationForm,
            explanation="The comment is shown again.",
        ),
    ]

    def get_search_results(self, request: HttpRequest, queryset, search_term: str):
        """Finds people and threads first, so that each step has its index."""
        if not (word := search_term.strip().lower()):
            return queryset, False
        people = User.objects.filter(Q(email=word) | Q(handle=word))
        threads = Thread.objects.filter(guide__slug=word)
        # As lists: the planner would read every comment to join them.
        found = Q(author__in=list(people)) | Q(thread__in=list(threads))
        return queryset.filter(found), False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Words are not changed here, but the verbs need the right to change."""
        allowed = super(RecordAdmin, self).has_change_permission(request, obj)
        return allowed and obj is None

    @admin.display(description="comment")
    def opening_words(self, comment: Comment) -> str:
        """How it begins."""
        return Truncator(comment.body).chars(90)

    @admin.display(description="guide")
    def guide(self, comment: Comment) -> str:
        """The guide it stands beside."""
        return comment.thread.guide.slug


@admin.register(ModerationAction)
class ModerationActionAdmin(RecordAdmin):
    """The record of what curators did, which nobody can change."""

    list_display = ["at", "verb", "by", "reason", "comment"]
    list_filter = ["verb"]
    list_select_related = ["by", "comment__author"]
