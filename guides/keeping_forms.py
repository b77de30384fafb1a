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

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def version_read(self) -> int | None:
        """Which version of the draft its writer has read; 0 when it was another one."""
        edition, version = (self.cleaned_data[n] for n in ("edition", "version"))
        return version if edition in (None, self.instance.pk) else 0

    @property
    def note(self) -> dict:
        """The fields of the draft."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def meet(self, now: Edition) -> None:
        """Say what somebody else has saved meanwhile."""
        self.add_error(
            None,
            "Somebody has changed the draft since you opened this page. Read it, then "
            "hand it in.",
        )
        if now.change_note not in ("", self.cleaned_data.get("change_note")):
            words = f"Somebody wrote here meanwhile: “{now.change_note}”"
            self.add_error("change_note", words)


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
    task = forms.IntegerField(required=False, widget=forms.HiddenInput)


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
