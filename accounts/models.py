"""The people of the site."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify

from accounts.experience import Experience
from accounts.lookalikes import letters_of
from accounts.names import RESERVED_HANDLES, hides_letters, problem_with
from accounts.notes import CuratorNote

__all__ = ["CuratorNote", "Experience", "User"]

HANDLE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class UserManager(BaseUserManager["User"]):
    """Makes people; everybody gets a public handle of their own."""

    def with_experience(self) -> models.QuerySet["User"]:
        """Everybody, with `first_experience`: what is told of the one that shows."""
        return self.annotate(first_experience=Experience.told())

    def create_user(self, email: str, password: str | None = None, **given: Any):
        """A new member. Without a password they sign in with an emailed code."""
        user = self.model(email=email.lower(), **given)
        user.set_password(password)
        user.save_with_handle()
        return user

    def create_superuser(self, email: str, password: str | None = None, **given: Any):
        """A curator who may do everything, made from the command line."""
        given |= {"is_staff": True, "is_superuser": True}
        given.setdefault("display_name", "Curator")
        return self.create_user(email, password, **given)

    def name_problem(self, name: str, person: "User | None" = None) -> str:
        """Why this person, or somebody new, cannot take this name; "" when they can.

        Nobody may look like somebody who runs the site. Costs one query.
        """
        if person and person.is_staff:
            problem = hides_letters(name)
        else:
            problem = problem_with(name, settings.SITE_NAME)
        if problem:
            return problem
        staff = self.filter(is_staff=True).exclude(pk=person and person.pk)
        names = staff.values_list("display_name", "handle")
        if letters_of(name) in {letters_of(word) for both in names for word in both}:
            return "Choose another name: somebody who runs this site has one like it."
        return ""

    def leaving(self) -> models.QuerySet["User"]:
        """People who asked us to delete their account, and whose day has come."""
        return self.filter(deletes_at__lte=timezone.now())

    def get_by_natural_key(self, email: str) -> "User":
        """Sign-in finds a person whatever the case of the letters typed."""
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A member: a newcomer, a veteran or both; a curator when staff.

    The email address is for signing in and is never shown. The display name and
    the handle are public.
    """

    email = models.EmailField(
        "email address",
        unique=True,
        error_messages={"unique": "Somebody already uses this email address."},
    )
    display_name = models.CharField(
        max_length=60, help_text="Shown beside what you write. It need not be your own."
    )
    handle = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(HANDLE_PATTERN)],
        help_text="The name in the address of the public profile.",
    )
    is_staff = models.BooleanField("curator", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    is_held = models.BooleanField("comments wait for a curator", default=False)
    deletes_at = models.DateTimeField(
        "leaves on", null=True, blank=True, editable=False
    )
    deletes_words = models.BooleanField(
        "takes the words of their comments along", default=False, editable=False
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        indexes = [  # for the lists in the admin: few people are any of these
            models.Index(fields=["date_joined"], name="person_joined"),
            models.Index(
                fields=["id"], condition=models.Q(is_held=True), name="person_held"
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(is_active=False),
                name="person_shut_out",
            ),
            models.Index(
                fields=["id"], condition=models.Q(is_staff=True), name="person_curator"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="email_is_in_small_letters",
                violation_error_message="Write the address in small letters.",
            ),
            models.CheckConstraint(
                condition=models.Q(handle__regex=HANDLE_PATTERN),
                name="handle_is_a_slug",
            ),
            models.CheckConstraint(
                condition=~models.Q(display_name=""), name="display_name_is_given"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """The public profile."""
        return reverse("accounts:person", args=[self.handle])

    def get_full_name(self) -> str:
        """What the admin calls the person."""
        return self.display_name

    def get_short_name(self) -> str:
        """What the admin greets the person with: never the email address."""
        return self.display_name

    @property
    def initials(self) -> str:
        """One or two letters that stand for the person where a picture would."""
        return initials_of(self.display_name)

    @cached_property
    def experience_line(self) -> str:
        """What stands beside what the person writes; "" when they said nothing.

        Costs one query, or none where the person was fetched `with_experience`, as
        whoever is signed in is. It is asked once for each time the person was fetched:
        a page says it twice.
        """
        if hasattr(self, "first_experience"):
            told = self.first_experience
            return Experience(**told).line if told else ""
        first = self.experiences.first()
        return first.line if first else ""

    @property
    def is_last_superuser(self) -> bool:
        """Whether nobody else could look after people and rights."""
        others = User.objects.filter(
            is_superuser=True, is_active=True, deletes_at__isnull=True
        )
        return self.is_superuser and not others.exclude(pk=self.pk).exists()

    @transaction.atomic
    def leave(self, day: datetime, *, deletes_words: bool = False) -> None:
        """Let the account go on that day, and sign it out everywhere until then.

        Raises ValidationError for the last superuser.
        """
        if self.is_last_superuser:
            raise ValidationError(
                "Nobody else can look after this site: make another superuser first."
            )
        self.deletes_at, self.deletes_words = day, deletes_words
        self.save(update_fields=["deletes_at", "deletes_words"])
        self.sign_out_everywhere()

    def sign_out_everywhere(self) -> None:
        """End every session, in whatever browser it is."""
        for session in self.usersession_set.all():
            session.end()

    def stay(self) -> None:
        """Change one's mind about leaving."""
        self.deletes_at, self.deletes_words = None, False
        self.save(update_fields=["deletes_at", "deletes_words"])

    def set_handle(self) -> None:
        """Take the display name as the handle, with a number where it is taken."""
        words = self.display_name.replace("_", " ")
        stem = slugify(words)[:30].strip("-") or "member"
        taken = stem in RESERVED_HANDLES or User.objects.filter(handle=stem).exists()
        self.handle = f"{stem}-{secrets.randbelow(10**8):08}" if taken else stem

    def save_with_handle(self) -> None:
        """Save for the first time, under a handle made from the display name.

        Raises IntegrityError when the email address is taken.
        """
        self.email = self.email.lower()
        for _ in range(5):  # two people of one name may join in the same moment
            self.set_handle()
            try:
                with transaction.atomic():
                    return self.save()
            except IntegrityError as error:
                if "accounts_user_handle" not in str(error):
                    raise
        raise RuntimeError(f"No free handle was found for {self.display_name!r}.")


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    names = name.split()
    return "".join(word[0] for word in (*names[:1], *names[1:][-1:])).upper()


def display_name(user: User) -> str:
    """What allauth's pages and mails call a person: never the email address."""
    return user.display_name
