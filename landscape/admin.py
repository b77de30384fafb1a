"""The registers, as curators see them."""

from datetime import timedelta

from django.contrib import admin
from django.core.exceptions import ValidationError
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


class RegisterAdmin(CuratorAdmin):
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


class StatusChangedElsewhere:
    """Keeps the status of a row that is there: to change it touches guides, so it has
    an action of its own."""

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Only a new row is given a status here."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "status"] if obj else fixed


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


class Origins(Inline):
    """Whose place a body took, or whose work."""

    model = Succession
    fk_name = "new"
    autocomplete_fields = ["old"]
    verbose_name = "body that came before it"
    verbose_name_plural = "bodies that came before it"


class Relations(Inline):
    """What a policy does to others."""

    model = PolicyRelation
    fk_name = "policy"
    autocomplete_fields = ["other"]
    verbose_name = "other policy that it replaces, amends or names"
    verbose_name_plural = "other policies that it replaces, amends or names"


@admin.register(Jurisdiction)
class JurisdictionAdmin(CuratorAdmin):
    """Places whose rules apply, one inside another."""

    list_display = ["name", "parent", "slug"]
    list_select_related = ["parent"]
    ordering = ["name"]
    search_fields = ["name"]
    search_help_text = "Part of the name, three letters or more."
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Organisation)
class OrganisationAdmin(StatusChangedElsewhere, RegisterAdmin):
    """Public bodies, what they were called and whose place they took."""

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
    inlines = [FormerNames, Origins]


@admin.register(Policy)
class PolicyAdmin(StatusChangedElsewhere, RegisterAdmin):
    """Laws, standards, strategies and rules."""

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
