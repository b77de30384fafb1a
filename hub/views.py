"""Home, search and the pages about the site."""

from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guides.facets import Kind, Stage
from guides.reads import count_search
from hub.home import home_page
from hub.models import Page
from hub.search import RESULTS_A_PAGE, Search
from landscape.paging import page_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, and below it what curators put there."""
    return render(request, "hub/home.html", home_page())


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Guides that answer the words typed."""
    search = Search(request.GET, is_recorded=request.method == "GET")
    page = page_of(Paginator(search.ids, RESULTS_A_PAGE), request)
    if search.is_found_as_typed and page.number == 1:
        count_search(request, search.words)
    context = {
        "search": search,
        "page": page,
        "results": search.results(page.object_list),
        "kinds": Kind.choices,
        "stages": Stage.choices,
        "topics": search.topics,
    }
    return render(request, "hub/search.html", context)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page about the site, such as the house rules."""
    context = {"page": get_object_or_404(Page, slug=slug)}
    return render(request, "hub/page.html", context)


@require_safe
@staff_member_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for those who build pages."""
    return render(request, "hub/styleguide.html")
