"""A person's account: what is in it, and what becomes of it when they leave."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.notes import CuratorNote

GOES = {
    "accounts.curatornote.person": "What curators wrote down about you",
    "accounts.experience.person": "Your profile and your lines of experience",
    "account.emailaddress.user": "Your email addresses",
    "accounts.user_groups.user": "What you were allowed to do here",
    "accounts.user_user_permissions.user": "What you were allowed to do here",
    "admin.logentry.user": "The admin’s own list of what you changed there",
    "mfa.authenticator.user": "Your passkeys and second factors",
    "socialaccount.socialaccount.user": "Your connections to other sites",
    "usersessions.usersession.user": "The list of places where you were signed in",
}
STAYS = {
    "accounts.curatornote.by": "What you wrote down as a curator, without your name",
}


def export_for(person: User) -> dict[str, Any]:
    """All that the account holds, without what opens it."""
    identities = SocialAccount.objects.filter(user=person)
    sessions = UserSession.objects.filter(user=person)
    done = LogEntry.objects.filter(user=person)
    # Not who wrote about them, and not what they wrote about others.
    notes = {"about_you": person.curators_notes.values("words", "at")}
    notes["by_you"] = CuratorNote.objects.filter(by=person).values("at")
    return {
        "profile": _profile(person),
        "emails": list(person.emailaddress_set.values("email", "verified", "primary")),
        "experience": list(
            person.experiences.values(
                "role", "kind_of_body", "from_year", "to_year", "is_main"
            )
        ),
        "identities": list(
            identities.values(
                "provider", "uid", "date_joined", "last_login", "extra_data"
            )
        ),
        "second_factors": [
            {"name": str(one), "added": one.created_at, "last_used": one.last_used_at}
            for one in Authenticator.objects.filter(user=person)
        ],
        "sessions": list(
            sessions.values("ip", "user_agent", "created_at", "last_seen_at")
        ),
        "curators_notes": {name: list(rows) for name, rows in notes.items()},
        "done_in_the_admin": list(done.values("action_time", "change_message")),
    }


def forget(person: User) -> None:
    """End the sessions, which hold the address that was used to sign in, and take
    names out of the admin's lists; all else goes with the account."""
    person.sign_out_everywhere()
    _log_about(person).update(object_repr="A former member")


def _log_about(person: User) -> QuerySet[LogEntry]:
    addresses = person.emailaddress_set.values_list("email", flat=True)
    about = Q(object_repr__in=[person.email, *addresses])
    rows = [(model, [person]) for model in apps.get_models() if issubclass(model, User)]
    rows += [
        (model, model.objects.filter(user=person))
        for model in (SocialAccount, Authenticator)
    ]
    for model, own in rows:  # a proxy of User is logged under a name of its own
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        keys = [str(row.pk) for row in own]
        about |= Q(content_type=kind, object_id__in=keys)
    return LogEntry.objects.filter(about)


def _profile(person: User) -> dict[str, Any]:
    names = (
        *("display_name", "handle", "email", "date_joined", "last_login"),
        *("is_staff", "is_active", "is_held", "deletes_at"),
    )
    groups = [group.name for group in person.groups.all()]
    return {name: getattr(person, name) for name in names} | {"groups": groups}
