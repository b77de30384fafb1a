"""Readers say whether a guide helped, with one click and without an account."""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.doors import door
from discussions.door import network_of
from guides.models import Guide, Reads

ONCE_IN = timedelta(days=1)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def helped(request: HttpRequest, slug: str) -> HttpResponse:
    """Count an answer, once a day for each person or network; then say thank you."""
    live = Guide.objects.live().select_related("live_edition")
    guide = get_object_or_404(live, slug=slug)
    if request.method != "POST":
        return render(request, "discussions/helped_thanks.html", {"guide": guide})
    answer = request.POST.get("answer", "")
    if answer not in {"yes", "no"}:
        return redirect(guide)
    if cache.add(_once(request, guide), "", ONCE_IN.total_seconds()):
        Reads.objects.say_whether_it_helped(guide, helped=answer == "yes")
    return redirect("discussions:helped", slug)


def _once(request: HttpRequest, guide: Guide) -> str:
    who = request.user.pk or network_of(request)
    return f"helped:{guide.pk}:{timezone.localdate()}:{who}"
