"""The way back from what a curator has just done to comments."""

from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from discussions.models import Comment, ModerationAction

SALT = "discussions.admin.undo"
MOST = 50  # a page of the list; an address has no room for more


def way_back(done: list[Comment], by) -> str:
    """The address that undoes the newest action on each of these comments.

    done: the comments as they were before.
    """
    if len(done) > MOST:
        return ""
    actions = ModerationAction.objects.filter(comment__in=done, by=by)
    newest = actions.order_by("comment_id", "-pk").distinct("comment_id")
    was = {comment.pk: comment.state for comment in done}
    states = {action.pk: was[action.comment_id] for action in newest}
    token = signing.dumps(states, salt=SALT, compress=True)
    return reverse("admin:discussions_comment_undo", args=[token])


def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once, then bring the comments back to where they were."""
    if not request.user.has_perm("discussions.change_comment"):
        raise PermissionDenied
    try:
        states = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404("There is nothing to undo here.") from None
    own = ModerationAction.objects.filter(pk__in=states, by=request.user)
    actions = own.select_related("comment__author").order_by("pk")
    if request.method == "POST":
        return _undo(request, actions, states)
    context = admin.site.each_context(request) | {
        "title": "Undo",
        "opts": Comment._meta,
        "actions": actions,
    }
    return TemplateResponse(request, "admin/discussions/comment/undo.html", context)


def _undo(request: HttpRequest, actions, states: dict[str, str]) -> HttpResponse:
    done = 0
    for action in actions:
        try:
            action.undo(by=request.user, was=states[str(action.pk)])
        except ValidationError as error:
            words = f"{action.comment}: {' '.join(error.messages)}"
            messages.error(request, words)
        else:
            done += 1
    if done:
        messages.success(request, f"Undo: {done} done.")
    return redirect("admin:discussions_comment_changelist")
