"""What a new person is asked, beyond the email address."""

from django import forms

from accounts.experience import Experience
from accounts.lines import LONGEST_LINE, clean_line, problem_with_line
from accounts.models import User
from accounts.names import clean_name


class SignupForm(forms.Form):
    """Asks a new person for the public name and, if they like, one line of experience.

    allauth builds its own sign-up forms upon this one.
    """

    display_name = forms.CharField(
        label="Name to show",
        max_length=60,
        help_text="Other people see this beside what you write. "
        "It need not be your own name.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    experience = forms.CharField(
        label="Your experience in a line",
        required=False,
        help_text="Shown beside your name, as “delivery manager, local government”. "
        "You can change it later.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "maxlength": LONGEST_LINE}
        ),
    )

    field_order = ["email", "display_name", "experience"]

    def clean_display_name(self) -> str:
        """Refuse a name that cannot be read or that speaks for the site."""
        name = clean_name(self.cleaned_data["display_name"])
        problem = User.objects.name_problem(name)
        if len(name) > self.fields["display_name"].max_length:
            problem = "This name is too long: the limit is 60 letters."
        if problem:
            raise forms.ValidationError(problem)
        return name

    def clean_experience(self) -> str:
        """Refuse a line that would not show, is too long or names a clearance."""
        if problem := problem_with_line(self.cleaned_data["experience"]):
            raise forms.ValidationError(problem)
        return clean_line(self.cleaned_data["experience"])

    def signup(self, request, user) -> None:
        """Keep the line; the name is saved with the person."""
        Experience.from_line(user, self.cleaned_data["experience"])
