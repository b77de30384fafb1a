"""Pages of a list, asked for by number."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest


def page_of(paginator: Paginator, request: HttpRequest) -> Page:
    """The page the address asks for, the first unless it says.

    Raises Http404 for a page that is not a number or not there.
    """
    number = request.GET.get("page", "1")
    if len(number) > 9:
        raise Http404("There is no such page in this list.")
    try:
        return paginator.page(number)
    except (EmptyPage, PageNotAnInteger):
        raise Http404("There is no such page in this list.") from None
