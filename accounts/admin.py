"""People, as curators see them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from accounts.curating import RoughPaginator
from accounts.models import User


class PersonCreationForm(AdminUserCreationForm):
    """Adds a person with a handle of their own."""

    class Meta:
        model = User
        fields = ["email", "display_name"]

    def save(self, commit: bool = True) -> User:
        """Save the person; the handle is made from the display name."""
        user = super().save(commit=False)
        user.set_handle()
        if commit:
            user.save()
        return user


class PersonChangeForm(UserChangeForm):
    """Changes a person; the password is set on a page of its own."""

    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Everybody who has an account."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    paginator = RoughPaginator
    show_full_result_count = False
    list_per_page = 50
    ordering = ["-pk"]
    list_display = ["display_name", "handle", "email", "is_staff", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["=email", "=handle", "display_name__istartswith"]
    search_help_text = "The whole email address or handle, or how the name begins."
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
