"""Pages of a list, asked for by number."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest


class KeyPaginator(Paginator):
    """Takes the keys of one page and then its rows, so that what is added to each row
    is not worked out for all rows before it too."""

    def page(self, number: int | str) -> Page:
        """The rows of one page."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self.object_list.values("pk")[first : first + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=keys), number, self)


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
