"""Pages on which guides are written, and what their scripts ask for."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.doors import comes_too_often, sign_in_first
from guides.addresses import writable_guide_at
from guides.citing import find_citable
from guides.diff import compare, fold
from guides.facets import Kind
from guides.markdown import clean_line
from guides.merging import merge
from guides.models import Conflict, Edition, Guide
from guides.preview import preview_of
from guides.skeletons import PURPOSES
from guides.writing_forms import WritingForm

A_MINUTE = 60
LONGEST_SEARCH = 80  # letters


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_new(request: HttpRequest) -> HttpResponse:
    """Begin a guide. The first save makes it, and only the first one of a page."""
    kind = _kind(request)
    if request.method != "POST":
        form = WritingForm(initial=WritingForm.blank(kind, uuid.uuid4()))
        return _page(request, form, kind=kind)
    form = WritingForm(request.POST)
    draft, trouble = _save_new(request, form, kind)
    if draft is None:
        return trouble or _page(request, form, kind=kind)
    return _onwards(request, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the edition in work; the first save begins the next one of a live guide."""
    guide = writable_guide_at(request, slug)
    if request.method != "POST":
        draft = guide.draft
        if draft and not draft.can_be_revised_by(request.user):
            return redirect("guides:submit", slug)
        words = WritingForm.words_of(
            guide, draft or guide.live_edition, draft.version if draft else 0
        )
        return _page(request, WritingForm(initial=words, guide=guide), guide=guide)
    form = WritingForm(request.POST, guide=guide)
    draft, trouble = _save(request, form, guide)
    if draft is None:
        return trouble or _page(request, form, guide=guide)
    return _onwards(request, draft)


@require_POST
@sign_in_first
def guide_autosave(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """Save what is being written, and say so to the script that sent it."""
    guide = writable_guide_at(request, slug) if slug else None
    form = WritingForm(request.POST, guide=guide)
    if guide:
        draft, trouble = _save(request, form, guide)
    else:
        draft, trouble = _save_new(request, form, _kind(request))
    if draft is None:
        status = trouble.status_code if trouble else 422
        return JsonResponse({"errors": form.errors}, status=status)
    addresses = {
        name: reverse(f"guides:{name}", args=[draft.guide.slug])
        for name in ("edit", "autosave", "preview", "images")
    }
    saved = {"version": draft.version, "at": f"{timezone.localtime():%H:%M}"}
    saved |= {"guide": draft.guide_id, "edition": draft.pk}
    return JsonResponse(saved | addresses)


@require_POST
@sign_in_first
def guide_preview(request: HttpRequest, slug: str | None = None) -> HttpResponse:
    """The text as readers would see it, with advice. Nothing is saved."""
    guide = writable_guide_at(request, slug) if slug else None
    form = WritingForm(request.POST, guide=guide)
    form.is_valid()
    if comes_too_often(request, "preview"):
        words = "You have looked at many previews. Wait a minute, then try again."
        form.add_error(None, words)
        return _wait(_page(request, form, guide=guide, kind=_kind(request)))
    preview = preview_of(form, guide)
    if "fragment" in request.GET:
        return render(request, "guides/_preview.html", {"preview": preview})
    about = {"guide": guide, "kind": _kind(request), "preview": preview}
    return _page(request, form, **about)


@require_safe
@sign_in_first
def cite(request: HttpRequest) -> HttpResponse:
    """Find a policy, a body or a term, and how a text cites it."""
    words = clean_line(request.GET.get("q", ""))[:LONGEST_SEARCH]
    context = {"words": words, "found": find_citable(words)}
    if "fragment" in request.GET:
        context["is_in_editor"] = True
        return render(request, "guides/_citable.html", context)
    return render(request, "guides/cite.html", context)


@require_POST
@sign_in_first
def paste(request: HttpRequest) -> HttpResponse:
    """Copied HTML as Markdown, for the script of the page on which one writes."""
    if comes_too_often(request, "paste"):
        return _wait(HttpResponse("Wait a minute.", content_type="text/plain"))
    from guides.paste import markdown_from_html  # loads lxml, for writers alone

    try:
        words = markdown_from_html(request.POST.get("html", ""))
    except ValueError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain")
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def draft_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a draft that readers have never seen."""
    guide = writable_guide_at(request, slug)
    if not (draft := guide.draft) or not draft.is_written_by(request.user):
        raise Http404
    if request.method != "POST":
        context = {"guide": guide, "edition": draft}
        return render(request, "guides/draft_delete.html", context)
    try:
        draft.discard(by=request.user)
        messages.success(request, "The draft is deleted.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("guides:desk")


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("kind", Kind.PRIMER)
    if kind not in Kind.values:
        raise Http404(f"There is no kind of guide “{kind}”.")
    return kind


Saved = tuple[Edition | None, HttpResponse | None]


def _save_new(request: HttpRequest, form: WritingForm, kind: str) -> Saved:
    if not form.is_valid():
        return None, None
    key = form.cleaned_data["key"] or uuid.uuid4()
    title = form.cleaned_data["title"]
    try:
        draft = Guide.objects.start(by=request.user, key=key, kind=kind, title=title)
    except ValidationError as error:
        form.add_error(None, error)
        return None, None
    return _revise(request, form, draft)


def _save(request: HttpRequest, form: WritingForm, guide: Guide) -> Saved:
    if not form.is_valid():
        return None, None
    try:
        draft = guide.start_draft(by=request.user)
    except (ValidationError, PermissionDenied) as error:
        form.add_error(None, getattr(error, "messages", "You may not write here."))
        return None, None
    return _revise(request, form, draft)


def _revise(request, form: WritingForm, draft: Edition) -> Saved:
    version = form.version_read(draft)
    given = form.words | {"about": form.about, "version": version}
    try:
        draft.revise(by=request.user, **given)
    except Conflict as conflict:
        return None, _merge(request, form, conflict.edition)
    except ValidationError as error:
        form.add_error(None, error)
        return None, None
    return draft, None


def _wait(response: HttpResponse) -> HttpResponse:
    response.status_code = 429
    response["Retry-After"] = A_MINUTE
    return response


def _onwards(request: HttpRequest, draft: Edition) -> HttpResponse:
    where = "guides:submit" if "submit" in request.POST else "guides:edit"
    # A browser that kept the words until they were saved can forget them now.
    said = f"Saved at {timezone.localtime():%H:%M}."
    messages.success(request, said, extra_tags="saved")
    return redirect(where, draft.guide.slug)


def _page(
    request: HttpRequest, form: WritingForm, *, guide=None, kind="", preview=None
) -> HttpResponse:
    draft = guide.draft if guide else None
    context = {
        "form": form,
        "guide": guide,
        "edition": draft or (guide and guide.live_edition),
        "draft": draft,
        "is_closed": draft and not draft.can_be_revised_by(request.user),
        "kind": guide.kind if guide else kind,
        "kinds": [(k.value, k.label, PURPOSES[k]) for k in Kind],
        "preview": preview,
        "asked": draft.asked_for if draft else None,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "guides/write.html", context, status=status)


def _merge(request: HttpRequest, form: WritingForm, theirs: Edition) -> HttpResponse:
    """Both people's words; this page's go over the other's only when its writer
    says so."""
    context = {
        "merge": merge(form, theirs),
        "guide": theirs.guide,
        "theirs": theirs,
        "changes": fold(compare(theirs.body, form.cleaned_data["body"])),
    }
    return render(request, "guides/write_merge.html", context, status=409)
