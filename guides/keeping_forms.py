"""What is asked of people who hand in and look after guides."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from guides.fields import readable
from guides.models import Edition, Verification


class SubmitForm(forms.ModelForm):
    """What readers of a public guide are told of its next edition."""

    class Meta:
        model = Edition
        fields = ["change_note", "is_minor"]
        widgets = {"change_note": forms.Textarea(attrs={"rows": 3})}


class VerifyForm(forms.ModelForm):
    """What makes somebody sure that a guide is still correct."""

    class Meta:
        model = Verification
        fields = ["basis", "note"]
        widgets = {
            "basis": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    basis = forms.ChoiceField(
        label="What this rests on",
        choices=Verification.Basis,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what makes you sure."},
    )
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why a guide leaves the lists."""

    body = forms.CharField(
        label="Why you withdraw it",
        help_text="Readers see it above the text. Say what they should do instead.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give a reason. Readers will see it."},
    )

    def clean_body(self) -> str:
        """Refuse a reason in which nothing can be seen."""
        if not (reason := readable(self.cleaned_data["body"])):
            raise ValidationError("Give a reason. Readers will see it.")
        return reason


class OfferForm(forms.Form):
    """Whom to ask to look after a guide from now on."""

    handle = forms.CharField(
        label="Who should look after it",
        help_text="The last part of the address of their profile: "
        "sample-veteran in /people/sample-veteran/.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Say whom you want to ask."},
    )

    def clean_handle(self) -> User:
        """The person; a whole address of a profile will do."""
        handle = self.cleaned_data["handle"].strip().strip("/").split("/")[-1]
        person = User.objects.filter(handle=handle.lower(), is_active=True).first()
        if person is None:
            raise ValidationError(f"Nobody here has the handle “{handle}”.")
        return person
