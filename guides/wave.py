"""When a policy or a public body changes: every guide that rests on it says so.

Each verb is one transaction. Done again it changes nothing, so nothing is asked twice;
done with another date it corrects the date, and asks nobody to look again. They raise
ValidationError, in words for a curator, when what they are told cannot be.

They wait in one order: for others who change what comes before and after, for the row,
for the guides that cite it and for the texts of these.
"""

from collections.abc import Iterable
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from guides.changes import POLICY_ENDED
from guides.models import Citation, Edition, Guide, GuideAction, ReviewTask
from guides.registers import before, what_became_of
from landscape.models import (
    FormerName,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
)
from landscape.models.cycles import take_turns

BATCH = 500
ENDED_FOR_GOOD = {"superseded", "withdrawn"}
AT_WORK = Organisation.Status.ACTIVE


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
    is_only: bool = False,
) -> int:
    """Say that a policy has another status now, what replaced it, and as of when: a
    date as far as it is known. Returns how many guides are to be looked at.

    scope, still_for: for what it is replaced and for what it still holds, if not dead.
    is_only: whether nothing else replaces it, whatever was said before. Of a policy
    that holds again, nothing else does.
    """
    take_turns(PolicyRelation)
    _lock(policy)
    has_ended = status in ENDED_FOR_GOOD
    _check_successor(status, successor, on, scope or still_for)
    was, ended = policy.status, policy.ended
    _set(policy, status=status, ended=(on or ended) if has_ended else "")
    is_news = was != status
    if is_only or (was in POLICY_ENDED and status not in POLICY_ENDED):
        is_news |= _unsay(policy, but=successor)
    if successor:
        about = {"policy": successor, "other": policy, "kind": "replaces"}
        rows = PolicyRelation.objects.filter(**about)
        is_news |= _say(rows, about, since=on, scope=scope, still_for=still_for)
    if on and has_ended and was in ENDED_FOR_GOOD and not is_news:
        policy.related.filter(kind="replaces", since=ended).update(since=on)
    if not is_news:
        return 0
    if status not in POLICY_ENDED:
        _hold_guides(policy)
        note = f"It is {policy.get_status_display().lower()}."
        _call_off(policy.review_tasks, by=by, note=note)
        return 0
    _hold_guides(policy)
    return _open_tasks(policy, by=by)


@transaction.atomic
def reorganise(
    organisation: Organisation,
    *,
    status: str,
    by,
    on: str = "",
    into: Iterable[Organisation] = (),
    name: str = "",
    abbreviation: str = "",
    note: str = "",
) -> int:
    """Say what became of a public body and when. Returns how many guides are to be
    looked at.

    Renamed with a name: it goes on under that name. Renamed, merged or split with
    bodies: those, and no others, took its place. Closed: nobody did. Active: none of
    this was so, or is so any more.
    """
    take_turns(Organisation, Succession)
    _lock(organisation)
    into = list(into)
    _check_heirs(status, into, name, abbreviation, note)
    if status == AT_WORK and on:
        raise ValidationError("A body that is at work has no day on which it ended.")
    if name:
        is_news = _rename(organisation, name, abbreviation, on)
    else:
        is_news = organisation.status != status
        _set(organisation, status=status, closed=on)
        is_news |= _succeed(organisation, into, kind=status, on=on, note=note)
    _tell_texts(organisation)
    if status == AT_WORK:
        if is_news:
            _call_off(_tasks_of_its_end(organisation), by=by, note="It is at work.")
        return 0
    return _open_tasks(organisation, by=by) if is_news else 0


def reopen(organisation: Organisation, *, by) -> None:
    """Say that a body is at work, although it was said here that it ended."""
    reorganise(organisation, status=AT_WORK, by=by)


@transaction.atomic
def respell(
    organisation: Organisation, *, name: str, by, abbreviation: str = ""
) -> None:
    """Correct a mistake in the name of a body. Texts keep what they show, and nobody is
    asked to look at them: it was never called so. They count as having its right name,
    so that a later change of it is told in them."""
    take_turns(Organisation, Succession)
    _lock(organisation)
    misspelt = organisation.name
    _set(organisation, name=name, abbreviation=abbreviation)
    _tell_texts(organisation, misspelt=misspelt)


@transaction.atomic
def retell(organisation: Organisation) -> None:
    """Have guides say what became of a body as its former names have it now."""
    take_turns(Organisation, Succession)
    _lock(organisation)
    _tell_texts(organisation)


def _name(source: Policy | Organisation) -> str:
    return source._meta.model_name


def _lock(source: Policy | Organisation) -> None:
    """Wait for whoever changes the row. Texts that cite it may be saved meanwhile."""
    rows = type(source).objects.select_for_update(of=["self"], no_key=True)
    rows.get(pk=source.pk)
    source.refresh_from_db()


def _set(source: Policy | Organisation, **given: str) -> None:
    changed = [name for name in given if getattr(source, name) != given[name]]
    for name in changed:
        setattr(source, name, given[name])
    if changed:
        names = {field.name for field in source._meta.fields}
        source.clean_fields(exclude=names - {*changed})
        source.clean()
        source.validate_constraints()
        source.save(update_fields=changed)


def _say(rows: models.QuerySet, about: dict, **more: str) -> bool:
    """Say a step, or more of one that was said before: what is empty stays as it is.
    Whether it had not been said."""
    row = rows.first()
    is_new = row is None
    row = row or rows.model(**about)
    for name, value in more.items():
        setattr(row, name, value or getattr(row, name))
    row.full_clean()
    row.save()
    return is_new


def _unsay(policy: Policy, *, but: Policy | None) -> bool:
    """Take back that others replace a policy. Whether any was said to."""
    steps = policy.related.filter(kind="replaces")
    gone, _ = steps.exclude(policy=but).delete() if but else steps.delete()
    return bool(gone)


def _check_successor(status: str, successor, on: str, scope: str) -> None:
    if successor and status in Policy.Status and status not in POLICY_ENDED:
        label = Policy.Status(status).label.lower()
        raise ValidationError(
            f"A policy that is {label} has nothing in its place: choose another status,"
            " or no policy. If a part of it was replaced, it was superseded, but still "
            "holds for something."
        )
    if on and status not in ENDED_FOR_GOOD and not successor:
        raise ValidationError(
            "Say which policy replaces it from that day, or leave the date empty: the "
            "day is of the end, or of what comes in its place."
        )
    if scope and not successor:
        raise ValidationError("Say which policy replaces that part.")


def _check_heirs(
    status: str, into: list[Organisation], name: str, abbreviation: str, note: str
) -> None:
    needs = {"renamed": "Say what it is called now.", "closed": "", AT_WORK: ""}
    needs |= {"merged": "Say into which body.", "split": "Say into which bodies."}
    if status not in needs:
        raise ValidationError("Say what became of it: renamed, merged, split, closed.")
    if not needs[status] and into:
        that = "is at work" if status == AT_WORK else "closed"
        raise ValidationError(f"A body that {that} has nobody in its place.")
    if name and into:
        raise ValidationError(
            "Say its new name, or which bodies are in its place, but not both."
        )
    if status == "renamed" and len(into) > 1:
        raise ValidationError(
            "A body that was renamed is one body now. If several are in its place, it "
            "was split."
        )
    if name and status != "renamed":
        raise ValidationError("Only a body that was renamed has a new name.")
    if abbreviation and not name:
        raise ValidationError("Say its new name too, even if only the short form is.")
    if needs[status] and not (into or name):
        raise ValidationError(needs[status])
    if note and not into:
        raise ValidationError(
            "A note stands beside the bodies in its place, and there are none."
        )


def _rename(body: Organisation, name: str, abbreviation: str, on: str) -> bool:
    """Whether it has another name now, and not only another day on which it got it."""
    last = body.former_names.order_by("until").last()
    is_news = name != body.name
    if not is_news and abbreviation not in {"", body.abbreviation}:
        raise ValidationError(
            "It has this name already. If only its short form is another one, choose "
            "“Correct its name”: the day on which it got its name stays as it is then."
        )
    if is_news:
        since = last.until if last else body.opened
        former = FormerName(organisation=body, since=since)
        former.name, former.abbreviation = body.name, body.abbreviation
    elif former := last:
        abbreviation = body.abbreviation
    else:
        raise ValidationError("It has this name already, and no other before it.")
    former.until = on
    former.full_clean()
    former.save()
    _set(body, name=name, abbreviation=abbreviation)
    return is_news


def _succeed(body: Organisation, into: list[Organisation], **more: str) -> bool:
    """Have these in the place of a body, and no others. Whether that is new."""
    steps = body.successions.whole()
    gone, _ = steps.exclude(new__in=into).delete()
    added = [
        _say(steps.filter(new=heir), {"old": body, "new": heir}, **more)
        for heir in into
    ]
    return bool(gone) or any(added)


def _open_tasks(source: Policy | Organisation, *, by) -> int:
    """Open a task on each live guide that cites the row. One that waits because of
    something older makes room: whoever looked at that has not seen this."""
    source.changed_at = timezone.now()
    source.save(update_fields=["changed_at"])
    about = {"cause": _name(source), _name(source): source}
    guides = list(Guide.objects.citing(source).order_by("pk"))
    ReviewTask.objects.open().filter(guide__in=guides, **about).delete()
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


def _call_off(tasks: models.QuerySet, *, by, note: str) -> None:
    """Close tasks of which the cause is gone. Called when their guides are held."""
    tasks.close(by=by, state=ReviewTask.State.DISMISSED, note=note)


def _tasks_of_its_end(body: Organisation) -> models.QuerySet:
    """Tasks that came from nothing but the end of a body. Where readers see a name
    that it had, somebody should look all the same."""
    names = body.former_names.exclude(name=body.name).values("name")
    shown = Citation.objects.filter(organisation=body, shown_as__in=names)
    shown = shown.filter(edition__live_guide=models.OuterRef("guide"))
    return body.review_tasks.exclude(models.Exists(shown))


def _hold_guides(*sources: Policy | Organisation) -> None:
    """Hold every guide that cites one of the rows, in one order, so that none is
    published until this is done: readers of each see what is so then."""
    citing = Citation.objects.filter(
        edition__guide=models.OuterRef("pk"), **{f"{_name(sources[0])}__in": sources}
    )
    rows = Guide.objects.filter(models.Exists(citing)).order_by("pk")
    list(rows.select_for_update(of=["self"], no_key=True).values_list("pk", flat=True))


def _tell_texts(organisation: Organisation, *, misspelt: str = "") -> None:
    """Have every text that readers can find say what the body has become, and those
    that name a body whose place it took. misspelt: how some wrote the name it has."""
    bodies = Organisation.objects.in_bulk(before(organisation))
    _hold_guides(*bodies.values())
    cited = Citation.objects.filter(
        organisation__in=bodies, edition__state__in=["published", "superseded"]
    )
    wrong = cited.filter(organisation=organisation, shown_as=misspelt)
    if misspelt not in {"", organisation.name}:
        wrong.update(shown_as=organisation.name)
    named: dict[int, dict[int, str]] = {}
    columns = "edition", "organisation", "shown_as"
    for edition, key, name in cited.values_list(*columns).order_by(*columns):
        named.setdefault(edition, {})[key] = name
    # Whoever explains terms waits for many texts too, in the same order.
    texts = Edition.objects.filter(pk__in=named).order_by("pk")
    list(texts.select_for_update(of=["self"], no_key=True).values_list("pk"))
    told = cache(lambda shown: what_became_of(bodies, dict(shown)))
    alike: dict[tuple[str, str], list[int]] = {}
    for edition, shown in named.items():
        became = told(tuple(shown.items()))
        for key in shown:
            words = bodies[key].slug, became.get(key, "")
            alike.setdefault(words, []).append(edition)
    for words, editions in alike.items():
        Edition.objects.filter(pk__in=editions).renew(*words)
