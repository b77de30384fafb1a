"""Changes of policies and bodies, and what they give the keepers of guides to do."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.curating import RecordAdmin, VerbAdmin, verb_action
from guides.admin.wave_forms import (
    DismissForm,
    ReopenForm,
    ReorganiseForm,
    RespellForm,
    SupersedeForm,
)
from guides.admin.where_cited import WhereCited
from guides.models import Citation, Guide, ReviewTask
from guides.registers import FIELDS
from guides.wave import (
    AT_WORK,
    ENDED_FOR_GOOD,
    reopen,
    reorganise,
    respell,
    retell,
    supersede,
)
from landscape.admin import (
    OrganisationAdmin,
    PolicyAdmin,
    Relations,
    RelationsByHand,
)
from landscape.models import Organisation, Policy

NAMED = 50  # guides that a page names; it counts the others


def will_touch(
    chosen: list[Policy | Organisation], then: str = "will say that it changed"
) -> str:
    """What is said of these rows now, how many guides a change touches, and which.
    then: what these do."""
    touched = [
        (row, Guide.objects.citing(row).for_cards().newest_first()) for row in chosen
    ]
    rows = [
        {
            "row": row,
            "ended": row.ended if isinstance(row, Policy) else row.closed,
            "heirs": heirs_said_of(row),
            "count": guides.count(),
            "guides": guides[:NAMED],
        }
        for row, guides in touched
    ]
    context = {"rows": rows, "then": then}
    return render_to_string("admin/guides/wave/touches.html", context)


def will_touch_again(chosen: list[Organisation]) -> str:
    """The same, of bodies that did not end."""
    return will_touch(chosen, "will not say any more that it ended")


def called_now(chosen: list[Organisation]) -> str:
    """What bodies are called."""
    said = (
        (f"{body} ({body.abbreviation})" if body.abbreviation else body,)
        for body in chosen
    )
    return format_html_join("", "<p>Its name now: {}</p>", said)


def heirs_said_of(row: Policy | Organisation) -> list[str]:
    """What is said to be in its place, and for what."""
    if isinstance(row, Organisation):
        return [str(step.new) for step in _steps(row)]
    steps = row.related.filter(kind="replaces").select_related("policy")
    return [f"{step.policy} {step.scope}".strip() for step in steps]


def said_of_policy(policy: Policy) -> dict[str, object]:
    """What its form shows already."""
    if policy.status in ENDED_FOR_GOOD:
        return {"status": policy.status, "on": policy.ended}
    return {"status": Policy.Status.SUPERSEDED}


def said_of_body(body: Organisation) -> dict[str, object]:
    """What its form shows already."""
    heirs = [step.new for step in _steps(body)]
    return {"status": body.status, "on": body.closed, "into": heirs}


def _steps(body: Organisation) -> QuerySet:
    return body.successions.whole().select_related("new")


admin.site.unregister([Organisation, Policy])


class CitedRelationsByHand(RelationsByHand):
    """Only what no guide cites is left to the register."""

    def is_told(self, old: Policy) -> bool:
        """Whether guides cite it."""
        return old.citations.exists()


class CitedRelations(Relations):
    """What a policy does to others, some of which guides cite."""

    formset = CitedRelationsByHand


@admin.register(Policy)
class CitedPolicyAdmin(WhereCited, PolicyAdmin):
    """The register of policies, with what a change of one does to guides."""

    actions = [
        *(PolicyAdmin.actions or ()),
        verb_action(
            "Change its status",
            supersede,
            SupersedeForm,
            explanation="Each live guide that cites it says so above its text, until "
            "its owner or a curator has looked at it. Owners get one email.",
            one_at_a_time=True,
            beforehand=will_touch,
            known=said_of_policy,
        ),
    ]
    verbs = ("supersede",)
    inlines = [CitedRelations]


@admin.register(Organisation)
class CitedOrganisationAdmin(WhereCited, OrganisationAdmin):
    """The register of public bodies, with what a change of one does to guides."""

    actions = [
        *(OrganisationAdmin.actions or ()),
        verb_action(
            "Say what became of it",
            reorganise,
            ReorganiseForm,
            explanation="Guides keep the name it had when they were written and add "
            "“now …, since …”. Each live one says above its text that it changed, "
            "until somebody has looked at it. Owners get one email.",
            one_at_a_time=True,
            beforehand=will_touch,
            known=said_of_body,
        ),
        verb_action(
            "Open it again",
            reopen,
            ReopenForm,
            explanation="For a body that is at work, although it was said here that it "
            "ended. Nothing is in its place then, guides name it as if nothing had "
            "happened, and nobody is asked to look at them because of its end.",
            one_at_a_time=True,
            beforehand=will_touch_again,
        ),
        verb_action(
            "Correct its name",
            respell,
            RespellForm,
            explanation="For a mistake, or for another short form of the same name. If "
            "the body has another name now, say what became of it instead.",
            one_at_a_time=True,
            beforehand=called_now,
            known=lambda body: {"name": body.name, "abbreviation": body.abbreviation},
        ),
    ]
    verbs = ("reorganise", "reopen", "respell")

    def verbs_for(self, row: Organisation) -> tuple[str, ...]:
        """Only what ended is opened again."""
        at_work = row.status == AT_WORK
        return tuple(v for v in self.verbs if v != "reopen" or not at_work)

    def save_related(self, request: HttpRequest, form, formsets, change) -> None:
        """Guides tell from its former names what it is called now."""
        super().save_related(request, form, formsets, change)
        retell(form.instance)


class Waiting(admin.SimpleListFilter):
    """Shows what waits, until something else is chosen."""

    title = "what is shown"
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """What can be shown beside what waits."""
        return [("done", "Done"), ("dismissed", "Dismissed"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The tasks to show."""
        if self.value() in {"done", "dismissed"}:
            return queryset.filter(state=self.value())
        return queryset if self.value() == "all" else queryset.waiting()

    def choices(self, changelist):
        """Django's own "All" stands for what waits."""
        first, *others = super().choices(changelist)
        yield first | {"display": "Waiting"}
        yield from others


@admin.register(ReviewTask)
class ReviewTaskAdmin(VerbAdmin):
    """What somebody should look at again, the oldest first."""

    list_display = ["about", "what_happened", "owner", "opened_at", "state", "note"]
    list_display_links = None
    list_filter = [Waiting, "cause"]
    linked_lookups = ["policy__id__exact", "organisation__id__exact"]
    ordering = ["pk"]
    actions = [
        verb_action(
            "Dismiss",
            ReviewTask.dismiss,
            DismissForm,
            explanation="The guide stays as it is, and the notice above its text goes.",
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With what happened, and the title of each guide."""
        rows = super().get_queryset(request).with_changes().with_titles()
        return rows.select_related("guide__owner")

    @admin.display(description="guide")
    def about(self, task: ReviewTask) -> str:
        """The guide, and the page on which somebody says that it is still correct."""
        return format_html(
            '<a href="{}">{}</a><br><a href="{}">Is it still correct?</a>',
            task.guide.get_absolute_url(),
            task.guide.live_edition or task.guide,
            reverse("guides:verify", args=[task.guide.slug]),
        )

    @admin.display(description="what happened")
    def what_happened(self, task: ReviewTask) -> str:
        """The change in words, or the cause."""
        return f"{task.change}." if task.change else task.get_cause_display()

    @admin.display(description="owner")
    def owner(self, task: ReviewTask) -> str:
        """Who looks after the guide."""
        return task.guide.owner or "Nobody"


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    """Where guides cite policies, bodies and terms."""

    list_display = ["shown_as", "section", "guide", "edition_state", "checked_on"]
    list_filter = ["edition__state"]
    linked_lookups = [f"{name}__id__exact" for name in FIELDS.values()]
    list_select_related = ["edition__guide"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the texts of the editions."""
        heavy = ("body", "body_html", "body_text", "contents", "search")
        rows = super().get_queryset(request)
        return rows.defer(*(f"edition__{name}" for name in heavy))

    @admin.display(description="guide")
    def guide(self, citation: Citation) -> str:
        """The edition, with its page."""
        edition = citation.edition
        link = '<a href="{}">{}, edition {}</a>'
        page = edition.get_absolute_url()
        return format_html(link, page, edition.title or "Draft", edition.number)

    @admin.display(description="state", ordering="edition__state")
    def edition_state(self, citation: Citation) -> str:
        """Whether readers see that edition."""
        return citation.edition.get_state_display()
