"""Where guides cite a row of a register, as curators see it."""

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from guides.models import Guide, ReviewTask
from landscape.models import Organisation, Policy, Term


class WhereCited:
    """Says on the page of a row where guides cite it, and has the verbs that touch
    them, if there are any."""

    change_form_template = "admin/guides/wave/change_form.html"
    verbs: tuple[str, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj=None) -> list:
        """The form, and below it where the row is cited."""
        fieldsets = super().get_fieldsets(request, obj)
        where = ("In guides", {"fields": ["where_cited"]})
        return [*fieldsets, where] if obj else fieldsets

    def get_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Without what a fieldset of its own shows."""
        return [f for f in super().get_fields(request, obj) if f != "where_cited"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """What is only read."""
        return [*super().get_readonly_fields(request, obj), "where_cited"]

    def render_change_form(self, request: HttpRequest, context: dict, **given):
        """With the verbs above the form."""
        actions, row = self.get_actions(request), given.get("obj")
        names = self.verbs_for(row) if row else ()
        may = [actions[name] for name in names if name in actions]
        verbs = [(action.name, action.description) for action in may]
        place = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        context |= {"verbs": verbs, "list": reverse(place)}
        return super().render_change_form(request, context, **given)

    def verbs_for(self, row) -> tuple[str, ...]:
        """What can be done to a row as it stands."""
        return self.verbs

    @admin.display(description="where this is cited")
    def where_cited(self, row: Policy | Organisation | Term) -> str:
        """How many live guides rest on it, what waits, and the list of citations."""
        name = row._meta.model_name
        tasks = ReviewTask.objects.none() if name == "term" else row.review_tasks
        return render_to_string(
            "admin/guides/wave/where_cited.html",
            {
                "live": Guide.objects.citing(row).count(),
                "waiting": tasks.waiting().count(),
                "chosen": f"{name}__id__exact={row.pk}",
            },
        )
