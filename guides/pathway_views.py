"""Pages about pathways: the same for everybody, but that members find their plans."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import door
from guides.models import Pathway, Plan
from guides.pathway_line import line_of
from guides.plan_forms import StartForm


@require_http_methods(["GET", "HEAD", "POST"])
@door
def pathway_list(request: HttpRequest) -> HttpResponse:
    """Every pathway; a member's plans; and the one to start with, for who answers
    three questions."""
    pathways = list(Pathway.objects.with_steps())
    form = StartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if pathway := form.pathway_among(pathways):
            return _sent_on(reverse("guides:plan-start", args=[pathway.slug]))
        form.add_error(None, "There is no pathway for this yet. Look at those below.")
    plans = Plan.objects.of(request.user)
    context = {"pathways": pathways, "form": form, "plans": plans}
    status = 422 if form.errors else 200
    return render(request, "guides/pathway_list.html", context, status=status)


@require_safe
def pathway_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The steps of a pathway by when they are due."""
    pathway = get_object_or_404(Pathway.objects.with_steps(), slug=slug)
    context = {
        "pathway": pathway,
        "line": line_of(pathway.stretches),
        "form": StartForm(pathway=pathway),
    }
    return render(request, "guides/pathway_detail.html", context)


def _sent_on(address: str) -> HttpResponse:
    """Have the browser send its form again, with the cookie that goes there alone."""
    return HttpResponseRedirect(address, preserve_request=True)
