"""What a curator says about a policy or a body that changed."""

from django import forms

from guides.admin.choosing import RowField, RowsField
from landscape.models import Organisation, Policy, PolicyRelation, Succession

AS_FAR_AS_KNOWN = "As far as known: 2026, 2026-04 or 2026-04-01."


class SupersedeForm(forms.Form):
    """The new status of a policy, and what stands in its place."""

    status = forms.ChoiceField(label="New status", choices=Policy.Status)
    on = forms.CharField(
        label="As of when", required=False, max_length=10, help_text=AS_FAR_AS_KNOWN
    )
    successor = RowField(
        PolicyRelation.policy,
        label="The policy that replaces it",
        help_text="What is known already may stay empty.",
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
    is_only = forms.BooleanField(
        label="Nothing else replaces it",
        required=False,
        help_text="Takes away whatever else was said here to replace it, such as a "
        "policy named by mistake. Of a policy that holds again, all is taken away.",
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
        help_text="If it only has another name and goes on. To correct the day of the "
        "last change, write the name that it has.",
    )
    abbreviation = forms.CharField(
        label="New short form", required=False, max_length=20
    )
    into = RowsField(
        Succession.new,
        label="The bodies in its place",
        help_text="If others took its place: all of them.",
    )
    note = forms.CharField(
        required=False, max_length=200, help_text="About the bodies in its place."
    )


class ReopenForm(forms.Form):
    """Nothing more to say: the page asks whether it is meant."""


class RespellForm(forms.Form):
    """A name without the mistake."""

    name = forms.CharField(max_length=160)
    abbreviation = forms.CharField(label="Short form", required=False, max_length=20)


class DismissForm(forms.Form):
    """Why a guide needs no look."""

    reason = forms.CharField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Curators and the owner find it in the record.",
    )
