"""The site's own settings, with what only a test may change."""

import os
from datetime import timedelta

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

# The cast posts as fast as a test needs; tests of the limits ask for `real_limits`.
HELD_COMMENTS = 0
COMMENTS_UNTIL_KNOWN = 0
ACCOUNT_IS_NEW_FOR = COMMENT_REPEAT_TIME = timedelta(0)
PROVIDER_LIMITS = {"ask": "100000/m/ip"}
COMMENT_LIMITS = PENDING_LIMITS = REPORT_LIMITS = {10: 10_000}

# Reads are written down when a test asks for it, not in the middle of another one.
READS_WAIT = 1_000_000

# Tests of the second factor turn this on; a passkey is tried on a loopback address.
STAFF_NEED_SECOND_FACTOR = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# Fails a test in which a page asks for each row by itself.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [  # Django's and allauth's own, one a session
    {"model": "sessions.Session"},
    {"model": "account.EmailAddress"},
    {"model": "contenttypes.ContentType", "field": "get()"},  # kept per process
    {"model": "accounts.User", "field": "get()"},  # the person and who looks
    {"model": "discussions.Comment", "field": "get()"},  # a verb locks its row
    {"model": "discussions.Member", "field": "get()"},
    {"model": "landscape.Term", "field": "get()"},  # itself and what is said instead
]
