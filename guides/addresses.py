"""What stands at a guide's address: the guide, or the way to where it went."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.models import User
from accounts.prepared import PreparedForReader
from guides.models import Guide, OldSlug

Answer = HttpResponse | None


def guide_at(
    request: HttpRequest, slug: str, route: str, *rest: object
) -> tuple[Guide, Answer]:
    """The guide at an address, and the answer to give instead of its page if the
    guide has moved, was merged or is gone.

    Raises Http404 when this reader may not know of it.
    """
    guide = next(iter(_guide_seen(request.user, slug)), None)
    if guide is None:
        visible = Guide.objects.visible_to(request.user)
        old = get_object_or_404(OldSlug, slug=slug, guide__in=visible)
        if request.method == "POST":  # a redirect would lose the words
            return old.guide, None
        return old.guide, _moved(request, route, old.guide, *rest)
    if guide.visibility == Guide.Visibility.MERGED:
        # Editions and threads of the one are not those of the other.
        route = route if route == "guides:markdown" else "guides:detail"
        return guide, _moved(request, route, guide.merged_into)
    if guide.visibility == Guide.Visibility.GONE:
        context = {"guide": guide, "reason": guide.visibility_reason}
        return guide, render(request, "410.html", context, status=410)
    return guide, None


def writable_guide_at(request: HttpRequest, slug: str) -> Guide:
    """The guide at an address of now or before, for those who may write it; for all
    others there is none. Raises Http404."""
    before = OldSlug.objects.filter(slug=slug).values("guide")
    editable = Guide.objects.editable_by(request.user).for_page()
    return get_object_or_404(editable, Q(slug=slug) | Q(pk__in=before))


def _at_slug(reader: User | AnonymousUser, slug: str) -> QuerySet:
    return Guide.objects.visible_to(reader).for_page().filter(slug=slug)[:1]


_guide_seen = PreparedForReader(_at_slug, str)


def _moved(request: HttpRequest, route: str, guide: Guide, *rest: object) -> Answer:
    query = request.META.get("QUERY_STRING", "")
    address = reverse(route, args=[guide.slug, *rest])
    return redirect(f"{address}?{query}" if query else address, permanent=True)
