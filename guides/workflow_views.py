"""Pages on which writers hand a draft in and see where it stands."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.doors import sign_in_first
from guides.addresses import writable_guide_at
from guides.advice import advice_on
from guides.keeping_forms import SubmitForm
from guides.models import Conflict, Edition, Guide
from guides.models.workflow import OPEN
from guides.registers import look_up, names_without_row


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the draft in, with advice before; then, where it stands."""
    guide = writable_guide_at(request, slug)
    if (draft := guide.draft) is None:
        return redirect("guides:detail", slug)
    draft.guide = guide
    if draft.state not in OPEN or not draft.is_written_by(request.user):
        return _standing(request, guide, draft)
    typed = request.POST if request.method == "POST" else None
    form = SubmitForm(typed, instance=draft)
    if form.is_valid():
        try:
            note = form.note if guide.first_published_at else {}
            draft.submit(by=request.user, version=form.version_read, **note)
        except Conflict as conflict:
            form.meet(conflict.edition)
            return _checks(request, draft, form)
        except ValidationError as error:
            draft.refresh_from_db()  # nothing of it was saved
            return _checks(request, draft, form, error)
        messages.success(request, "It is handed in. We write when there is news.")
        if names := names_without_row(draft.body):
            words = f"Names nothing in the registers yet, so no link: {names}."
            messages.warning(request, words)
        return redirect("guides:submit", draft.guide.slug)
    return _checks(request, draft, form)


@require_POST
@sign_in_first
def guide_take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Make what was handed in a draft again."""
    guide = writable_guide_at(request, slug)
    if (draft := guide.draft) is None:
        words = "It was published or deleted meanwhile, so it cannot be taken back."
        messages.error(request, words)
        return redirect("guides:detail", guide.slug)
    if not draft.is_written_by(request.user):
        raise Http404
    try:
        draft.take_back(by=request.user)
        messages.success(request, "It is a draft again.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("guides:edit" if guide.draft else "guides:detail", guide.slug)


@require_POST
@sign_in_first
def edition_restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an old edition up again, as a draft."""
    guide = writable_guide_at(request, slug)
    edition = get_object_or_404(guide.editions.published(), number=number)
    try:
        edition.restore_as_draft(by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edition)
    messages.success(request, f"Edition {number} is your draft now.")
    return redirect("guides:edit", slug)


def _checks(
    request: HttpRequest, draft: Edition, form: SubmitForm, error=None
) -> HttpResponse:
    text = {"title": draft.title, "summary": draft.summary, "body": draft.body}
    text["explained"] = draft.explained_acronyms
    text["register"] = look_up(draft.body, guesses=True)
    advice = advice_on(**text, public_benefit=draft.guide.public_benefit)
    context = {
        "guide": draft.guide,
        "edition": draft,
        "form": form,
        "advice": advice,
        "missing": error.messages if error else [],
    }
    is_wrong = error or form.errors
    template = "guides/guide_submit.html"
    return render(request, template, context, status=422 if is_wrong else 200)


def _standing(request: HttpRequest, guide: Guide, draft: Edition) -> HttpResponse:
    actions = draft.actions.exclude(verb="restore-edition")
    context = {
        "guide": guide,
        "edition": draft,
        "actions": actions.select_related("by", "person"),
        "may_take_back": draft.can("take_back", request.user),
    }
    return render(request, "guides/guide_standing.html", context)
