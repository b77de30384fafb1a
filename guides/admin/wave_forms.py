"""What a curator says about a policy or a body that changed."""

from django import forms

from landscape.models import Organisation, Policy

AS_FAR_AS_KNOWN = "As far as known: 2026, 2026-04 or 2026-04-01."


class SupersedeForm(forms.Form):
    """The new status of a policy, and what stands in its place."""

    status = forms.ChoiceField(
        label="New status", choices=Policy.Status, initial=Policy.Status.SUPERSEDED
    )
    on = forms.CharField(
        label="As of when", required=False, max_length=10, help_text=AS_FAR_AS_KNOWN
    )
    successor = forms.ModelChoiceField(
        Policy.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.TextInput,
        label="Slug of the policy that replaces it",
        help_text="The last part of its address. What is known already may stay empty.",
        error_messages={"invalid_choice": "No policy has this slug."},
    )
    scope = forms.CharField(
        label="If it replaces only a part: for what",
        required=False,
        max_length=160,
        help_text="Such as: for new contracts.",
    )
    still_for = forms.CharField(
        label="If the old one still holds: for what",
        required=False,
        max_length=160,
        help_text="Such as: for contracts that began before.",
    )


class ReorganiseForm(forms.Form):
    """What became of a body."""

    status = forms.ChoiceField(
        label="What became of it",
        choices=[
            (value, label)
            for value, label in Organisation.Status.choices
            if value != Organisation.Status.ACTIVE
        ],
    )
    on = forms.CharField(label="As of when", max_length=10, help_text=AS_FAR_AS_KNOWN)
    name = forms.CharField(
        label="New name",
        required=False,
        max_length=160,
        help_text="If it only has another name and goes on.",
    )
    abbreviation = forms.CharField(
        label="New short form", required=False, max_length=20
    )
    into = forms.CharField(
        label="Slugs of the bodies in its place",
        required=False,
        help_text="If others took its place: the last parts of their addresses, with "
        "spaces between them.",
    )
    note = forms.CharField(required=False, max_length=200)

    def clean_into(self) -> list[Organisation]:
        """The bodies, in the order in which they were named."""
        slugs = self.cleaned_data["into"].replace(",", " ").split()
        found = {row.slug: row for row in Organisation.objects.filter(slug__in=slugs)}
        if unknown := [slug for slug in slugs if slug not in found]:
            raise forms.ValidationError(f"No body has the slug “{unknown[0]}”.")
        return [found[slug] for slug in dict.fromkeys(slugs)]


class DismissForm(forms.Form):
    """Why a guide needs no look."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Curators and the owner find it in the record.",
    )
