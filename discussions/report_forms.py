"""What somebody tells curators."""

from django import forms

from discussions.models import Report
from discussions.models.report import LONGEST_REPORT
from guides.fields import readable


class ReportForm(forms.Form):
    """What is wrong, in one choice and, if they like, in words."""

    reason = forms.ChoiceField(
        label="What is wrong",
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the reasons.",
            "invalid_choice": "Choose one of the reasons.",
        },
    )
    body = forms.CharField(
        label="In your own words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What should a curator look at? Leave out other people’s details.",
    )
    website = forms.CharField(  # people do not see it, so what fills it in is none
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_body(self) -> str:
        """The words as they are stored, which can be longer than they were typed."""
        words = readable(self.cleaned_data["body"])
        if len(words) > LONGEST_REPORT:
            limit = f"the limit is {LONGEST_REPORT:,} characters."
            raise forms.ValidationError(f"This is too long: {limit}")
        return words
