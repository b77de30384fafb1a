"""What a new person is asked, beyond the email address."""

import unicodedata

from django import forms


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
        """Refuse letters that cannot be seen or that turn the line around."""
        name = unicodedata.normalize("NFC", " ".join(self["display_name"].data.split()))
        if any(unicodedata.category(letter) in {"Cc", "Cf", "Co"} for letter in name):
            raise forms.ValidationError(
                "Use letters that can be seen: this name has hidden characters in it."
            )
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError("Use at least one letter or number.")
        return name

    def signup(self, request, user) -> None:
        """Nothing is left to do: the adapter saves the name with the person."""
