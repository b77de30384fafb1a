"""What a curator is asked before a verb is done."""

from django import forms

from accounts.curating import ReasonForm


class ModerationForm(ReasonForm):
    """Asks why, in public and in private."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its author and every reader will see it.",
    )
    note = forms.CharField(
        label="Note for curators",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only curators see it.",
    )


class TellingForm(ModerationForm):
    """Asks why, where only the author or the person will know."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The person will be told.",
    )


class SuspendForm(TellingForm):
    """Asks as well what becomes of the comments."""

    hide_comments = forms.BooleanField(
        label="Hide their comments too",
        required=False,
        help_text="Each leaves a stub with this reason, which every reader will see.",
    )


class CloseForm(forms.Form):
    """Asks for nothing that must be given: nobody is told."""

    note = forms.CharField(
        label="Note for curators",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only curators see it.",
    )
