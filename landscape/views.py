"""Pages about policies, public bodies and the words of the trade, and the same as
JSON."""

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from landscape import holding
from landscape.as_json import (
    organisation_as_json,
    page_as_json,
    policy_as_json,
    relations_as_json,
    steps_as_json,
    term_as_json,
)
from landscape.becoming import events_of, heirs_of, picture_of, pictures_of
from landscape.filters import PolicyFilters, letter_in, words_in
from landscape.models import Organisation, Policy, PolicyRelation, Succession, Term
from landscape.names import letters_of, names_page
from landscape.paging import KeyPaginator, page_of
from landscape.tree import branches

ROWS_A_PAGE = 50
TERMS_A_PAGE = 100
MOST_BELOW = 300  # bodies that a page of the tree shows below its roots
LISTED = 100  # parts and policies of one body; the registers have the others


@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """Every policy by title, with filters and a search."""
    filters, page = _policies(request)
    context = {"page": page, "filters": filters}
    return render(request, "landscape/policy_list.html", context)


@require_safe
def policy_list_json(request: HttpRequest) -> HttpResponse:
    """The same rows for programs."""
    _, page = _policies(request)
    return JsonResponse(page_as_json(request, page, "policies", policy_as_json))


@require_safe
def policy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a policy is, whom it binds, and what came before and after it."""
    policy = get_object_or_404(Policy.objects.for_list(), slug=slug)
    relations = list(_relations(policy))
    replacing = [r for r in relations if r.is_step and r.other == policy]
    context = {
        "policy": policy,
        "limits": policy.limits,
        "heirs": holding.heirs_of(policy, replacing),
        "replaced": [r for r in relations if r.is_step and r.policy == policy],
        "replacing": replacing,
        "others": [r.seen_from(policy) for r in relations if not r.is_step],
        "terms": policy.terms.order_by("short"),
    }
    return render(request, "landscape/policy_detail.html", context)


@require_safe
def policy_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One policy for programs."""
    policy = get_object_or_404(Policy.objects.for_list(), slug=slug)
    told = policy_as_json(policy) | relations_as_json(_relations(policy))
    return JsonResponse(told)


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Public bodies as a tree, or by any name that they have or had."""
    words, letter = words_in(request.GET), letter_in(request.GET)
    context = {"words": words, "letter": letter, "letters": letters_of(Organisation)}
    if words or letter:
        context["page"] = names_page(request, words, letter, ROWS_A_PAGE)
        return render(request, "landscape/organisation_names.html", context)
    page = page_of(KeyPaginator(Organisation.objects.roots(), ROWS_A_PAGE), request)
    below = Organisation.objects.below([root.pk for root in page], MOST_BELOW)
    context |= {"page": page, "branches": branches(page, below)}
    context["pictures"] = pictures_of(context["branches"])
    context["is_cut"] = len(context["branches"]) >= MOST_BELOW + len(page)
    return render(request, "landscape/organisation_list.html", context)


@require_safe
def organisation_list_json(request: HttpRequest) -> HttpResponse:
    """Every body for programs, those that are no more too."""
    bodies = Organisation.objects.for_page()
    if words := words_in(request.GET):
        bodies = bodies.named(words).nearest_first(words, "name")
    page = page_of(KeyPaginator(bodies, ROWS_A_PAGE), request)
    told = page_as_json(request, page, "organisations", organisation_as_json)
    return JsonResponse(told)


@require_safe
def organisation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a body does, what it belongs to, and what became of it."""
    body = get_object_or_404(Organisation.objects.for_page(), slug=slug)
    steps = list(Succession.objects.line_of(body.pk))
    context = {
        "organisation": body,
        "parts": body.children.all()[:LISTED],
        "policies": body.policies.with_limits()[:LISTED],
        "heirs": heirs_of([body], steps).get(body.pk),
        "events": events_of(body, steps),
        "picture": picture_of(body, steps),
    }
    return render(request, "landscape/organisation_detail.html", context)


@require_safe
def organisation_json(request: HttpRequest, slug: str) -> HttpResponse:
    """One body for programs, with the line of those before and after it."""
    body = get_object_or_404(Organisation.objects.for_page(), slug=slug)
    steps = Succession.objects.line_of(body.pk)
    return JsonResponse(organisation_as_json(body) | steps_as_json(steps))


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the trade from A to Z."""
    context = {
        "words": words_in(request.GET),
        "letter": letter_in(request.GET),
        "letters": letters_of(Term),
        "page": _terms(request),
    }
    return render(request, "landscape/glossary.html", context)


@require_safe
def glossary_json(request: HttpRequest) -> HttpResponse:
    """The words of the trade for programs."""
    page = _terms(request)
    return JsonResponse(page_as_json(request, page, "terms", term_as_json))


@require_safe
def term_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a term means, and what else it means elsewhere."""
    term, *others = _meanings(slug)
    context = {"term": term, "others": others}
    return render(request, "landscape/term_detail.html", context)


@require_safe
def term_json(request: HttpRequest, slug: str) -> HttpResponse:
    """What a term means, for programs."""
    term, *others = map(term_as_json, _meanings(slug))
    return JsonResponse(term | {"other_meanings": others})


def _policies(request: HttpRequest) -> tuple[PolicyFilters, Page]:
    filters = PolicyFilters(request.GET)
    found = filters.apply(Policy.objects.for_list())
    return filters, page_of(KeyPaginator(found, ROWS_A_PAGE), request)


def _relations(policy: Policy):
    related = PolicyRelation.objects.filter(Q(policy=policy) | Q(other=policy))
    return related.select_related("policy", "other")


def _terms(request: HttpRequest) -> Page:
    found = Term.objects.for_list()
    if words := words_in(request.GET):
        found = found.named(words).nearest_first(words, "short")
    if letter := letter_in(request.GET):
        found = found.filter(short__istartswith=letter)
    return page_of(KeyPaginator(found, TERMS_A_PAGE), request)


def _meanings(slug: str) -> list[Term]:
    term = get_object_or_404(Term.objects.only("short"), slug=slug)
    return list(Term.objects.alike(term))
