"""Places and public bodies, as curators see them."""

from django.contrib import admin

from accounts.curating import CuratorAdmin
from landscape.models import Jurisdiction, Organisation, Policy


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
class OrganisationAdmin(CuratorAdmin):
    """Public bodies."""

    list_display = ["name", "abbreviation", "kind", "parent"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    ordering = ["name"]
    search_fields = ["name", "abbreviation"]
    search_help_text = "Part of the name or its short form, three letters or more."
    autocomplete_fields = ["parent", "jurisdictions"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Policy)
class PolicyAdmin(CuratorAdmin):
    """Laws, standards, strategies and rules."""

    list_display = ["title", "kind", "status", "owner"]
    list_filter = ["kind", "status"]
    list_select_related = ["owner"]
    ordering = ["title"]
    search_fields = ["title", "abbreviation"]
    search_help_text = "Part of the title or its short form, three letters or more."
    autocomplete_fields = ["owner", "jurisdictions"]
    prepopulated_fields = {"slug": ["title"]}
