"""Every name that public bodies have or had, from A to Z."""

from django.core.paginator import Page, Paginator
from django.db.models import CharField, F, Model, QuerySet, Value
from django.db.models.functions import Left, Upper
from django.http import HttpRequest

from landscape.becoming import heirs_of
from landscape.filters import LETTERS
from landscape.models import FormerName, Organisation, Term
from landscape.models.named import are_named
from landscape.paging import page_of

FIRST_OF = {Organisation: "name", FormerName: "name", Term: "short"}


def letters_of(model: type[Organisation | Term]) -> list[str]:
    """The letters with which names begin."""
    models = [Organisation, FormerName] if model is Organisation else [model]
    first, *others = (_first_letters(each) for each in models)
    found = set(first.union(*others).order_by())
    return [letter for letter in LETTERS if (letter,) in found]


def names_page(request: HttpRequest, words: str, letter: str, size: int) -> Page:
    """One page of the names that have these words or begin with the letter. A name of
    the past says what the body is called today, or who has its work."""
    now = _narrowed(Organisation.objects.all(), words, letter)
    once = _narrowed(FormerName.objects.all(), words, letter)
    nothing = Value("", output_field=CharField())
    rows = _told(now, "", today=nothing, begun=nothing, ended=F("closed")).union(
        _told(
            once,
            "organisation__",
            today=F("organisation__name"),
            begun=F("since"),
            ended=F("until"),
        ),
        all=True,
    )
    page = page_of(Paginator(rows.order_by("name", "key"), size), request)
    page.object_list = list(page.object_list)
    ended = [Organisation(pk=row["key"], status=row["state"]) for row in page]
    heirs = heirs_of(ended)
    for row in page:
        row["heirs"] = heirs.get(row["key"], [])
    return page


def _narrowed(rows: QuerySet, words: str, letter: str) -> QuerySet:
    if words:
        rows = rows.filter(are_named(words))
    if letter:
        rows = rows.filter(name__istartswith=letter)
    return rows.order_by()


def _told(rows: QuerySet, body: str, **given) -> QuerySet:
    return rows.values(
        "name",
        "abbreviation",
        key=F(f"{body}pk"),
        page=F(f"{body}slug"),
        state=F(f"{body}status"),
        is_doubted=F(f"{body}needs_check"),
        **given,
    )


def _first_letters(model: type[Model]) -> QuerySet:
    letter = Upper(Left(FIRST_OF[model], 1))
    return model.objects.order_by().values_list(letter).distinct()
