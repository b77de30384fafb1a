"""The site's own pages, and the name of the admin."""

from allauth.mfa.admin import Authenticator  # which registers it, to be taken out
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.curating import CuratorAdmin, RecordAdmin
from hub.models import Page

admin.site.site_header = f"{settings.SITE_NAME} for curators"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "What there is"
# A job holds a mail, and a mail may hold a code that signs somebody in.
admin.site.unregister(ProcrastinateJob)
# Keys of providers come from the environment alone, no token is kept, and whom somebody
# is elsewhere is theirs to see.
admin.site.unregister([SocialApp, SocialToken, SocialAccount])
# A session belongs to its person, and an authenticator holds its secret in the clear.
admin.site.unregister([UserSession, Authenticator])


@admin.register(Authenticator)
class AuthenticatorAdmin(RecordAdmin):
    """Passkeys and second factors, to take away from somebody who has lost theirs."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    fields = ["user", "type", "created_at", "last_used_at"]
    search_fields = ["user__email__exact", "user__handle__startswith"]

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever has the right may; the person then signs in without it."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)


@admin.register(Page)
class PageAdmin(CuratorAdmin):
    """House rules, privacy and the like."""

    list_display = ["title", "slug", "updated_at"]
    ordering = ["title"]

    def get_readonly_fields(self, request: HttpRequest, obj=None) -> list[str]:
        """The site itself links to its pages, so an address lasts."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj=None) -> dict:
        """Only a new page still needs an address."""
        return {} if obj else {"slug": ["title"]}

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """The site itself links to its pages, so they stay."""
        return False
