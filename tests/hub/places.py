"""Rows in every state, for the matrix of permissions, and who is who to them."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from accounts.models import User
from accounts.notes import CuratorNote
from discussions.models import Comment, MailChoice, Member, Report
from guides.models import EmptySearch, Guide, Image, Reads, UnknownAcronym
from guides.pictures import prepare
from guides.wave import supersede
from hub.models import HomeSection, Page
from landscape.models import Jurisdiction, Organisation, Term
from tests.factories import (
    make_comment,
    make_curator,
    make_draft,
    make_guide,
    make_reply,
    make_topic,
    make_user,
    picture_file,
    publish,
)
from tests.guides.landscape import citing, make_policy
from tests.guides.pathways import make_pathway, make_plan
from tests.hub.matrix import session_of

UNSEEN = ("draft", "submitted", "ready", "scheduled")
SHUT = ("merged", "gone")
SECRET = (
    *(*UNSEEN, "renamed", "next", *SHUT),
    *("said-held", "said-held-reply", "said-answered-held"),
    *("said-hidden", "said-spam", "said-answered-spam"),
)
ABSENT = "absent"
NO_ROW = 10**15
HIDING = {
    "published": {},
    "held": {"held_reason": "first"},
    "hidden": {"hidden_reason": "Off the topic."},
    "deleted": {"body": "", "body_html": ""},
    "spam": {},
}


@dataclass(frozen=True)
class Place:
    """A row behind an address: its state, and what the address says."""

    state: str
    args: tuple = ()


def secret(state: str) -> str:
    """A word that stands only in the text of what is in this state."""
    return f"quokka{state.replace('-', '')}quokka"


def secrets_from(role: str) -> list[bytes]:
    """The words that this role must not find at any address outside the admin."""
    known: set[str] = set()
    if role in ("curator", "superuser", "viewer", "author"):
        known |= {*UNSEEN, "renamed", "next"}
    if role in ("curator", "superuser", "author"):
        known |= set(SHUT)  # who may write a guide may go on with its text
    if role in ("curator", "superuser", "viewer", "member"):
        known |= {"said-held", "said-held-reply", "said-answered-held"}
    return [secret(state).encode() for state in SECRET if state not in known]


def make_people() -> dict[str, User]:
    """Everybody who may come, by what they are to the rows."""
    people = {
        role: make_user(f"Sample {role.title()}")
        for role in ("unconfirmed", "member", "author", "other author")
    }
    people["unconfirmed"].emailaddress_set.update(verified=False)
    people["curator"] = make_curator()
    people["staff"] = make_user("Sample Staff", is_staff=True)
    people["viewer"] = make_user("Sample Viewer", is_staff=True)
    to_look = Permission.objects.filter(codename__startswith="view_")
    people["viewer"].user_permissions.set(to_look)
    people["suspended"] = make_user("Sample Suspended", is_active=False)
    people["deleted"] = make_user("Sample Deleted")
    people["superuser"] = make_user("Sample Root", is_staff=True, is_superuser=True)
    return people


def make_places(people: dict[str, User]) -> dict[str, list[Place]]:
    """Places of each kind: those of a guide, of a comment, of a person and so on.

    The guides are the author's, the comments the member's.
    """
    guides = make_guides(people["author"])
    guides["other"] = publish(make_guide(owner=people["other author"]))
    places = _of_guides(guides, people["author"])
    places |= _of_comments(guides, people)
    places |= _of_people(people)
    places["topic"] = _topics(guides)
    rows = make_rows(people, guides["live"])
    places["section"] = [Place("kept", [HomeSection.objects.first().pk])]
    places["version"] = [Place("kept", [rows["page"].pk, 1])]
    places["page"] = [Place("kept", ["about"])]
    for kind in "policy", "organisation", "term", "pathway":
        places[kind] = [Place("listed", [rows[kind].slug])]
    places["reset key"] = [Place("stale", ["uid", "key"])]
    places["passkey"] = [Place("any", [NO_ROW])]
    _add_absent(places)
    return places | {"": [Place("the only one")]}


def make_guides(author: User) -> dict[str, Guide]:
    """A guide of the author in each state, with a secret word in its newest edition."""
    guides = {}
    for state in UNSEEN:
        given = {"state": state, **_words(state, author)}
        if state == "scheduled":
            given["scheduled_for"] = timezone.now() + timedelta(days=1)
        guides[state] = make_draft(make_guide(owner=author), **given).guide
    renamed = make_draft(make_guide(owner=author), **_words("renamed", author))
    guides["renamed"] = renamed.guide
    for state in "live", "next", "withdrawn", *SHUT:
        words = _words(state, author) if state in SHUT else {"created_by": author}
        guide = make_guide(owner=author, topics=[make_topic()])
        guides[state] = publish(guide, **words)
    make_draft(guides["next"], **_words("next", author))
    return guides


def shut(guides: dict[str, Guide]) -> None:
    """Take away what is to be away, once all that stands in it is there."""
    guides["withdrawn"].withdraw(by=None, reason="Out of date.")
    guides["merged"].merge(into=guides["live"], by=None)
    guides["gone"].mark_gone(by=None, reason="It was wrong.")


def _words(state: str, author: User) -> dict[str, object]:
    word = secret(state)
    text = f"unseenword {word}"
    return {"title": text, "summary": text, "body": text, "created_by": author}


def _of_guides(guides: dict[str, Guide], author: User) -> dict[str, list[Place]]:
    mine = {state: guide for state, guide in guides.items() if state != "other"}
    places = {"guide": [Place(state, [g.slug]) for state, g in mine.items()]}
    numbers = [(state, g, 2 if state == "next" else 1) for state, g in mine.items()]
    numbers.append(("live", guides["next"], 1))
    places["edition"] = [Place(state, [g.slug, n]) for state, g, n in numbers]
    places["pair"] = [Place(state, [g.slug, 1, n]) for state, g, n in numbers]
    images = {state: _image(guide, author) for state, guide in mine.items()}
    places["image"] = [Place(state, [i.name, i.size[0]]) for state, i in images.items()]
    places["image name"] = [Place(state, [i.name]) for state, i in images.items()]
    places["own image"] = [
        Place(state, [mine[state].slug, image.name]) for state, image in images.items()
    ]
    elsewhere = Place("elsewhere", [guides["other"].slug, images["live"].name])
    places["own image"].append(elsewhere)
    return places


@cache
def _picture():
    return prepare(picture_file(size=(480, 300)))


def _image(guide: Guide, author: User) -> Image:
    given = {"by": author, "alt": "The way a form goes.", "is_decorative": False}
    return Image.objects.add(guide, _picture(), **given)


def _of_comments(guides, people) -> dict[str, list[Place]]:
    """Comments in each state, each in its own thread, and in each kind of guide."""
    comments = {state: _comment(guides["live"], people, state) for state in HIDING}
    for state in "held", "spam":
        answered = _comment(guides["live"], people, f"answered-{state}")
        make_reply(answered, people["author"])
        comments[f"answered-{state}"] = _put(answered, state)
    for state in "withdrawn", *SHUT:
        comments[state] = _comment(guides[state], people, state)
    held = make_reply(
        comments["published"], people["member"], secret("said-held-reply")
    )
    comments["held-reply"] = _put(held, "held")
    shut(guides)
    _rename(guides["renamed"])
    threads = [
        Place(state, [comment.thread.guide.slug, comment.thread_id])
        for state, comment in comments.items()
        if state != "held-reply"
    ]
    of_other = [guides["other"].slug, comments["published"].thread_id]
    return {
        "comment": [Place(state, [c.pk]) for state, c in comments.items()],
        "thread": [*threads, Place("elsewhere", of_other)],
    }


def _rename(guide: Guide) -> None:
    old = guide.slug
    guide.rename(f"{old}-moved", by=None)
    guide.slug = old


def _comment(guide: Guide, people, state: str) -> Comment:
    comment = make_comment(guide, people["member"], secret(f"said-{state}"))
    return _put(comment, state) if state in HIDING else comment


def _put(comment: Comment, state: str) -> Comment:
    Comment.objects.filter(pk=comment.pk).update(state=state, **HIDING[state])
    return comment


def _of_people(people) -> dict[str, list[Place]]:
    line = people["member"].experiences.create(role="delivery manager")
    token = MailChoice.token(people["member"], "replies")
    return {
        "person": [
            Place("away" if role == "suspended" else "here", [person.handle])
            for role, person in people.items()
            if role != "deleted"
        ],
        "experience": [Place("member's", [line.pk])],
        "mail token": [Place("signed", [token])],
        "session": [Place("member's", [_other_browser(people["member"]).pk])],
    }


def _other_browser(person: User) -> UserSession:
    return UserSession.objects.create(
        user=person, session_key=session_of(person), ip="127.0.0.1", user_agent="Phone"
    )


def _topics(guides) -> list[Place]:
    merged = make_topic()
    merged.merge(into=guides["live"].topics.first(), by=None)
    listed = guides["live"].topics.first()
    return [Place("listed", [listed.slug]), Place("merged", [merged.slug])]


def make_rows(people, guide: Guide) -> dict[str, object]:
    """A row of every kind that the admin lists and no other part has made."""
    page = Page.objects.create(slug="about", title="About", summary="What.", body="Us.")
    page.keep(by=None, note="First published.")
    Report.file(network="n", by=people["author"], guide=guide, reason="wrong", words="")
    comment = Comment.objects.approved().first()
    given = {"comment": comment, "reason": "unkind", "words": ""}
    Report.file(network="n", by=people["author"], **given)
    person = Member.objects.get(pk=people["unconfirmed"].pk)
    person.hold(by=people["curator"], reason="To look at.")
    guide.verify(by=people["author"], basis="used")
    EmptySearch.objects.record("xylophone")
    Reads.objects.add({guide.pk: 1})
    Group.objects.get_or_create(name="Helpers")
    CuratorNote.objects.create(person=people["member"], words="Was kind.")
    Authenticator.objects.create(user=people["member"], type="totp", data={})
    Jurisdiction.objects.get_or_create(slug="england", name="England")
    body, _ = Organisation.objects.get_or_create(
        slug="hmrc", name="HMRC", kind="department"
    )
    term = Term.objects.create(slug="sro", short="SRO", meaning="Who.", kind="acronym")
    UnknownAcronym.objects.create(short="TLA", guides=2)
    citing(policy := make_policy(), owner=people["author"])
    supersede(policy, status="being-replaced", by=people["curator"])
    make_plan(people["member"], pathway := make_pathway())
    rows = {"page": page, "policy": policy, "organisation": body, "term": term}
    return rows | {"pathway": pathway}


def _add_absent(places: dict[str, list[Place]]) -> None:
    """Beside the places of each kind, the address of one that is not there."""
    for kind, found in places.items():
        args = [_absent(kind, part) for part in found[0].args]
        if kind == "thread":
            args[0] = found[0].args[0]
        elif isinstance(args[0], str):
            args[1:] = found[0].args[1:]  # a guide that is not there is enough
        found.append(Place(ABSENT, args))


def _absent(kind: str, part: object) -> object:
    if isinstance(part, int):
        return NO_ROW
    return f"{'z' * 22}-480x300" if kind.startswith("image") else "nowhere"


def first_row(model) -> object:
    """Any row of a model. The admin's addresses need one of each."""
    row = apps.get_model(model)._default_manager.order_by("pk").first()
    assert row is not None, f"make a row of {model} in make_rows"
    return row
