"""Makes what a test needs; each function takes what matters to the test."""

from functools import cache
from io import BytesIO
from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image as Pixels

from accounts import curators
from accounts.models import User
from discussions.models import Thread
from guides.models import Edition, Guide, Image, Topic
from guides.pictures import prepare

PASSWORD = "correct horse battery"
numbers = count(1)


def make_user(name: str = "Sample Member", **given) -> User:
    """A member with a confirmed e-mail address and PASSWORD."""
    given.setdefault("email", f"person{next(numbers)}@example.org")
    user = User.objects.create_user(password=PASSWORD, display_name=name, **given)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    return user


def make_curator(name: str = "Sample Curator") -> User:
    """Somebody who looks after the site, with the rights of every curator."""
    curator = make_user(name, is_staff=True)
    # A test that ends its own transactions empties every table, the group's too.
    group = Group.objects.filter(name=curators.NAME).first()
    curator.groups.add(group or curators.make_group())
    return curator


def make_topic(**given) -> Topic:
    """A topic."""
    number = next(numbers)
    given.setdefault("slug", f"topic-{number}")
    given.setdefault("title", f"Topic {number}")
    given.setdefault("summary", "What newcomers ask about it.")
    return Topic.objects.create(**given)


def make_guide(*, topics=(), jurisdictions=(), **given) -> Guide:
    """A guide without any edition."""
    given.setdefault("slug", f"guide-{next(numbers)}")
    given.setdefault("kind", "primer")
    given.setdefault("public_benefit", "People who claim once, on a bad day.")
    guide = Guide.objects.create(**given)
    guide.topics.set(topics)
    guide.jurisdictions.set(jurisdictions)
    return guide


def make_draft(guide: Guide | None = None, **given) -> Edition:
    """A draft that could be published."""
    given.setdefault("title", "Service assessments, without the fear")
    given.setdefault("summary", "What the panel asks and which evidence settles it.")
    given.setdefault("body", "## Who is in the room\n\nA lead assessor runs the day.")
    if given.get("state") == "submitted":
        given.setdefault("submitted_at", timezone.now())
    return Edition.objects.create(guide=guide or make_guide(), **given)


def publish(guide: Guide | None = None, **given) -> Guide:
    """A live guide, with one more edition than before."""
    given.setdefault("change_note", "The new rules of this year.")
    make_draft(guide := guide or make_guide(), **given).publish(by=None)
    guide.refresh_from_db()
    return guide


def make_comment(guide: Guide, by: User, body: str = "Who owns the budget?", **given):
    """A comment that opens a thread."""
    given.setdefault("key", f"00000000-0000-4000-8000-{next(numbers):012}")
    given.setdefault("kind", "question")
    return Thread.start(guide, by=by, body=body, **given)


def make_reply(to, by: User, body: str = "Your SRO, and early.", **given):
    """An answer to a comment."""
    given.setdefault("key", f"00000000-0000-4000-8000-{next(numbers):012}")
    return to.thread.reply(by=by, body=body, to=to, **given)


@cache
def picture_file(kind: str = "PNG", size: tuple[int, int] = (640, 400)) -> bytes:
    """A file with a plain picture in it."""
    file = BytesIO()
    Pixels.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def make_image(guide: Guide, by: User, **given) -> Image:
    """A picture in a guide."""
    given = {"alt": "The way a form goes.", "is_decorative": False, **given}
    return Image.objects.add(guide, prepare(picture_file()), by=by, **given)
