"""A person's account: what is in it, and what becomes of it when they leave."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

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
    """Take the name out of the admin's lists; all else goes with the account."""
    people = ContentType.objects.get_for_model(User)
    about = LogEntry.objects.filter(content_type=people, object_id=str(person.pk))
    about.update(object_repr="A former member")


def _profile(person: User) -> dict[str, Any]:
    names = (
        *("display_name", "handle", "email", "date_joined", "last_login"),
        *("is_staff", "is_active", "is_held", "deletes_at"),
    )
    groups = [group.name for group in person.groups.all()]
    return {name: getattr(person, name) for name in names} | {"groups": groups}
