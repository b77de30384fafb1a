"""The registers as JSON. What a field is called here stays: others build on it.

A date that is known in part is told as far as it is known, as in ISO 8601: 2024,
2024-06 or 2024-06-01; null is unknown. Doubts are told beside what they are about.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest

from landscape.models import Organisation, Policy, PolicyRelation, Succession, Term
from landscape.models.checked import Checked

Json = dict[str, Any]


def page_as_json(
    request: HttpRequest, page: Page, name: str, row: Callable[..., Json]
) -> Json:
    """One page of a register. name: what its rows are called."""
    return {
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "next": _page_after(request, page),
        name: [row(each) for each in page],
    }


def policy_as_json(policy: Policy) -> Json:
    """A policy. It is `for_list`."""
    return {
        **_address(policy),
        "title": policy.title,
        "abbreviation": policy.abbreviation,
        "aliases": policy.aliases,
        "kind": policy.kind,
        "status": policy.status,
        "limits": policy.limits or None,
        "force": policy.force,
        "reach": policy.reach,
        "owner": policy.owner and _reference(policy.owner, policy.owner.name),
        **_dates(policy, "issued", "in_force_from", "ended"),
        "address": policy.address,
        "summary": policy.summary,
        "why": policy.why,
        "places": policy.places,
        **_doubts(policy),
    }


def relations_as_json(relations: Iterable[PolicyRelation]) -> Json:
    """What policies do to one another."""
    return {
        "relations": [
            {
                "kind": relation.kind,
                "policy": _reference(relation.policy, relation.policy.title),
                "other": _reference(relation.other, relation.other.title),
                **_dates(relation, "since"),
                "scope": relation.scope,
                "still_for": relation.still_for,
                "is_to_come": relation.is_to_come,
            }
            for relation in relations
        ]
    }


def organisation_as_json(body: Organisation) -> Json:
    """A public body. It has `places`, `called` and its parent."""
    return {
        **_address(body),
        "name": body.name,
        "abbreviation": body.abbreviation,
        "aliases": body.aliases,
        "former_names": [
            told | {"since": told["since"] or None} for told in body.called
        ],
        "kind": body.kind,
        "status": body.status,
        **_dates(body, "opened", "closed"),
        "parent": body.parent and _reference(body.parent, body.parent.name),
        "purpose": body.purpose,
        "address": body.address or None,
        "places": body.places,
        **_doubts(body),
    }


def steps_as_json(steps: Iterable[Succession]) -> Json:
    """How bodies took the place of others."""
    return {
        "successions": [
            {
                "kind": step.kind,
                "from": _reference(step.old, step.old.name),
                "to": _reference(step.new, step.new.name),
                **_dates(step, "on"),
                "note": step.note,
            }
            for step in steps
        ]
    }


def term_as_json(term: Term) -> Json:
    """One meaning of a term. It has `places`, and what it refers to."""
    now, policy, body = term.replaced_by, term.policy, term.organisation
    return {
        **_address(term),
        "short": term.short,
        "long": term.long,
        "meaning": term.meaning,
        "kind": term.kind,
        "aliases": term.aliases,
        **_dates(term, "since", "until"),
        "replaced_by": now and _reference(now, now.short),
        "policy": policy and _reference(policy, policy.title),
        "organisation": body and _reference(body, body.name),
        "sources": term.sources,
        "places": term.places,
        **_doubts(term),
    }


def _address(row: Policy | Organisation | Term) -> Json:
    return {"slug": row.slug, "url": f"{settings.SITE_URL}{row.get_absolute_url()}"}


def _reference(row: Policy | Organisation | Term, name: str) -> Json:
    return {**_address(row), "name": name}


def _dates(row: Any, *names: str) -> Json:
    return {name: getattr(row, name) or None for name in names}


def _doubts(row: Checked) -> Json:
    return {
        "checked_on": row.checked_on,
        "needs_check": row.needs_check,
        "check_note": row.check_note,
    }


def _page_after(request: HttpRequest, page: Page) -> str | None:
    if not page.has_next():
        return None
    query = request.GET.copy()
    query["page"] = page.next_page_number()
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"
