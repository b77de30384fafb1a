"""The name of the admin, and what it leaves out."""

from allauth.mfa.admin import Authenticator  # which registers it, to be taken out
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.curating import RecordAdmin

admin.site.site_header = f"{settings.SITE_NAME} for curators"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Looking after the site"
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
    list_filter = ["type"]
    search_fields = ["user__email__exact", "user__handle__startswith"]
    search_help_text = "The whole email address, or how the handle begins."

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        """Whoever has the right may; the person then signs in without it."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
