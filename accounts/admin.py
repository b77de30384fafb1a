"""People, as curators see them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from accounts.curating import CuratorAdmin
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


@admin.register(User)
class UserAdmin(CuratorAdmin, DjangoUserAdmin):
    """Everybody who has an account."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ["display_name", "handle", "email", "is_staff", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email__exact", "handle__startswith"]
    search_help_text = "The whole email address, or how the handle begins."
    autocomplete_fields = []
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["display_name", "handle", "email", "password"]}),
        (
            "May do",
            {
                "fields": [
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        ("Dates", {"fields": ["date_joined", "last_login"]}),
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

    def save_model(self, request: HttpRequest, obj: User, form, change: bool) -> None:
        """A new person gets a handle of their own."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.save_with_handle()
