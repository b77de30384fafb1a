"""Pages on which readers tell curators what is wrong."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import door
from discussions.door import network_of
from discussions.limits import TooMany
from discussions.models import Comment, Report
from discussions.report_forms import ReportForm
from guides.addresses import guide_at
from guides.models import Guide


@require_http_methods(["GET", "HEAD", "POST"])
@door
def report_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a comment, signed in or not."""
    seen = Comment.objects.visible_to(request.user)
    seen = seen.filter(thread__guide__in=Guide.objects.readable())
    related = "author", "thread__guide__live_edition"
    comment = seen.select_related(*related).filter(pk=pk).first()
    if comment is None or comment.is_stub:
        raise Http404
    return _report(request, comment.thread.guide, {"comment": comment})


@require_http_methods(["GET", "HEAD", "POST"])
@door
def report_guide(request: HttpRequest, slug: str) -> HttpResponse:
    """Report a guide, signed in or not."""
    guide, elsewhere = guide_at(request, slug, "discussions:report-guide")
    if elsewhere and request.method != "POST":
        return elsewhere
    if elsewhere or guide.live_edition is None:
        raise Http404
    return _report(request, guide, {"guide": guide})


@require_safe
def report_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that a report has arrived, and what happens next."""
    guide, elsewhere = guide_at(request, slug, "discussions:report-thanks")
    context = {"guide": guide}
    return elsewhere or render(request, "discussions/report_thanks.html", context)


def _report(
    request: HttpRequest, guide: Guide, about: dict[str, Guide | Comment]
) -> HttpResponse:
    form = ReportForm(request.POST if request.method == "POST" else None)
    status, waits = 200, 0
    if form.is_valid():
        try:
            _file(request, form.cleaned_data, about)
            return redirect("discussions:report-thanks", guide.slug)
        except TooMany as error:
            form.add_error(None, str(error))
            status, waits = 429, error.seconds
    elif form.is_bound:
        status = 422
    context = {"form": form, "guide": guide, **about}
    response = render(request, "discussions/report.html", context, status=status)
    if waits:
        response["Retry-After"] = waits
    return response


def _file(request: HttpRequest, typed: dict, about: dict) -> None:
    if typed["website"]:  # no person; the answer looks the same
        return
    Report.file(
        network=network_of(request),
        by=request.user if request.user.is_authenticated else None,
        reason=typed["reason"],
        words=typed["body"],
        **about,
    )
