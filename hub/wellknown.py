"""Small files that browsers, crawlers and monitors ask for."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from guides.models import Guide, Topic
from hub.metrics import measured
from hub.models import Page


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return _now("ok")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the database answers and is migrated; says no more than that."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return _now("no database", 503)
    return _now("migrations wait", 503) if waiting else _now("ok")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Numbers for whoever watches the site and has the token; for all others there is
    no such page."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(given, token):
        raise Http404
    return _now(measured().strip())


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: all that readers may, but for searches."""
    return render(request, "hub/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """The site in one Markdown page, for language models and plain readers."""
    context = {
        "topics": Topic.objects.listed(),
        "guides": Guide.objects.live().for_cards().order_by("slug")[:1000],
        "pages": Page.objects.only("slug", "title", "summary"),
    }
    kind = "text/markdown; charset=utf-8"
    return render(request, "hub/llms.txt", context, content_type=kind)


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets a browser search here from its address bar."""
    kind = "application/opensearchdescription+xml"
    return render(request, "hub/opensearch.xml", content_type=kind)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness: RFC 9116. It may be trusted for half a year."""
    first = timezone.localdate().replace(day=1)
    context = {"expires": first + timedelta(days=183)}
    kind = "text/plain; charset=utf-8"
    return render(request, "hub/security.txt", context, content_type=kind)


@require_safe
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people: W3C's well-known address."""
    return redirect("account_change_password")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for those who ask at the old address."""
    return redirect(static("img/favicon.ico"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks on a home screen."""
    return JsonResponse(
        {
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME,
            "description": settings.STRAPLINE,
            "lang": "en-GB",
            "start_url": "/",
            "scope": "/",
            "display": "minimal-ui",
            "background_color": "#fdfcf9",
            "theme_color": "#005f45",
            "icons": [
                _icon("192", "any"),
                _icon("512", "any"),
                _icon("512", "maskable"),
            ],
        },
        content_type="application/manifest+json",
    )


def _icon(size: str, purpose: str) -> dict[str, str]:
    name = f"img/icon-{purpose}-{size}.png" if purpose == "maskable" else ""
    source = static(name or f"img/icon-{size}.png")
    sizes = f"{size}x{size}"
    return {"src": source, "sizes": sizes, "type": "image/png", "purpose": purpose}


def _now(words: str, status: int = 200) -> HttpResponse:
    answer = HttpResponse(f"{words}\n", status=status, content_type="text/plain")
    answer["Cache-Control"] = "no-store"
    return answer
