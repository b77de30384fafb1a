"""What curators fill in about a guide, and what each verb asks for."""

from django import forms

from accounts.models import User
from guides.facets import Profession, Stage, Tier
from guides.models import Guide


class FacetField(forms.TypedMultipleChoiceField):
    """Several values of one facet, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices, **given) -> None:
        super().__init__(choices=choices, required=False, **given)


class GuideForm(forms.ModelForm):
    """What lasts of a guide, whatever its editions say."""

    stages = FacetField(Stage.choices, help_text="When in a stay it helps.")
    professions = FacetField(Profession.choices, help_text="None means everyone.")
    tiers = FacetField(Tier.choices, help_text="None means any public body.")

    class Meta:
        model = Guide
        fields = [
            "slug",
            "kind",
            "topics",
            "public_benefit",
            "stages",
            "professions",
            "tiers",
            "organisations",
            "jurisdictions",
            "review_months",
        ]

    def __init__(self, *args, **given) -> None:
        """Each field of the row goes along as it was when the page was shown, so that
        only what the curator changed is saved."""
        super().__init__(*args, **given)
        for name, field in self.fields.items():
            field.show_hidden_initial = not Guide._meta.get_field(name).many_to_many

    def clean_public_benefit(self) -> str:
        """Refuse to undo what somebody else wrote meanwhile, unless it was read."""
        words, now = self.cleaned_data["public_benefit"], self.initial["public_benefit"]
        shown = self.data.get(self["public_benefit"].html_initial_name, now)
        if "public_benefit" in self.changed_data and shown != now != words:
            self.data = self.data.copy()
            self.data[self["public_benefit"].html_initial_name] = now
            raise forms.ValidationError(
                f"Somebody changed this meanwhile. It says now: “{now}” "
                "Save again if your words should stand instead."
            )
        return words


class PublishForm(forms.Form):
    """What a publication must say."""

    change_note = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed for readers. The first edition needs none.",
    )
    override_reason = forms.CharField(
        label="Why you publish your own edition",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if you wrote it yourself. It is kept on record.",
    )


class AssignForm(forms.Form):
    """Which curator looks at what was handed in."""

    to = forms.ModelChoiceField(
        User.objects.filter(is_staff=True, is_active=True).order_by("display_name"),
        label="Who looks at it",
        empty_label=None,
    )


class RequestChangesForm(forms.Form):
    """What should change."""

    reason = forms.CharField(
        label="What should change, and why",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The author reads it. Say what is good too.",
    )
    note = forms.CharField(
        label="Note for other curators",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The author does not see it here, but may ask for a copy of it.",
    )


class ApproveForm(forms.Form):
    """Why a curator finds their own edition right, if they must."""

    override_reason = forms.CharField(
        label="Why you find your own edition right",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only if you wrote it yourself. It is kept on record.",
    )


class ScheduleForm(PublishForm):
    """When an edition comes out by itself."""

    at = forms.DateTimeField(
        label="Day and time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text="By the clock of the site.",
    )
    field_order = ["at"]


class HandOverForm(forms.Form):
    """Who looks after a guide from now on."""

    to = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        to_field_name="handle",
        widget=forms.TextInput,
        label="Handle of the person",
        help_text="The last part of the address of their profile.",
        error_messages={"invalid_choice": "Nobody here has this handle."},
    )
    reason = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Both of them read it.",
    )


class MergeForm(forms.Form):
    """Which guide readers are sent to."""

    into = forms.ModelChoiceField(
        Guide.objects.live(),
        to_field_name="slug",
        widget=forms.TextInput,
        label="Slug of the guide that now covers it",
        help_text="The last part of its address, for example your-first-week.",
        error_messages={"invalid_choice": "No live guide has this slug."},
    )
    reason = forms.CharField(required=False, help_text="Kept in the admin's log.")


class RestoreForm(forms.Form):
    """Why a guide comes back."""

    reason = forms.CharField(help_text="Kept in the admin's log.")


class RenameForm(forms.Form):
    """Where a guide moves to."""

    slug = forms.CharField(
        max_length=80,
        label="New slug",
        help_text="The last part of its new address, for example your-first-week.",
    )
