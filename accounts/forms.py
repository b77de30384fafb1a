"""What a new person is asked, beyond the email address."""

from django import forms
from django.conf import settings

from accounts.names import clean_name, problem_with


class SignupForm(forms.Form):
    """Adds the public name to allauth's sign-up form."""

    display_name = forms.CharField(
        label="Name to show",
        max_length=60,
        help_text="Other people see this beside what you write. "
        "It need not be your own name.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    field_order = ["email", "display_name", "password1"]

    def clean_display_name(self) -> str:
        """Refuse a name that cannot be read or that speaks for the site."""
        name = clean_name(self.cleaned_data["display_name"])
        problem = problem_with(name, settings.SITE_NAME)
        if len(name) > self.fields["display_name"].max_length:
            problem = "This name is too long: the limit is 60 letters."
        if problem:
            raise forms.ValidationError(problem)
        return name

    def signup(self, request, user) -> None:
        """Nothing is left to do: the adapter saves the name with the person."""
