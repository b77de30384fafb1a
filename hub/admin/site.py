"""The name of the admin, and what it leaves out."""

from allauth.account.admin import EmailAddressAdmin
from allauth.mfa.admin import Authenticator  # which registers it, to be taken out
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSession
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.curating import RecordAdmin
from hub.standing import standings_for

admin.site.site_header = f"{settings.SITE_NAME} for curators"
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Looking after the site"
# A job holds a mail, and a mail may hold a code that signs somebody in.
admin.site.unregister(ProcrastinateJob)
# Keys of providers come from the environment alone, no token is kept, and whom somebody
# is elsewhere is theirs to see.
admin.site.unregister([SocialApp, SocialToken, SocialAccount])
# Its one verb asks for no right; who may only look would confirm addresses with it.
EmailAddressAdmin.make_verified.allowed_permissions = ("change",)
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


@require_safe
@admin.site.admin_view
def standing(request: HttpRequest) -> HttpResponse:
    """How the guides and the questions stand, as pictures and in numbers."""
    standings = standings_for(request.user)
    if not standings:
        raise PermissionDenied
    title = {"title": "How the site stands", "standings": standings}
    context = admin.site.each_context(request) | title
    return TemplateResponse(request, "admin/standing.html", context)


@admin.site.admin_view
def view_on_site(
    request: HttpRequest, content_type_id: int, object_id: str
) -> HttpResponse:
    """Leads from a row to its page, for those who may look at the row.

    Django's own asks for no right, and so tells the addresses of drafts.
    """
    kind = ContentType.objects.filter(pk=content_type_id).first()
    model = kind and kind.model_class()
    is_listed = bool(model) and admin.site.is_registered(model)
    if not is_listed or not admin.site.get_model_admin(model).has_view_permission(
        request
    ):
        raise PermissionDenied
    return shortcut(request, content_type_id, object_id)
