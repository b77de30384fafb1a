"""The registers, as curators see them."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone

from accounts.curating import ChoosesRows, CuratorAdmin
from landscape.models import (
    FormerName,
    Jurisdiction,
    Organisation,
    Policy,
    PolicyRelation,
    Succession,
    Term,
)
from landscape.models.cycles import take_turns

GOOD_FOR = timedelta(days=182)  # then somebody should read the sources again


class DueForChecking(admin.SimpleListFilter):
    """What somebody should read the sources of."""

    title = "checking"
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        """The choices beside the list."""
        return [
            ("due", "Due for checking"),
            ("doubted", "Not verified"),
            ("old", "Checked over 6 months ago, or never"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The rows to show."""
        doubted = Q(needs_check=True)
        last = timezone.localdate() - GOOD_FOR
        old = Q(checked_on__lt=last) | Q(checked_on=None)
        chosen = {"due": doubted | old, "doubted": doubted, "old": old}
        return queryset.filter(chosen.get(self.value(), Q()))


class InTurns:
    """A form that is read and saved while nobody else changes what comes before and
    after, so that it can say in words what the database would refuse."""

    steps: tuple[type[models.Model], ...] = ()  # the tables that lead on

    @transaction.atomic
    def changeform_view(self, request: HttpRequest, *args, **given):
        """The form, or what became of it."""
        if request.method == "POST":
            take_turns(*self.steps)
        return super().changeform_view(request, *args, **given)

    def changelist_view(self, request: HttpRequest, *args, **given):
        """The list, or what became of what is done to its rows."""
        if request.method != "POST":
            return super().changelist_view(request, *args, **given)
        with transaction.atomic():
            take_turns(*self.steps)
            return super().changelist_view(request, *args, **given)


class RegisterAdmin(InTurns, CuratorAdmin):
    """A register: found by any name, with an address that lasts."""

    search_help_text = "Part of any name, three letters or more, or how it begins."
    named_after = "name"  # the field by which a new row gets its address

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, words: str):
        """Search as readers do, by every name that a row has or had."""
        words = " ".join(words.split())
        return (queryset.named(words) if words else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Guides link to a row, so its address lasts."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None) -> dict:
        """Only a new row still needs an address."""
        return {} if obj else {"slug": [self.named_after]}


class ChangedElsewhere:
    """Keeps the status of a row that is there, and what else guides say of it: to
    change that touches them, so it has actions of its own."""

    told = ("status",)

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Only a new row is given these here."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, *self.told] if obj else fixed


class Inline(ChoosesRows, admin.TabularInline):
    """A list inside a row."""

    extra = 0


class OneNameAtATime(BaseInlineFormSet):
    """Former names that are sent together are compared with one another too."""

    def clean(self) -> None:
        """Refuse two names for the same time."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        names = [f.instance for f in kept if f.is_valid() and f.has_changed()]
        for number, name in enumerate(names):
            for other in names[:number]:
                if name.is_during(other):
                    raise ValidationError(
                        f"{other.name} and {name.name} are names for the same time. "
                        "A body has one name at a time."
                    )


class FormerNames(Inline):
    """What a body was called before."""

    model = FormerName
    formset = OneNameAtATime


class Steps(Inline):
    """Steps of some kinds from other bodies to this one."""

    model = Succession
    fk_name = "new"
    autocomplete_fields = ["old"]
    kinds: tuple[Succession.Kind, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The steps of these kinds."""
        return super().get_queryset(request).filter(kind__in=self.kinds)

    def formfield_for_choice_field(self, db_field, request: HttpRequest, **given):
        """No other kinds are offered."""
        if db_field.name == "kind":
            given["choices"] = [(kind.value, kind.label) for kind in self.kinds]
        return super().formfield_for_choice_field(db_field, request, **given)


class Origins(Steps):
    """Whose place a new body took. Of one that is there, the body before it says what
    became of it."""

    kinds = (Succession.Kind.RENAMED, Succession.Kind.MERGED, Succession.Kind.SPLIT)
    verbose_name = "body that came before it"
    verbose_name_plural = "bodies that came before it"

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """With a new body."""
        return obj is None and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """With a new body."""
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """With a new body."""
        return obj is None and super().has_delete_permission(request, obj)


class Handovers(Steps):
    """What work a body took over from others, which go on."""

    kinds = (Succession.Kind.TOOK_OVER,)
    verbose_name = "body that gave it some of its work"
    verbose_name_plural = "bodies that gave it some of their work"


class RelationsByHand(BaseInlineFormSet):
    """What replaces a policy is told in guides that cite it, so whoever changes that
    uses the action which asks their owners to look."""

    def clean(self) -> None:
        """Refuse to change what replaces a policy of which guides may tell it."""
        super().clean()
        for form in self.forms:
            was = PolicyRelation.objects.filter(pk=form.instance.pk).first()
            steps = [was] if was else []
            if form not in self.deleted_forms:
                steps += [form.instance] if form.is_valid() else []
            if form in self.deleted_forms or form.has_changed():
                self._check(step for step in steps if step.is_step)

    def _check(self, steps: Iterable[PolicyRelation]) -> None:
        for old in (step.other for step in steps):
            if old.status not in Policy.ENDED or self.is_told(old):
                raise ValidationError(
                    f"Guides may say what replaces {old}. Leave that as it is here, "
                    f"and use “Change its status” on the page of {old}: their owners "
                    "have to look."
                )

    def is_told(self, old: Policy) -> bool:
        """Whether somebody else than the register tells what replaces it."""
        return False


class Relations(Inline):
    """What a policy does to others."""

    model = PolicyRelation
    formset = RelationsByHand
    fk_name = "policy"
    autocomplete_fields = ["other"]
    verbose_name = "other policy that it replaces, amends or names"
    verbose_name_plural = "other policies that it replaces, amends or names"


@admin.register(Jurisdiction)
class JurisdictionAdmin(InTurns, CuratorAdmin):
    """Places whose rules apply, one inside another."""

    steps = (Jurisdiction,)
    list_display = ["name", "parent", "slug"]
    list_select_related = ["parent"]
    ordering = ["name"]
    search_fields = ["name"]
    search_help_text = "Part of the name, three letters or more."
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Organisation)
class OrganisationAdmin(ChangedElsewhere, RegisterAdmin):
    """Public bodies, what they were called and whose place they took."""

    steps = (Organisation, Succession)
    told = ("name", "abbreviation", "status", "closed")
    fields = [
        *("name", "abbreviation", "slug", "aliases", "kind", "status", "parent"),
        *("opened", "closed", "purpose", "address", "jurisdictions"),
        *("checked_on", "needs_check", "check_note"),
    ]
    list_display = ["name", "abbreviation", "kind", "status", "parent", "checked_on"]
    list_filter = ["status", DueForChecking, "kind"]
    list_select_related = ["parent"]
    ordering = ["name"]
    search_fields = ["names"]
    autocomplete_fields = ["parent", "jurisdictions"]
    inlines = [FormerNames, Origins, Handovers]


@admin.register(Policy)
class PolicyAdmin(ChangedElsewhere, RegisterAdmin):
    """Laws, standards, strategies and rules."""

    steps = (PolicyRelation,)
    fields = [
        *("title", "abbreviation", "slug", "aliases", "kind", "status", "force"),
        *("reach", "owner", "issued", "in_force_from", "ended", "address", "summary"),
        *("why", "jurisdictions", "checked_on", "needs_check", "check_note"),
    ]
    list_display = ["title", "kind", "status", "force", "owner", "checked_on"]
    list_filter = ["status", DueForChecking, "kind", "force", "reach"]
    list_select_related = ["owner"]
    ordering = ["title"]
    search_fields = ["names"]
    autocomplete_fields = ["owner", "jurisdictions"]
    inlines = [Relations]
    named_after = "title"


@admin.register(Term)
class TermAdmin(RegisterAdmin):
    """What the words of the trade mean, and where."""

    steps = (Term,)
    fields = [
        *("short", "long", "slug", "kind", "meaning", "aliases", "jurisdictions"),
        *("is_explained", "since", "until", "replaced_by", "policy", "organisation"),
        *("sources", "checked_on", "needs_check", "check_note"),
    ]
    list_display = ["short", "long", "kind", "is_explained", "until", "checked_on"]
    list_filter = ["kind", DueForChecking, "is_explained"]
    ordering = ["short", "slug"]
    search_fields = ["names"]
    autocomplete_fields = ["jurisdictions", "replaced_by", "policy", "organisation"]
    named_after = "short"
