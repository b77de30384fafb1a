"""What every row of a register has: an address, a date of its last check, doubts."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Upper

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def parts_of(field: str, name: str) -> GinIndex:
    """An index that finds any three letters or more, however large they are written."""
    return GinIndex(OpClass(Upper(field), name="gin_trgm_ops"), name=name)


def slug_field() -> models.CharField:
    """The last part of a row's address."""
    return models.CharField(
        max_length=80,
        unique=True,
        validators=[RegexValidator(SLUG_PATTERN, "Use small letters, numbers and -.")],
        help_text="The last part of its address. It stays.",
    )


class Checked(models.Model):
    """A row that somebody read the sources of, on a day, perhaps with doubts left."""

    checked_on = models.DateField(
        null=True, blank=True, help_text="The day somebody last read its sources."
    )
    needs_check = models.BooleanField(
        "not verified",
        default=False,
        help_text="Readers are told that this is not verified, and why.",
    )
    check_note = models.CharField(
        "what is not verified",
        max_length=300,
        blank=True,
        help_text="In words for readers.",
    )

    class Meta:
        abstract = True

    @property
    def doubt(self) -> str:
        """What is not verified, in words; "" when nothing is left to verify."""
        return self.check_note if self.needs_check else ""


# The same in a query.
DOUBT = Case(
    When(needs_check=True, then=F("check_note")),
    default=Value(""),
    output_field=models.CharField(),
)


def doubt_is_told(name: str) -> models.CheckConstraint:
    """A row that is not verified says what is not."""
    return models.CheckConstraint(
        condition=Q(needs_check=False) | ~Q(check_note=""),
        name=name,
        violation_error_message="Say what is not verified.",
    )


def slug_is_a_slug(name: str) -> models.CheckConstraint:
    """The database's own word on addresses."""
    return models.CheckConstraint(condition=Q(slug__regex=SLUG_PATTERN), name=name)
