"""What curators fill in about a guide, and what each verb asks for."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from guides.facets import Profession, Stage, Tier
from guides.models import Guide


class FacetField(forms.TypedMultipleChoiceField):
    """Several values of one facet, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices, **given) -> None:
        super().__init__(choices=choices, required=False, **given)

    has_changed = SimpleArrayField.has_changed


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
            "owner",
        ]


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
