"""What is asked of somebody who starts a plan."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from guides.facets import Profession, Tier
from guides.models import Audience, Pathway, Plan
from guides.models.plan import ANSWERS
from guides.working_days import Place

ABOUT_WHOM = {"tier", "profession"}
BODIES = [choice for choice in Tier.choices if choice[0] != Tier.CROSS]


class StartForm(forms.Form):
    """No more than the steps of a pathway depend on, the first day, and the place
    whose holidays count."""

    tier = forms.ChoiceField(
        label="Kind of body",
        choices=[("", "Choose one"), *BODIES],
        error_messages={
            "required": "Choose the kind of body you start in.",
            "invalid_choice": "Choose one of the kinds in the list.",
        },
    )
    profession = forms.ChoiceField(
        label="Your role",
        choices=[("", "Another role"), *Profession.choices],
        required=False,
        error_messages={"invalid_choice": "Choose one of the roles in the list."},
    )
    starts_on = forms.DateField(
        label="Your first day",
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Say on which day you start.",
            "invalid": "This is not a date. Write it as in 04/01/2027.",
        },
    )
    place = forms.ChoiceField(
        label="Where you will work",
        choices=Place.choices,
        initial=Place.ENGLAND_AND_WALES,
        help_text="Your plan leaves out the public holidays there. Some bodies keep "
        "other days, above all in Scotland.",
        error_messages={
            "required": "Choose where you will work.",
            "invalid_choice": "Choose one of the places in the list.",
        },
    )

    def __init__(
        self, *args, pathway: Pathway | None = None, plan: Plan | None = None, **given
    ) -> None:
        """pathway: whose plan is started; else any, and everything is asked. plan: one
        that has begun, whose first day may stay as it is."""
        if plan:
            given["initial"] = {name: getattr(plan, name) for name in ANSWERS}
        super().__init__(*args, **given)
        self.since = plan and plan.starts_on
        for name in ABOUT_WHOM - (pathway.asks_for if pathway else ABOUT_WHOM):
            del self.fields[name]
        if pathway and pathway.is_in_one_go:
            self.fields["starts_on"].label = "The day for it"
        if pathway and pathway.tiers and "tier" in self.fields:
            mine = [choice for choice in BODIES if choice[0] in pathway.tiers]
            self.fields["tier"].choices = [("", "Choose one"), *mine]

    def clean_starts_on(self) -> date:
        """A day from today on, for a year."""
        day, today = self.cleaned_data["starts_on"], timezone.localdate()
        if day < today and day != self.since:
            raise ValidationError("This day has passed. Choose today or a later day.")
        if day > _a_year_after(today):
            raise ValidationError("Choose a day within a year from today.")
        return day

    def pathway_among(self, pathways: list[Pathway]) -> Pathway | None:
        """The pathway for what was answered: of those that suit, one that names the
        role, else one that names the kind of body."""
        about = {name: self.cleaned_data[name] for name in ABOUT_WHOM}
        suiting = [
            pathway
            for pathway in pathways
            if pathway.audience == Audience.NEWCOMERS
            and pathway.suits(**about)
            and (about["profession"] or not pathway.professions)
        ]
        return max(
            suiting, key=lambda p: (bool(p.professions), bool(p.tiers)), default=None
        )


def _a_year_after(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
