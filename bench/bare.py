"""A bare Django, as `startproject` makes one: what a cold start costs at least."""

from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[
        f"django.contrib.{name}"
        for name in (
            *("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"),
        )
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY="a key of a site that nobody visits",
    STATIC_URL="/static/",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
            },
        }
    ],
)

from django.contrib import admin  # noqa: E402  (it needs the settings)
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402

application = get_wsgi_application()
urlpatterns = [path("admin/", admin.site.urls)]
