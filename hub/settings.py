"""Everything that differs by deployment, read once from the environment.

`docs/operations.md` explains each variable. A missing or wrong one stops the
start with one line.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.csp import CSP

from hub import environment

BASE_DIR = Path(__file__).resolve().parent.parent

# What kind of place this is. Secure unless DEBUG or DEMO says otherwise.
DEBUG = environment.flag("DEBUG")
DEMO = environment.flag("DEMO")  # set by `manage.py demo`, never by hand
SITE_NAME = environment.text("SITE_NAME", "Handover")
STRAPLINE = "Public service know-how, passed on."
SITE_URL = environment.origin("SITE_URL", "http://localhost:8000" if DEBUG else None)
IS_HTTPS = SITE_URL.startswith("https://")
CONTACT_EMAIL = environment.address(
    "CONTACT_EMAIL", "editors@handover.example" if DEBUG or DEMO else None
)

# Secrets and hosts
SECRET_KEY = environment.secret("SECRET_KEY", "not-secret" * 5 if DEBUG else None)
SECRET_KEY_FALLBACKS = environment.words("SECRET_KEY_FALLBACKS", "")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname)

# Applications
INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "hub",
    "discussions",
    "guides",
    "landscape",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.facebook",
    "allauth.socialaccount.providers.twitter_oauth2",
    "django_htmx",
]
# Search by an index that knows ranks, where the database server has RUM
SEARCH_RUM = environment.flag("SEARCH_RUM", False)
if SEARCH_RUM:
    INSTALLED_APPS += ["guides.rum"]
MIDDLEWARE = [
    "hub.page_cache.KeepPages",
    "hub.logs.RequestId",
    # First what every answer says, also one that a later layer refuses to think about.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "hub.middleware.ResponseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.middleware.CachePolicy",
    "hub.middleware.RefuseJunk",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hub.middleware.WordedRefusal",
]
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
# As APP_DIRS would have it, but for the templates of our own.
LOADERS = [
    "hub.template_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.site",
            ],
        },
    },
    {
        # For what a page repeats again and again: comments, and the admin's lists.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "discussions.markup.environment"},
    },
]

# Database: the only state that web processes share
DATABASES = {"default": environment.database("DATABASE_URL")}
DATABASES["default"] |= {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}
OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
# Values go apart from the SQL, as accounts/prepared.py needs it. A pooler between the
# two must know of prepared statements.
OPTIONS["server_side_binding"] = True
OPTIONS["options"] = " ".join(
    [
        "-c statement_timeout=10s -c lock_timeout=3s",
        OPTIONS.get("options", ""),  # of the address: they come last, so they win
    ]
).strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits are counted here, so every web process sees the same counts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hub_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# People and sign-in
AUTH_USER_MODEL = "accounts.User"
SESSION_ENGINE = "accounts.session_store"
AUTHENTICATION_BACKENDS = ["accounts.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email"]}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "hub:home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_FORMS = {"login": "accounts.sign_in.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60  # some mail servers keep a code for minutes
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before email and password change
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when the ways into an account change
ACCOUNT_LOGOUT_REDIRECT_URL = "hub:home"
ACCOUNT_RATE_LIMITS = {
    "image": "100/h/user",  # files sent, good ones or not
    "paste": "30/m/user",
    "preview": "60/m/user",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"{SITE_NAME}: "
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {"add_webauthn": "accounts.passkeys.AddPasskeyForm"}
MFA_ADAPTER = "accounts.passkeys.PasskeyAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ by some seconds
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO  # localhost, without https
STAFF_NEED_SECOND_FACTOR = environment.flag(
    "STAFF_NEED_SECOND_FACTOR", not (DEBUG or DEMO)
)
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXIES", 0)

# Sign-in providers: one without keys shows no button, and its addresses answer 404
SOCIALACCOUNT_ADAPTER = "accounts.social_adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": "accounts.providers.forms.SignupForm",
    "disconnect": "accounts.providers.forms.DisconnectForm",
}
SOCIALACCOUNT_AUTO_SIGNUP = False  # a new person says which name to show
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # signing in never links accounts
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = (1.5, 3)  # seconds to connect and to answer
PROVIDER_LIMITS = {"ask": "30/m/ip"}  # how often one network has us ask a provider
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {
    name: {
        "provider_class": f"accounts.providers.{provider_class}",
        "APPS": environment.provider_keys(variable),
    }
    for name, provider_class, variable in [
        ("google", "google.Google", "GOOGLE"),
        ("twitter_oauth2", "x.X", "TWITTER"),
        ("facebook", "facebook.Facebook", "FACEBOOK"),
    ]
}
if DEMO:
    from hub.demo import stand_in

    for name, chosen in SOCIALACCOUNT_PROVIDERS.items():
        if not chosen["APPS"]:
            chosen |= stand_in(name, SITE_URL)

# Mail: written into the job table with the change, sent by the worker
DEFAULT_FROM_EMAIL = environment.address(
    "FROM_EMAIL", CONTACT_EMAIL, may_have_name=True
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAILERS = {
    "default": {"BACKEND": "hub.mail.OutboxBackend"},
    "server": environment.mailer("EMAIL_URL", "console:" if DEBUG or DEMO else None),
}
PROCRASTINATE_IMPORT_PATHS = [
    "hub.mail",
    "hub.tidying",
    "guides.calendar",
    "guides.emails",
    "guides.explaining",
    "discussions.emails",
]
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}  # mails hold codes

# Cookies and headers: no cookie at all for signed-out readers
SESSION_COOKIE_NAME = "__Host-sessionid" if IS_HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if IS_HTTPS else "csrftoken"
PENDING_COOKIE_NAME = "__Host-pending" if IS_HTTPS else "pending"  # words that wait
# A plan's cookie goes to the plan's own address alone, which __Host- would not allow.
PLAN_COOKIE_NAME = "__Secure-plan" if IS_HTTPS else "plan"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hub.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = environment.flag("HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading is the owner's decision
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
PERMISSIONS_POLICY = {
    "browsing-topics": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

# Requests: one guide of 200,000 characters fits, a flood does not
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_LONGEST = 10_000_000  # bytes; of a longer one only the size is kept
FILE_UPLOAD_HANDLERS = ["hub.uploads.LongestFile"]

# Words and dates
LANGUAGE_CODE = "en-gb"
TIME_ZONE = environment.time_zone("TIME_ZONE", "Europe/London")
USE_I18N = True  # dates and the admin speak British English
DATE_FORMAT = "j F Y"

# Files: static ones with hashed names, compressed, served by the web process; sent
# ones where every web process finds them
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": environment.file_storage("FILE_STORAGE", "database"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs go to standard error; the server in front keeps them
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(levelname)s %(name)s %(message)s"},
        "json": {"()": "hub.logs.Lines"},
    },
    "filters": {"jobs": {"()": "hub.logs.WithoutWhatJobsCarry"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line" if DEBUG or DEMO else "json",
            "filters": ["jobs"],
        }
    },
    "root": {
        "handlers": ["stderr"],
        "level": environment.one_of("LOG_LEVEL", "INFO", LEVELS),
    },
    "loggers": {"django.server": {"handlers": ["stderr"], "propagate": False}},
}

# How long a shared cache may show a page without asking; browsers always ask
CDN_SECONDS = environment.number("CDN_SECONDS", 0)

# Finished pages kept in the memory of each web process, in millions of bytes (0: none),
# and for how many seconds they are shown while the database is away
KEPT_PAGES_MB = environment.number("KEPT_PAGES_MB", 0 if DEBUG else 32)
PAGES_WITHOUT_DATABASE = environment.number("PAGES_WITHOUT_DATABASE", 600)

# What is watched: queries that take longer are logged, and who has the token may read
# /metrics, which answers 404 without one
SLOW_QUERY_SECONDS = environment.number("SLOW_QUERY_MS", 500) / 1000  # 0: never
METRICS_TOKEN = environment.secret("METRICS_TOKEN", "")

# Reads of guides are counted in memory, and written down after so many seconds
READS_WAIT = 10

# The limit on a guide's text and on a comment's, in characters
GUIDE_MAX_LENGTH = 200_000
COMMENT_MAX_LENGTH = 10_000

# Comments: who waits for a curator, and how much one person may send
HELD_COMMENTS = environment.number("HELD_COMMENTS", 1)  # first ones of a new member
COMMENTS_UNTIL_KNOWN = 3  # approved ones; links of a new member wait until then
ACCOUNT_IS_NEW_FOR = timedelta(days=1)
COMMENT_EDIT_TIME = timedelta(minutes=30)
COMMENT_REPEAT_TIME = timedelta(minutes=5)  # the same words again are the same comment
COMMENT_LIMITS = {10: 1, 60: 6, 86_400: 60}  # in so many seconds: at most so many
NEW_MEMBER_LIMITS = {10: 1, 60: 6, 86_400: 10}
PENDING_LIMITS = {60: 10, 3_600: 60}  # of one network, signed out
REPORT_LIMITS = {60: 5, 86_400: 20}
REPORTS_THAT_HOLD = 3  # by members who are no newcomers to the site:
REPORTER_IS_KNOWN_AFTER = timedelta(days=7)
TRUSTED_LINKS = environment.words(
    "TRUSTED_LINKS",
    "gov.uk,nhs.uk,police.uk,parliament.uk,gov.scot,gov.wales,mod.uk,w3.org",
)
MAILS_A_DAY = 20  # about discussions, to one person

# Pictures: how many a guide may have, and one person may add in a day
IMAGES_A_GUIDE = 50
IMAGES_A_DAY = 100
