"""Pages on which guides are discussed."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import door, sign_in_first
from discussions.composer import Place, closed, compose, composer_of
from discussions.forms import EditForm
from discussions.models import COMMENTS_A_THREAD, Comment
from discussions.threads import comments_of, discussion_of, place_of
from discussions.waiting import waiting
from guides.addresses import guide_at
from guides.models import Guide, WhyBlock


@require_safe
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide's threads, a page at a time."""
    guide, elsewhere = _guide_at(request, slug, "discussions:list")
    if elsewhere:
        return elsewhere
    newest_first = request.GET.get("order") == "newest"
    page = discussion_of(guide, request.user, _after(request), newest_first)
    context = {"guide": guide, "edition": guide.live_edition, "discussion": page}
    context |= {"is_inline": True, **composer_of(request, Place(guide))}
    return render(request, "discussions/discussion.html", context)


@require_safe
def thread_detail(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """One thread, whole, a page at a time."""
    guide, elsewhere = _guide_at(request, slug, "discussions:thread", thread)
    if elsewhere:
        return elsewhere
    thread = get_object_or_404(guide.threads.select_related("guide"), pk=thread)
    comments = comments_of(thread, request.user, after=_after(request))
    if not comments:
        raise Http404
    context = {
        "guide": guide,
        "edition": guide.live_edition,
        "thread": thread,
        "comments": comments[:COMMENTS_A_THREAD],
    }
    if len(comments) > COMMENTS_A_THREAD:
        context["next_after"] = comments[COMMENTS_A_THREAD - 1].pk
    return render(request, "discussions/thread.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def thread_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, correct or add something about a guide."""
    guide, elsewhere = _guide_for_words(request, slug, "discussions:thread-new")
    if elsewhere:
        return elsewhere
    return compose(request, Place(guide, about=_block_in(request, guide)))


@require_http_methods(["GET", "HEAD", "POST"])
@door
def reply(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Answer a comment."""
    guide, elsewhere = _guide_for_words(request, slug, "discussions:reply", thread)
    if elsewhere:
        return elsewhere
    comment = _answered(request, guide, thread)
    if comment:
        return compose(request, Place(guide, comment))
    # The same as if it had never been there; but what was typed is not lost.
    if typed := request.POST.get("body", "") or _kept_answer(request, thread):
        return closed(request, guide, "There is no such comment.", typed, status=404)
    raise Http404("There is no such comment in this thread.")


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend one's own words, for a while after they were posted."""
    comment = _own_comment(request, pk)
    typed = request.POST.get("body", "")
    if not comment.can_be_edited_by(request.user):
        minutes = int(settings.COMMENT_EDIT_TIME.total_seconds() // 60)
        why = f"A comment can be edited for {minutes} minutes after it was posted."
        return closed(request, comment.thread.guide, why, typed)
    form = EditForm(request.POST or None, initial={"body": comment.body})
    if form.is_valid():
        try:
            comment.edit(by=request.user, body=form.cleaned_data["body"])
            return redirect(place_of(comment, request.user))
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "comment": comment, "guide": comment.thread.guide}
    status = 422 if form.errors else 200
    return render(request, "discussions/comment_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own words away for good."""
    comment = _own_comment(request, pk)
    if comment.state == Comment.State.DELETED:  # by the first of two clicks
        return redirect(place_of(comment, request.user))
    if not comment.can_be_deleted_by(request.user):
        raise Http404("There is no such comment of yours.")
    if request.method == "POST":
        try:
            comment.delete_words(by=request.user)
        except ValidationError as error:  # a curator was quicker
            raise Http404("There is no such comment of yours.") from error
        messages.success(request, "Your comment is deleted.")
        return redirect(place_of(comment, request.user))
    context = {"comment": comment, "guide": comment.thread.guide}
    return render(request, "discussions/comment_delete.html", context)


@require_safe
def comment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address of a comment: leads to its place."""
    seen = Comment.objects.visible_to(request.user).filter(
        thread__guide__in=Guide.objects.visible_to(request.user)
    )
    related = "thread__guide__merged_into"
    comment = get_object_or_404(seen.select_related(related), pk=pk)
    guide = comment.thread.guide
    if guide.visibility not in {Guide.Visibility.LIVE, Guide.Visibility.WITHDRAWN}:
        return redirect(guide, permanent=True)
    return redirect(place_of(comment, request.user), permanent=True)


def _guide_at(request: HttpRequest, slug: str, route: str, *rest: object):
    guide, elsewhere = guide_at(request, slug, route, *rest)
    if elsewhere is None and guide.live_edition is None:
        raise Http404
    return guide, elsewhere


def _guide_for_words(request: HttpRequest, slug: str, route: str, *rest: object):
    guide, elsewhere = _guide_at(request, slug, route, *rest)
    if guide.visibility not in {Guide.Visibility.MERGED, Guide.Visibility.GONE}:
        return guide, elsewhere
    kept = [words.body for words in waiting(request) if words.guide_id == guide.pk]
    is_sent = request.method == "POST"
    if is_sent or kept:
        typed = request.POST.get("body", "") if is_sent else "\n\n".join(kept)
        why, status = "This guide is no longer here.", 409 if is_sent else 200
        elsewhere = closed(request, guide, why, typed, status)
    return guide, elsewhere


def _after(request: HttpRequest) -> int:
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise Http404("There is no such page in this discussion.")
    return int(after)


def _block_in(request: HttpRequest, guide: Guide) -> WhyBlock | None:
    """The block that the address names, if the guide has it."""
    if not (key := request.GET.get("about")):
        return None
    blocks = guide.live_edition.why_blocks.all()
    return next((block for block in blocks if block.block == key), None)


def _answered(request: HttpRequest, guide: Guide, thread: int) -> Comment | None:
    seen = Comment.objects.visible_to(request.user)
    comments = seen.filter(thread__guide=guide, thread=thread)
    comments = comments.select_related("author", "thread")
    number = request.GET.get("to", "")
    if request.method != "POST":
        # Words that wait are given back even when what they answer was hidden.
        kept = [words.in_reply_to_id for words in waiting(request)]
        comments = comments.filter(Q(state=Comment.State.PUBLISHED) | Q(pk__in=kept))
    if number:
        is_key = number.isascii() and number.isdecimal() and len(number) < 19
        comments = comments.filter(pk=number) if is_key else comments.none()
    found = comments.order_by("pk").first()
    if found:
        found.thread.guide = guide
    return found


def _kept_answer(request: HttpRequest, thread: int) -> str:
    """What this browser left in answer to a comment that has gone since."""
    to = request.GET.get("to", "")
    kept = [
        words.body
        for words in waiting(request)
        if words.in_reply_to
        and (words.in_reply_to.thread_id, str(words.in_reply_to_id)) == (thread, to)
    ]
    return "\n\n".join(kept)


def _own_comment(request: HttpRequest, pk: int) -> Comment:
    mine = request.user.comments.select_related("thread__guide", "in_reply_to")
    return get_object_or_404(mine, pk=pk)
