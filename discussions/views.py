"""Pages on which guides are discussed."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import sign_in_first
from discussions.forms import CommentForm, ThreadForm
from discussions.models import COMMENTS_A_THREAD, Comment, Thread
from discussions.threads import comments_of, discussion_of, place_of
from guides.addresses import guide_at
from guides.markdown import render_comment
from guides.models import Guide


@require_safe
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """A guide's threads, a page at a time."""
    guide, elsewhere = _guide_at(request, slug, "discussions:list")
    if elsewhere:
        return elsewhere
    page = discussion_of(guide, request.user, after=_after(request))
    context = {"guide": guide, "edition": guide.live_edition, "discussion": page}
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
@cache_control(private=True, no_store=True)
@sign_in_first
def thread_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, correct or add something about a guide."""
    guide, elsewhere = _guide_at(request, slug, "discussions:thread-new")
    if elsewhere:
        return elsewhere
    if request.method != "POST" and (why := _why_closed(guide)):
        return _closed(request, guide, why)
    form = ThreadForm(request.POST or None)
    if _is_posted(request, form):
        try:
            comment = Thread.start(guide, by=request.user, **form.cleaned_data)
            return redirect(place_of(comment, request.user))
        except ValidationError as error:
            form.add_error(None, error)
    return _composer(request, form, {"guide": guide})


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@sign_in_first
def reply(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Answer a comment."""
    guide, elsewhere = _guide_at(request, slug, "discussions:reply", thread)
    if elsewhere:
        return elsewhere
    thread = get_object_or_404(guide.threads.select_related("guide"), pk=thread)
    if request.method != "POST" and (why := _why_closed(guide, thread)):
        return _closed(request, guide, why)
    to = _answered(request, thread)
    form = CommentForm(request.POST or None)
    if _is_posted(request, form):
        try:
            comment = thread.reply(by=request.user, to=to, **form.cleaned_data)
            return redirect(place_of(comment, request.user))
        except ValidationError as error:
            form.add_error(None, error)
    return _composer(request, form, {"guide": guide, "thread": thread, "to": to})


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
    if elsewhere and request.method == "POST":
        return guide, _closed(request, guide, "This guide is no longer here.")
    if elsewhere is None and guide.live_edition is None:
        raise Http404
    return guide, elsewhere


def _closed(request: HttpRequest, guide: Guide, why: str) -> HttpResponse:
    """Says why nothing can be posted, and gives back what was typed."""
    typed = request.POST.get("body", "")
    context = {"guide": guide, "why": why, "typed": typed}
    status = 409 if request.method == "POST" else 200
    return render(request, "discussions/closed.html", context, status=status)


def _why_closed(guide: Guide, thread: Thread | None = None) -> str:
    if guide.visibility != Guide.Visibility.LIVE:
        return "This guide has been withdrawn, so its discussion is closed."
    if thread and thread.state == Thread.State.CLOSED:
        return "This thread is closed: it takes no more replies."
    return ""


def _after(request: HttpRequest) -> int:
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise Http404("There is no such page in this discussion.")
    return int(after)


def _answered(request: HttpRequest, thread: Thread) -> Comment:
    # A form that was open when its comment was hidden still says so in words.
    seen = thread.comments.visible_to(request.user).select_related("author")
    if request.method != "POST":
        seen = seen.filter(state=Comment.State.PUBLISHED)
    number = request.GET.get("to", "")
    if not number:
        return get_object_or_404(seen.order_by("pk")[:1])
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404("There is no such comment in this thread.")
    return get_object_or_404(seen, pk=number)


def _is_posted(request: HttpRequest, form: CommentForm) -> bool:
    return request.method == "POST" and form.is_valid() and "post" in request.POST


def _composer(request: HttpRequest, form: CommentForm, context: dict) -> HttpResponse:
    is_preview = form.is_bound and form.is_valid() and "preview" in request.POST
    if is_preview:
        context["preview"] = render_comment(form.cleaned_data["body"])
    status = 422 if form.is_bound and form.errors else 200
    context |= {"form": form, "edition": context["guide"].live_edition}
    return render(request, "discussions/composer.html", context, status=status)
