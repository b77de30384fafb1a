"""Every address of the site, in the order they are tried."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from accounts.doors import sign_in_to_admin, with_second_factor
from hub import my_data_views, views, wellknown
from hub.admin.site import standing, view_on_site
from hub.sitemaps import SITEMAPS

handler400 = "hub.errors.bad_request"
handler403 = "hub.errors.permission_denied"
handler404 = "hub.errors.page_not_found"
handler429 = "hub.errors.too_many_requests"  # asked for by allauth
handler500 = "hub.errors.server_error"

# The admin's own sign-in page counts no failed passwords; the site's does.
admin.site.login = sign_in_to_admin(admin.site.login)
admin.site.has_permission = with_second_factor(admin.site.has_permission)

hub = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("healthz", wellknown.healthz, name="healthz"),
    path("readyz", wellknown.readyz, name="readyz"),
    path("metrics", wellknown.metrics, name="metrics"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("llms.txt", wellknown.llms, name="llms"),
    path("opensearch.xml", wellknown.opensearch, name="opensearch"),
    path("manifest.webmanifest", wellknown.manifest, name="manifest"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
    path(".well-known/security.txt", wellknown.security_txt, name="security-txt"),
    path(
        ".well-known/change-password",
        wellknown.change_password,
        name="change-password",
    ),
    path("accounts/data/", my_data_views.data, name="data"),
    path("accounts/delete/", my_data_views.delete, name="delete"),
    path("accounts/keep/", my_data_views.keep, name="keep"),
]
if settings.DEMO:
    from hub import demo_providers
    from hub.demo_mail import demo_mail

    hub.append(path("demo/mail/", demo_mail, name="demo-mail"))
    hub += demo_providers.urlpatterns
hub.append(path("<slug:slug>/", views.page, name="page"))

urlpatterns = [
    path("", include("discussions.urls")),
    path("", include("guides.urls")),
    path("", include("landscape.urls")),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/", include("accounts.providers.urls")),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
    path("admin/r/<int:content_type_id>/<path:object_id>/", view_on_site),
    path("admin/standing/", standing, name="standing"),
    path("admin/", admin.site.urls),
    path("", include((hub, "hub"))),  # last: a page may have any slug that is left
]
