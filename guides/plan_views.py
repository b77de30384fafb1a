"""The private pages of somebody's plan."""

from collections.abc import Callable, Iterator
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import door
from accounts.models import User
from guides.calendar_file import Event, calendar_file
from guides.models import Pathway, Plan, Step
from guides.plan_cookie import forget, plan_in, remember
from guides.plan_forms import StartForm

View = Callable[..., HttpResponse]

private = cache_control(private=True, no_store=True)


def _with_plan(view: View) -> View:
    """Give a view the plan that stands at its address for whoever asks; where there
    is none, lead to where one is made."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, slug: str) -> HttpResponse:
        pathway = get_object_or_404(Pathway.objects.with_steps(), slug=slug)
        kept = plan_in(request, pathway)
        plan = _plan_for(request, pathway, kept)
        if plan is None:
            return redirect("guides:plan-start", slug)
        response = view(request, plan)
        is_joined = kept and plan is not kept and request.method != "HEAD"
        return forget(response, pathway) if is_joined else response

    return inner


def _plan_for(request: HttpRequest, pathway: Pathway, kept: Plan | None) -> Plan | None:
    """The member's plan, into which goes what their browser kept while they were
    signed out; or what the browser keeps."""
    if not request.user.is_authenticated:
        return kept
    if kept and request.method != "HEAD":
        Plan.objects.join(kept, by=request.user)
        messages.success(request, "Your plan is kept in your account now.")
    return _plan_of(request.user, pathway)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_plan
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The plan by day, to tick what is done."""
    if request.method == "POST":
        done, before = (_chosen(request, plan, name) for name in ("done", "before"))
        plan.tick(done - before, before - done)  # what other tabs ticked stays
        # No message: it would need a session, and with it every page were personal.
        response = redirect(f"{plan.get_absolute_url()}#progress")
        return response if plan.pk else remember(response, plan)
    context = {"plan": plan, "pathway": plan.pathway}
    return render(request, "guides/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@door
def plan_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a plan, or give the one that is there other answers."""
    pathway = get_object_or_404(Pathway.objects.with_steps(), slug=slug)
    kept = plan_in(request, pathway)
    mine = _plan_of(request.user, pathway) if _is_member(request) else None
    plan = mine or kept
    typed = request.POST if request.method == "POST" else None
    form = StartForm(typed, pathway=pathway, plan=plan)
    if form.is_valid():
        return _started(request, pathway, kept, form.cleaned_data)
    context = {"form": form, "pathway": pathway, "plan": plan}
    status = 422 if form.is_bound else 200
    return render(request, "guides/plan_start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@_with_plan
def plan_delete(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Delete the plan with its ticks."""
    if request.method != "POST":
        context = {"plan": plan, "pathway": plan.pathway}
        return render(request, "guides/plan_delete.html", context)
    pathway = plan.pathway
    if plan.pk:
        plan.discard()
    return forget(redirect(pathway), pathway)


@require_safe
@_with_plan
def plan_file(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The plan as a file for calendars."""
    file = calendar_file(plan.pathway.title, _events(plan), timezone.now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    name = f'attachment; filename="{plan.pathway.slug}.ics"'
    response["Content-Disposition"], response["X-Robots-Tag"] = name, "noindex"
    return response


def _events(plan: Plan) -> Iterator[Event]:
    """Each step on its day, with a name by which calendars know it again. What should
    be done already is for today."""
    host = urlsplit(settings.SITE_URL).hostname
    for day in plan.days:
        is_late = day.is_by and plan.is_at_short_notice
        for step in day.steps:
            yield Event(
                uid=f"{plan.key.hex}-{step.pk}@{host}",
                on=timezone.localdate() if is_late else day.on,
                summary=f"Read: {step.name}" if step.reads else step.name,
                description=_description(step),
                url=settings.SITE_URL + (step.reads or plan).get_absolute_url(),
            )


def _description(step: Step) -> str:
    words = [step.part, step.why, f"You are done when {step.done_when}"]
    if step.is_withdrawn:
        words.insert(0, "This guide is withdrawn: ask your team instead.")
    return "\n\n".join(filter(None, words))


def _started(
    request: HttpRequest, pathway: Pathway, kept: Plan | None, answers: dict
) -> HttpResponse:
    if not _is_member(request):
        plan = kept or Plan(pathway=pathway)
        plan.change(**answers)
        return remember(redirect(plan), plan)
    if kept:  # its ticks; the answers are newer than its own
        Plan.objects.join(kept, by=request.user)
    plan = Plan.objects.start(pathway, by=request.user, **answers)
    return forget(redirect(plan), pathway) if kept else redirect(plan)


def _is_member(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not request.is_unsigned


def _plan_of(person: User, pathway: Pathway) -> Plan | None:
    plan = person.plans.filter(pathway=pathway).first()
    if plan:
        plan.pathway = pathway  # with its steps
    return plan


def _chosen(request: HttpRequest, plan: Plan, name: str) -> set[int]:
    """The keys of the plan's steps in a field; of others nothing is known."""
    typed = set(request.POST.getlist(name))
    return {step.pk for step in plan.steps if str(step.pk) in typed}
