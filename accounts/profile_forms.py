"""What people say about themselves: a name, a handle, lines of experience."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.experience import Experience
from accounts.lines import clean_line, problem_with_line
from accounts.models import User
from accounts.names import RESERVED_HANDLES, clean_name


class ProfileForm(forms.ModelForm):
    """The two names that everybody sees."""

    class Meta:
        model = User
        fields = ["display_name", "handle"]
        labels = {"display_name": "Name to show"}
        help_texts = {
            "display_name": "Other people see this beside what you write. "
            "It need not be your own name.",
            "handle": "The last part of your profile’s address. When you change it, "
            "links to the old address stop working.",
        }
        error_messages = {
            "handle": {
                "unique": "Somebody already has this handle.",
                "invalid": "Use small letters, numbers and single hyphens.",
            }
        }
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "handle": forms.TextInput(
                attrs={"autocapitalize": "none", "spellcheck": "false"}
            ),
        }

    def clean_display_name(self) -> str:
        """Refuse a new name that cannot be read or passes for somebody else's."""
        name = clean_name(self.cleaned_data["display_name"])
        if name != self.initial["display_name"]:
            refuse(User.objects.name_problem(name, self.instance))
        return name

    def clean_handle(self) -> str:
        """Refuse a new handle that the site needs or that passes for another."""
        handle = self.cleaned_data["handle"].lower()
        if handle == self.initial["handle"]:
            return handle
        if handle in RESERVED_HANDLES:
            refuse("The site needs this handle itself: choose another.")
        refuse(User.objects.name_problem(handle, self.instance))
        return handle

    def save_unless_taken(self) -> bool:
        """Save, and say whether it went: somebody may take the handle just before."""
        try:
            with transaction.atomic():
                self.instance.save(update_fields=self.Meta.fields)
        except IntegrityError:
            self.add_error("handle", self.Meta.error_messages["handle"]["unique"])
            return False
        return True


class ExperienceForm(forms.ModelForm):
    """One line of experience; what somebody did is enough."""

    class Meta:
        model = Experience
        fields = ["role", "kind_of_body", "from_year", "to_year", "is_main"]
        labels = {
            "kind_of_body": "Where",
            "from_year": "From the year",
            "to_year": "To the year",
            "is_main": "Show this line beside what I write",
        }
        help_texts = {
            "role": "Such as “delivery manager”. Leave out security clearances.",
            "to_year": "Leave it empty if you still do it.",
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind_of_body"].choices = [
            ("", "I would rather not say"),
            *self.fields["kind_of_body"].choices[1:],
        ]

    def clean_role(self) -> str:
        """Refuse a line that cannot be read or that tells of a clearance."""
        role = clean_line(self.cleaned_data["role"])
        refuse(problem_with_line(role))
        return role

    def clean_from_year(self) -> int | None:
        """Refuse a year that is still to come."""
        return past(self.cleaned_data["from_year"])

    def clean_to_year(self) -> int | None:
        """Refuse a year that is still to come."""
        return past(self.cleaned_data["to_year"])


def past(year: int | None) -> int | None:
    """The year, unless it is still to come: then raises ValidationError."""
    if year and year > timezone.localdate().year:
        raise ValidationError("This year is still to come.")
    return year


def refuse(problem: str) -> None:
    """Raise ValidationError where there is a problem."""
    if problem:
        raise ValidationError(problem)
