"""Pathways: their words, their steps, and which of them need a look."""

from django import forms
from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.curating import ChoosesRows, CuratorAdmin
from guides.admin.forms import FacetField
from guides.facets import Profession, Tier
from guides.models import Guide, Pathway, Step
from landscape.models import Policy


class NeedsALook(admin.SimpleListFilter):
    """Pathways with a guide that a curator should see to."""

    title = "needs a look"
    parameter_name = "look"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [("yes", "What it leads to has changed or is overdue")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The pathways of the chosen kind."""
        return queryset.with_doubtful_guides() if self.value() == "yes" else queryset


class ForSomeForm(forms.ModelForm):
    """For whom something is, as boxes to tick."""

    professions = FacetField(Profession.choices, help_text="None means everyone.")
    tiers = FacetField(Tier.choices, help_text="None means any public body.")


class StepInline(ChoosesRows, admin.StackedInline):
    """What to read and do, in order."""

    model = Step
    form = ForSomeForm
    extra = 0
    autocomplete_fields = ["guide", "policy"]
    words = [
        ("position", "box", "number", "minutes"),
        *("guide", "part", "title", "policy", "why", "done_when"),
    ]
    whom = ["professions", "tiers"]
    fieldsets = [
        (None, {"fields": words}),
        ("For some alone", {"fields": whom, "classes": ["collapse"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the guides, by whose slugs the steps are headed."""
        return super().get_queryset(request).select_related("guide")


@admin.register(Pathway)
class PathwayAdmin(CuratorAdmin):
    """The pathways, in the order readers see."""

    form = ForSomeForm
    list_display = ["title", "audience", "order", "page", "needs_a_look"]
    list_filter = [NeedsALook, "audience"]
    ordering = ["order", "pk"]
    search_fields = ["title"]
    fields = [
        *("title", "slug", "summary", "done_when", "audience", "order"),
        *("professions", "tiers", "to_see_to"),
    ]
    readonly_fields = ["to_see_to"]
    inlines = [StepInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With whether one of its guides is in doubt."""
        return super().get_queryset(request).with_doubts()

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Other sites link to a pathway, so its address lasts."""
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Plans lead along it."""
        return False

    @admin.display(description="page")
    def page(self, pathway: Pathway) -> str:
        """Where readers find it."""
        address = pathway.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description="needs a look", boolean=True)
    def needs_a_look(self, pathway: Pathway) -> bool:
        """Whether a guide of it is withdrawn, overdue or affected."""
        return pathway.has_doubts

    @admin.display(description="to see to")
    def to_see_to(self, pathway: Pathway) -> str:
        """The steps that make it need a look, with what is the matter."""
        steps = Step.objects.in_doubt().filter(pathway=pathway.pk)
        guides = Prefetch("guide", Guide.objects.with_affected())
        steps = steps.select_related("policy").prefetch_related(guides)
        rows = [(f"Step {step.position}", *_matter(step)) for step in steps]
        return format_html_join(", ", '{}: <a href="{}">{}</a> ({})', rows) or "None"


def _matter(step: Step) -> tuple[str, object, str]:
    """What a step leads to, with its address in the admin and its state."""
    if step.policy and (not step.guide or step.policy.status in Policy.ENDED):
        address = reverse("admin:landscape_policy_change", args=[step.policy_id])
        return address, step.policy, step.policy.get_status_display()
    fresh = step.guide.freshness
    state = fresh.label if fresh else step.guide.get_visibility_display()
    address = reverse("admin:guides_guide_change", args=[step.guide_id])
    return address, step.guide, state
