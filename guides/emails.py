"""What people are told by email about their guides. The worker writes and sends."""

from operator import attrgetter

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from guides.jobs import job
from guides.models import Guide, GuideAction, ReviewTask

HEADERS = {"Auto-Submitted": "auto-generated"}
SILENT = {"discard", "restore-edition", "describe", "follow-up", "dismiss"}
BETWEEN_TWO = {"offer", "accept", "decline"}  # told to the other person alone


@job
@transaction.atomic
def acted(action: int) -> None:
    """Tell those whom it concerns what was done to a guide, once."""
    related = ["guide__owner", "edition__created_by", "edition__reviewer"]
    related += ["by", "person", "former_owner"]
    rows = GuideAction.objects.select_for_update(of=["self"]).select_related(*related)
    found = rows.filter(pk=action, told_at__isnull=True).first()
    if found is None or found.verb in SILENT:
        return
    for person in people_told(found):
        _send("acted", person, _words_about(found, person))
    found.told_at = timezone.now()
    found.save(update_fields=["told_at"])


@transaction.atomic
def remind(owner: User) -> None:
    """One mail with all guides of an owner that are to be looked at again."""
    waiting = Guide.objects.to_remind().filter(owner=owner).with_affected()
    # Held in the order in which a change of a policy holds them, told by their days.
    held = waiting.order_by("pk").select_for_update(of=["self"])
    guides = sorted(held.select_related("live_edition"), key=attrgetter("due_on"))
    if guides:
        _send("reminder", owner, {"guides": guides})
        today = timezone.localdate()
        Guide.objects.filter(pk__in=[g.pk for g in guides]).update(reminded_on=today)


@job
@transaction.atomic
def affected(owner: int, policy: int | None = None, organisation: int | None = None):
    """Tell an owner once which of their guides rest on what has changed."""
    rows = ReviewTask.objects.waiting().filter(guide__owner=owner, told_at=None)
    rows = rows.filter(policy=policy, organisation=organisation)
    held = list(rows.select_for_update(of=["self"]).values_list("pk", flat=True))
    tasks = ReviewTask.objects.filter(pk__in=held).with_changes().with_titles()
    tasks = list(tasks.select_related("guide__owner").order_by("pk"))
    if not tasks or not (change := tasks[0].change):
        return
    person = tasks[0].guide.owner
    if person.is_active:
        guides = [task.guide for task in tasks]
        _send("affected", person, {"guides": guides, "change": change})
    ReviewTask.objects.filter(pk__in=held).update(told_at=timezone.now())


def people_told(action: GuideAction) -> list[User]:
    """Who hears of it: those who write and look after the guide, and whom it names.

    Whoever did it knows, but for a receipt of what they handed in.
    """
    writers = [action.guide.owner]
    if action.edition:
        writers.append(action.edition.created_by)
    if action.verb == "take-back" and action.edition:
        writers.append(action.edition.reviewer)
    told = [action.person]
    if action.verb not in BETWEEN_TWO:
        told += [*writers, action.former_owner]
    unique = {person.pk: person for person in told if person and person.is_active}
    if action.verb != "submit" and action.by:
        unique.pop(action.by_id, None)
    return list(unique.values())


def _words_about(action: GuideAction, person: User) -> dict[str, object]:
    guide = action.guide
    edition = action.edition or guide.live_edition
    return {
        "action": action,
        "guide": guide,
        "edition": edition,
        "title": edition.title if edition else guide.slug,
        "is_named": person == action.person,
        "is_writer": bool(edition) and edition.is_written_by(person),
    }


def _send(name: str, person: User, words: dict[str, object]) -> None:
    own = person.emailaddress_set.filter(email=F("user__email"), verified=True)
    if not own.exists():
        return
    site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
    words |= {"current_site": site, "contact_email": settings.CONTACT_EMAIL}
    words |= {"person": person, "desk": settings.SITE_URL + reverse("guides:desk")}
    template = f"emails/guides/{name}"
    get_adapter().render_mail(template, person.email, words, HEADERS).send()
