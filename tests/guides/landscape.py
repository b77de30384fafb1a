"""Policies, bodies and terms for tests of what guides cite."""

from landscape.models import Organisation, Policy, PolicyRelation, Term
from tests.factories import make_guide, numbers, publish


def make_policy(**given) -> Policy:
    """A policy that holds."""
    number = next(numbers)
    given.setdefault("slug", f"policy-{number}")
    given.setdefault("title", f"Policy {number}")
    given = {
        "kind": "standard",
        "status": "in-force",
        "force": "mandatory-central",
        "reach": "encouraged",
        "address": "https://policy.example/",
        "summary": "What services must meet.",
        "why": "Assessors ask for it.",
    } | given
    return Policy.objects.create(**given)


def make_policy_in_part() -> Policy:
    """A policy that another one replaced for some cases only."""
    new = make_policy(slug="new-rules", title="New rules")
    old = make_policy(
        slug="old-rules", title="Old rules", status="superseded", ended="2025-02-24"
    )
    PolicyRelation.objects.create(
        policy=new,
        other=old,
        kind="replaces",
        since="2025-02-24",
        scope="for new contracts",
        still_for="for older ones",
    )
    return old


def make_body(**given) -> Organisation:
    """A public body at work."""
    number = next(numbers)
    given.setdefault("slug", f"body-{number}")
    given.setdefault("name", f"Body {number}")
    return Organisation.objects.create(**{"kind": "team"} | given)


def make_term(**given) -> Term:
    """A term with one meaning."""
    given = {"slug": "ao", "short": "AO", "long": "accounting officer"} | given
    given.setdefault("kind", "acronym")
    return Term.objects.create(**{"meaning": "Who answers for money."} | given)


def citing(row, owner=None, **given):
    """A live guide that cites a policy, a body or a term."""
    kind = {"organisation": "org"}.get(row._meta.model_name, row._meta.model_name)
    given.setdefault("body", f"## Why\n\nIt rests on [[{kind}:{row.slug}]].")
    return publish(make_guide(owner=owner), **given)
