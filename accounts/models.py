"""The people of the site."""

import secrets
from typing import Any

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify

HANDLE_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class UserManager(BaseUserManager["User"]):
    """Makes people; everybody gets a public handle of their own."""

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
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
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

    def set_handle(self) -> None:
        """Take the display name as the handle, with a number where it is taken."""
        words = self.display_name.replace("_", " ")
        stem = slugify(words)[:30].strip("-") or "member"
        taken = User.objects.filter(handle=stem).exists()
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
