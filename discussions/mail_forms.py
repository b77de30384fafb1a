"""What a member ticks to get emails."""

from django import forms

from discussions.models import MailChoice


class MailChoiceForm(forms.ModelForm):
    """A box for each kind of email."""

    class Meta:
        model = MailChoice
        fields = list(MailChoice.KINDS)
