"""People, as curators see them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from accounts.curating import CuratorAdmin
from accounts.experience import Experience
from accounts.models import User


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


@admin.register(User)
class UserAdmin(CuratorAdmin, DjangoUserAdmin):
    """Everybody who has an account."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = [
        *("display_name", "handle", "email", "is_staff", "is_active", "is_held"),
        *("date_joined", "deletes_at"),
    ]
    list_filter = ["is_staff", "is_active", "is_held"]
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
        return [ExperienceInline] if obj else []

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        """A new person gets a handle of their own."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.save_with_handle()
