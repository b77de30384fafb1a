"""Pages on which people look after guides that readers have."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.doors import sign_in_first
from guides.keeping_forms import OfferForm, ReasonForm, VerifyForm
from guides.models import Guide


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the guide is still correct, and what that rests on."""
    guide = get_object_or_404(Guide.objects.live().for_page(), slug=slug)
    if not guide.can_be_verified_by(request.user):
        raise Http404
    form = VerifyForm(request.POST or None)
    if form.is_valid():
        try:
            guide.verify(by=request.user, **form.cleaned_data)
            thanks = "Thank you. Readers see that you checked it today."
            messages.success(request, thanks)
            return redirect(guide)
        except ValidationError as error:
            form.add_error(None, error)
    tasks = list(guide.review_tasks.open().with_changes())
    return _page(request, "guides/guide_verify.html", guide, form, tasks=tasks)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's own guide out of the lists, with a reason."""
    mine = Guide.objects.live().filter(owner=request.user)
    guide = get_object_or_404(mine.for_page(), slug=slug)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            guide.withdraw(by=request.user, reason=form.cleaned_data["body"])
            return redirect(guide)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, "guides/guide_withdraw.html", guide, form)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_first
def guide_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody to look after the guide; or answer when one is asked."""
    asked = Q(owner=request.user) | Q(offered_to=request.user)
    found = Guide.objects.filter(asked).select_related("offered_to", "owner")
    guide = get_object_or_404(found.select_related("live_edition"), slug=slug)
    if guide.offered_to == request.user:
        return _answer(request, guide)
    form = OfferForm(request.POST or None)
    if form.is_valid():
        person = form.cleaned_data["handle"]
        try:
            guide.offer(to=person, by=request.user)
            messages.success(request, f"{person.display_name} gets an email about it.")
            return redirect("guides:desk")
        except ValidationError as error:
            form.add_error("handle", error)
    return _page(request, "guides/guide_hand_over.html", guide, form)


def _answer(request: HttpRequest, guide: Guide) -> HttpResponse:
    if request.method != "POST":
        return render(request, "guides/guide_offered.html", {"guide": guide})
    verb = guide.accept if "accept" in request.POST else guide.decline
    try:
        verb(by=request.user)
        words = "It is in your care." if "accept" in request.POST else "We say so."
        messages.success(request, words)
    except (ValidationError, PermissionDenied):
        messages.error(request, "This guide is not offered to you any more.")
    return redirect("guides:desk")


def _page(
    request: HttpRequest, template: str, guide: Guide, form, **more
) -> HttpResponse:
    context = {"guide": guide, "edition": guide.live_edition, "form": form, **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)
