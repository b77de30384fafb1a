"""The site's own settings, with what only a test may change."""

import os

os.environ.setdefault(
    "SECRET_KEY", "a key that only the tests use, long enough to pass"
)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("CONTACT_EMAIL", "editors@handover.example")
os.environ.setdefault("EMAIL_URL", "console:")
os.environ.setdefault("LOG_LEVEL", "ERROR")

from hub.settings import *
from hub.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# Fails a test in which a page asks for each row by itself.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [  # Django's and allauth's own, one a session
    {"model": "sessions.Session"},
    {"model": "account.EmailAddress"},
    {"model": "contenttypes.ContentType", "field": "get()"},  # kept per process
    {"model": "accounts.User", "field": "get()"},  # the person and who looks
]
