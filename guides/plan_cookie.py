"""How a browser keeps the plan of somebody who is signed out.

Its cookie goes to the addresses of that one plan alone, so that every other page stays
the same for everybody.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guides.models import Pathway, Plan
from guides.models.plan import ANSWERS

SALT = "guides.plan"
UNREADABLE = (KeyError, TypeError, ValueError, ValidationError)
KEPT_FOR = timedelta(days=400)  # a plan may start a year from now; browsers' own limit


def plan_in(request: HttpRequest, pathway: Pathway) -> Plan | None:
    """The plan that this browser keeps for a pathway. One that is too old, or that is
    not as we signed it, is none."""
    cookie = request.COOKIES.get(settings.PLAN_COOKIE_NAME, "")
    try:
        told = signing.loads(cookie, salt=SALT, max_age=KEPT_FOR)
        if told["pathway"] != pathway.pk:
            return None
        answers = {name: told[name] for name in ANSWERS}
        answers["starts_on"] = date.fromisoformat(answers["starts_on"])
        plan = Plan(pathway=pathway, key=UUID(told["key"]), **answers)
        plan.done = set(told["done"])
        # An older release may have known other places and roles.
        plan.clean_fields(exclude=["person", "pathway"])
    except (signing.BadSignature, *UNREADABLE):
        return None
    return plan


def remember(response: HttpResponse, plan: Plan) -> HttpResponse:
    """Give the browser a plan to keep, as it is now."""
    told = {name: str(getattr(plan, name)) for name in ANSWERS}
    steps = {step.pk for step in plan.pathway.steps.all()}
    told |= {"pathway": plan.pathway.pk, "key": plan.key.hex}
    # No more than there are, so that it stays small.
    told["done"] = sorted(plan.done & steps)
    response.set_cookie(
        settings.PLAN_COOKIE_NAME,
        signing.dumps(told, salt=SALT, compress=True),
        path=_path(plan.pathway),
        max_age=int(KEPT_FOR.total_seconds()),
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, pathway: Pathway) -> HttpResponse:
    """Let the browser keep no plan for a pathway any more."""
    name, path = settings.PLAN_COOKIE_NAME, _path(pathway)
    response.delete_cookie(name, path=path, samesite="Lax")
    return response


def _path(pathway: Pathway) -> str:
    return reverse("guides:plan", args=[pathway.slug])
