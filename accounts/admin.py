"""People, as curators see them."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.curating import CuratorAdmin, RecordAdmin
from accounts.experience import Experience
from accounts.lines import CLEARANCE
from accounts.models import User
from accounts.names import is_visible
from accounts.notes import CuratorNote


class PersonCreationForm(AdminUserCreationForm):
    """Adds a person; the handle is made from the display name."""

    class Meta:
        model = User
        fields = ["email", "display_name"]

    def clean_email(self) -> str:
        """Addresses are stored in small letters, whatever is typed."""
        return self.cleaned_data["email"].lower()


class PersonChangeForm(UserChangeForm):
    """Changes a person; the password is set on a page of its own."""

    class Meta:
        model = User
        fields = "__all__"


class ExperienceInline(admin.TabularInline):
    """What the person says they have done: theirs to change, a curator's to read."""

    model = Experience
    fields = ["line", "is_main"]
    readonly_fields = fields
    can_delete = False
    max_num = 0

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever may look at people may read it."""
        return request.user.has_perm("accounts.view_user")


class NoteInline(admin.TabularInline):
    """What curators wrote down about the person; added on a page of its own."""

    model = CuratorNote
    fk_name = "person"
    fields = ["words", "by", "at"]
    readonly_fields = fields
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody adds one among the rights of a person."""
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        """Nobody changes what was written."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """With the names of those who wrote them."""
        return super().get_queryset(request).select_related("by")


@admin.register(User)
class UserAdmin(CuratorAdmin, DjangoUserAdmin):
    """Everybody who has an account."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = [
        *("display_name", "handle", "email", "is_staff", "is_active", "is_held"),
        *("date_joined", "deletes_at"),
    ]
    list_filter = ["is_held", "is_active", "is_staff", "date_joined"]
    search_fields = ["email__exact", "handle__startswith"]
    search_help_text = "The whole email address, or how the handle begins."
    autocomplete_fields = []
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["date_joined", "last_login", "deletes_at"]
    fieldsets = [
        (None, {"fields": ["display_name", "handle", "email", "password"]}),
        (
            "May do",
            {
                "fields": [
                    "is_active",
                    "is_held",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        ("Dates", {"fields": ["date_joined", "last_login", "deletes_at"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "email",
                    "display_name",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]

    def get_inlines(self, request: HttpRequest, obj=None) -> list:
        """Nobody has done anything before they are here."""
        return [ExperienceInline, NoteInline] if obj else []

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        """A new person gets a handle of their own."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.save_with_handle()


class NoteForm(forms.ModelForm):
    """Asks for the words, and keeps out what nobody may write down here."""

    def clean_words(self) -> str:
        """Refuse words that cannot be seen, or that tell of a clearance."""
        words = self.cleaned_data["words"]
        if not is_visible(words):
            raise forms.ValidationError("Write something that can be seen.")
        if CLEARANCE.search(words):
            raise forms.ValidationError(
                "Leave out security clearance: to say who holds one puts people at "
                "risk."
            )
        return words


@admin.register(CuratorNote)
class CuratorNoteAdmin(RecordAdmin):
    """What curators wrote down about members, for one another."""

    form = NoteForm
    list_display = ["said", "person", "by", "at"]
    list_filter = ["at"]
    linked_lookups = ["person__exact"]
    list_select_related = ["person", "by"]
    search_fields = ["person__email__exact", "person__handle__startswith"]
    search_help_text = "The whole email address, or how the handle begins."
    autocomplete_fields = ["person"]
    fields = ["person", "words", "by", "at"]
    readonly_fields = ["by", "at"]

    def get_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """Who wrote it and when is known once it is written."""
        return self.fields if obj else ["person", "words"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever has the right adds to what is known; nobody takes from it."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def save_model(self, request: HttpRequest, obj: CuratorNote, form, change) -> None:
        """Whoever writes it signs it."""
        obj.by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request: HttpRequest, obj: CuratorNote, *args, **given):
        """Back to the person, where the note now stands."""
        answer = super().response_add(request, obj, *args, **given)
        if {"_addanother", "_popup"} & set(request.POST):
            return answer
        answer["Location"] = reverse("admin:accounts_user_change", args=[obj.person_id])
        return answer

    @admin.display(description="note")
    def said(self, note: CuratorNote) -> str:
        """How the words begin."""
        return note.words if len(note.words) <= 200 else f"{note.words[:200]}…"
