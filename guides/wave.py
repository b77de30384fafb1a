"""When a policy or a public body changes: every guide that rests on it says so.

Each verb is one transaction. Done again it changes nothing, so nothing is asked twice.
They raise ValidationError, in words for a curator, when what they are told cannot be.
"""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from guides.changes import POLICY_ENDED
from guides.citations import renew
from guides.models import Citation, Edition, Guide, GuideAction, ReviewTask
from guides.registers import before, what_became_of
from landscape.models import (
    FormerName,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
)

BATCH = 500
ENDED_FOR_GOOD = {"superseded", "withdrawn"}


@transaction.atomic
def supersede(
    policy: Policy,
    *,
    status: str,
    by,
    successor: Policy | None = None,
    on: str = "",
    scope: str = "",
    still_for: str = "",
) -> int:
    """Say that a policy has another status now, what replaced it, and as of when: a
    date as far as it is known. Returns how many guides are to be looked at.

    scope, still_for: for what it is replaced and for what it still holds, if not dead.
    """
    _lock(policy)
    ended = (on or policy.ended) if status in ENDED_FOR_GOOD else ""
    changed = _set(policy, status=status, ended=ended)
    if successor:
        replaces = {"policy": successor, "other": policy, "kind": "replaces"}
        parts = {"scope": scope, "still_for": still_for}
        changed |= _once(PolicyRelation, replaces, since=on, **parts)
    if not changed:
        return 0
    if status not in POLICY_ENDED:
        _call_off(policy, by=by, note=f"It is {policy.get_status_display().lower()}.")
        return 0
    return _open_tasks(policy, by=by)


@transaction.atomic
def reorganise(
    organisation: Organisation,
    *,
    status: str,
    by,
    on: str,
    into: Iterable[Organisation] = (),
    name: str = "",
    abbreviation: str = "",
    note: str = "",
) -> int:
    """Say what became of a public body and when. Returns how many guides are to be
    looked at.

    Renamed with a name: it goes on under that name. Renamed, merged or split with
    bodies: those took its place. Closed: nobody did.
    """
    _lock(organisation)
    into = list(into)
    if status == Organisation.Status.RENAMED and name and not into:
        changed = _rename(organisation, name, abbreviation, on)
    else:
        _check_heirs(status, into)
        changed = _set(organisation, status=status, closed=on)
        for heir in into:
            step = {"old": organisation, "new": heir, "on": on}
            changed |= _once(Succession, step, kind=status, note=note)
    if not changed:
        return 0
    _renew_texts(organisation)
    return _open_tasks(organisation, by=by)


def _name(source: Policy | Organisation) -> str:
    return source._meta.model_name


def _lock(source: Policy | Organisation) -> None:
    """Wait for whoever changes the row. Texts that cite it may be saved meanwhile."""
    rows = type(source).objects.select_for_update(of=["self"], no_key=True)
    rows.get(pk=source.pk)
    source.refresh_from_db()


def _set(source: Policy | Organisation, **given: str) -> bool:
    changed = [name for name in given if getattr(source, name) != given[name]]
    for name in changed:
        setattr(source, name, given[name])
    if changed:
        names = {field.name for field in source._meta.fields}
        source.clean_fields(exclude=names - {*changed})
        source.clean()
        source.validate_constraints()
        source.save(update_fields=changed)
    return bool(changed)


def _once(model: type[models.Model], about: dict, **more) -> bool:
    """Whether it had not been said before."""
    if model.objects.filter(**about).exists():
        return False
    row = model(**about, **more)
    row.full_clean()
    row.save()
    return True


def _check_heirs(status: str, into: list[Organisation]) -> None:
    needs = {"renamed": "Say what it is called now.", "closed": ""}
    needs |= {"merged": "Say into which body.", "split": "Say into which bodies."}
    if status not in needs:
        raise ValidationError("Say what became of it: renamed, merged, split, closed.")
    if needs[status] and not into:
        raise ValidationError(needs[status])
    if status == "closed" and into:
        raise ValidationError("A body that closed has nobody in its place.")


def _rename(body: Organisation, name: str, abbreviation: str, on: str) -> bool:
    if name == body.name:
        return False
    last = body.former_names.order_by("until").last()
    former = FormerName(
        organisation=body,
        name=body.name,
        abbreviation=body.abbreviation,
        since=last.until if last else body.opened,
        until=on,
    )
    former.full_clean()
    former.save()
    return _set(body, name=name, abbreviation=abbreviation)


def _open_tasks(source: Policy | Organisation, *, by) -> int:
    """Open a task on each live guide that cites the row and has none because of it."""
    about = {"cause": _name(source), _name(source): source}
    _hold_guides(source)
    waiting = ReviewTask.objects.open().filter(guide=models.OuterRef("pk"), **about)
    guides = list(
        Guide.objects.citing(source).filter(~models.Exists(waiting)).order_by("pk")
    )
    tasks = [ReviewTask(guide=guide, **about) for guide in guides]
    ReviewTask.objects.bulk_create(tasks, batch_size=BATCH)
    now = timezone.now()
    GuideAction.objects.bulk_create(
        (
            GuideAction(
                guide=guide, verb="follow-up", by=by, reason=str(source), told_at=now
            )
            for guide in guides
        ),
        batch_size=BATCH,
    )
    owners = sorted({guide.owner_id for guide in guides} - {None})
    if owners:
        mail = app.configure_task("guides.emails.affected")
        mail.batch_defer(
            *({"owner": owner, **{_name(source): source.pk}} for owner in owners)
        )
    return len(tasks)


def _call_off(source: Policy, *, by, note: str) -> None:
    _hold_guides(source)
    tasks = source.review_tasks.all()
    tasks.close(by=by, state=ReviewTask.State.DISMISSED, note=note)


def _hold_guides(source: Policy | Organisation) -> None:
    """Hold every guide that cites the row, in one order, so that none is published
    until this is done: its tasks are opened for what readers see then."""
    citing = Citation.objects.filter(
        edition__guide=models.OuterRef("pk"), **{_name(source): source}
    )
    rows = Guide.objects.filter(models.Exists(citing)).order_by("pk")
    list(rows.select_for_update(of=["self"], no_key=True).values_list("pk", flat=True))


def _renew_texts(organisation: Organisation) -> None:
    """Have every text that readers can find say what the body has become, and those
    that name a body whose place it took."""
    bodies = Organisation.objects.in_bulk(before(organisation))
    cited = Citation.objects.filter(
        organisation__in=bodies, edition__state__in=["published", "superseded"]
    )
    named: dict[int, dict[int, str]] = {}
    columns = "edition", "organisation", "shown_as"
    for edition, key, name in cited.values_list(*columns).order_by(*columns):
        named.setdefault(edition, {})[key] = name
    told = cache(lambda shown: what_became_of(bodies, dict(shown)))
    texts = []
    shown = "pk", "body_html", "explained_html"
    for pk, *both in Edition.objects.filter(pk__in=named).values_list(*shown):
        became = told(tuple(named[pk].items()))
        for key in named[pk]:
            told_now = bodies[key].slug, became.get(key, "")
            both = [renew(html, *told_now) for html in both]
        texts.append((pk, *both))
    Edition.objects.replace_html(texts)
