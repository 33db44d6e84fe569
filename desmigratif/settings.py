"""One settings file for every machine. Values come from the environment; `.env.example` explains each."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from desmigratif import environment as env
from desmigratif.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent

# local: engines, keys and practice accounts made by ./run. production: everything must be given.
MODE = env.text("DESMIGRATIF_MODE", "production")
if MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"DESMIGRATIF_MODE must be local or production, not {MODE!r}.")
LOCAL = MODE == "local"
HTTPS = env.flag("DESMIGRATIF_HTTPS", default=not LOCAL)

DEBUG = False
SECRET_KEY = env.text("DESMIGRATIF_SECRET_KEY")
if not LOCAL and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("DESMIGRATIF_SECRET_KEY is too short: give at least 50 random characters.")
ALLOWED_HOSTS = env.words("DESMIGRATIF_HOSTS", "localhost,127.0.0.1,[::1]" if LOCAL else "")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "DESMIGRATIF_HOSTS is not set. Give the site's host names, separated by commas."
    )
SITE_URL = env.text(
    "DESMIGRATIF_SITE_URL", "http://localhost:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}"
)
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []

# Identity numbers are sealed with keys that live outside the database and the repository.
FIELD_KEYS_FILE = env.text("DESMIGRATIF_FIELD_KEYS_FILE")
# Published reports are signed with this one (Ed25519, PKCS 8 in PEM).
REPORT_KEY_FILE = env.text("DESMIGRATIF_REPORT_KEY_FILE")

INSTALLED_APPS = [
    "desmigratif.site.SiteConfig",
    "reports",
    "cooperatives",
    "pillars",
    "migrants",
    "villages",
    "accounts",
    "audit",
    "periods",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "desmigratif.site.OwnStaticConfig",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A phone on a bad network pays for every byte; Django pads answers against BREACH, and tokens are masked.
    "accounts.middleware.CompressMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "audit.middleware.RequestIdMiddleware",
    "accounts.middleware.HostileInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "desmigratif.errors.FriendlyRefusals",
    "villages.middleware.SeatMiddleware",
    "villages.middleware.SessionLimitsMiddleware",
    "accounts.middleware.HeldFormsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "desmigratif.urls"
WSGI_APPLICATION = "desmigratif.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desmigratif.page.page",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "desmigratif.templatetags.words",
                "desmigratif.templatetags.parts",
                "desmigratif.templatetags.fields",
            ],
            "libraries": {"charts": "reports.templatetags.charts"},
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People and sessions
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.AccountBackend",
]
PASSWORD_HASHERS = [
    "accounts.hashers.TunedArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # every password asked anywhere is counted by accounts.lockout, in the database
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.GuessableValidator"},
    {"NAME": "villages.passwords.PlaceNameValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sesi" if HTTPS else "sesi"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_MINUTES = {"village": 60, "other": 30}
SESSION_ABSOLUTE_HOURS = 12
RECOGNITION_COOKIE_NAME = "__Host-orang" if HTTPS else "orang"  # whose form to keep after the session ended
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "desmigratif.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "bahasa"

# Five failures an account, twenty an address, in fifteen minutes; counted in PostgreSQL, not in the broker.
AXES_HANDLER = "accounts.lockout.TwoLimitsHandler"
AXES_FAILURE_LIMIT = 5
ADDRESS_FAILURE_LIMIT = 20
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # knocking on a locked door does not keep it locked
AXES_LOCKOUT_CALLABLE = "accounts.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.addresses.counted_address"
AXES_VERBOSE = False
PROXY_COUNT = env.number("DESMIGRATIF_PROXY_COUNT", 0)  # our own proxies in front; each adds an address

# Headers
SECURE_SSL_REDIRECT = False  # the proxy redirects; the health pages stay reachable inside
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers would then send "Origin: null" with our own forms, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
# A little over one megabyte, so that a note of that size is refused by its own field, with everything kept.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_310_720
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 5
MANY_VALUED_PARAMETERS = ()  # query parameters with several choices; any other given twice is a 400
SILENCED_SYSTEM_CHECKS = [
    "security.W008"
]  # SECURE_SSL_REDIRECT: the TLS proxy in docker-compose.yml redirects

# Language, time, numbers
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
FORMAT_MODULE_PATH = ["desmigratif.formats"]
USE_THOUSAND_SEPARATOR = True

# Mail: off without a server. What people are notified of stands on their pages in any case.
MAIL = bool(env.text("DESMIGRATIF_MAIL_HOST", ""))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("DESMIGRATIF_MAIL_HOST", "")
EMAIL_PORT = env.number("DESMIGRATIF_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("DESMIGRATIF_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("DESMIGRATIF_MAIL_PASSWORD", "")
MAIL_SECURITY = env.text("DESMIGRATIF_MAIL_SECURITY", "starttls")
if MAIL_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured(
        f"DESMIGRATIF_MAIL_SECURITY must be starttls, tls or none, not {MAIL_SECURITY!r}."
    )
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DESMIGRATIF_MAIL_FROM", f"desmigratif@{urlsplit(SITE_URL).hostname}")

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("DESMIGRATIF_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "desmigratif" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
MEDIA_ROOT = Path(env.text("DESMIGRATIF_MEDIA_ROOT", str(BASE_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o600

# A killed worker's job is delivered again within seconds; the visibility timeout outlasts the longest job.
REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("DESMIGRATIF_WORKER_PROCESSES", 1, least=1)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_TASK_DEFAULT_QUEUE = env.text("DESMIGRATIF_QUEUE", "desmigratif")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "retry_on_timeout": False,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULE = SCHEDULE

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "villages.api.callers.TokenCaller",
        "villages.api.callers.SessionCaller",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "EXCEPTION_HANDLER": "villages.api.errors.answer_in_words",
    "DEFAULT_THROTTLE_CLASSES": ["villages.api.throttles.CallsAMinute"],
    "DEFAULT_SCHEMA_CLASS": "villages.api.schema.DeclaredSchema",
}
# Calls a minute, counted in PostgreSQL: the broker may be away.
API_CALLS_A_MINUTE = {
    "token": env.number("DESMIGRATIF_API_TOKEN_CALLS", 120, least=1),
    "session": env.number("DESMIGRATIF_API_SESSION_CALLS", 240, least=1),
}
# Webhooks may reach this machine and plain http: on a laptop and in tests, never in production.
WEBHOOKS_LOCAL = LOCAL and env.flag("DESMIGRATIF_WEBHOOKS_LOCAL", default=False)
SPECTACULAR_SETTINGS = {
    "TITLE": "Desmigratif",
    "DESCRIPTION": "Calls for programs: docs/api.md.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE_NAME},
            "token": {"type": "http", "scheme": "bearer"},
        }
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("DESMIGRATIF_LOG_LEVEL", "WARNING")},
}

# Names that change by decree are settings (domain.md fact 8).
MINISTRY_NAME = env.text("DESMIGRATIF_MINISTRY_NAME", "Kementerian Ketenagakerjaan")
PROGRAMME_NAME = env.text("DESMIGRATIF_PROGRAMME_NAME", "Desa Migran Produktif")
HELP_PHONE = env.text("DESMIGRATIF_HELP_PHONE", "+6281000000200")
HELP_NAME = env.text("DESMIGRATIF_HELP_NAME", "") or _("the help desk of the ministry")
# Printed on the card a family carries, as "whom: number" (domain.md 2.8). Check them before a print run.
HOTLINES = env.words(
    "DESMIGRATIF_HOTLINES",
    "BP2MI (bebas pulsa): 0800-1000, BP2MI dari luar negeri: +62 21 2924 4800, Kemnaker: 1500630, "
    "Perempuan dan anak: SAPA 129, Perwakilan RI: peduliwni.kemlu.go.id",
)
SILENT_AFTER_DAYS = env.number("DESMIGRATIF_SILENT_AFTER_DAYS", 30, least=1)
IDLE_CASE_DAYS = env.number("DESMIGRATIF_IDLE_CASE_DAYS", 14, least=1)
ASSIGNMENT_ENDS_SOON_DAYS = 90

# The yearly report: limits of the rendering child; when a job without a sign of life is taken back.
REPORT_CPU_SECONDS = env.number("DESMIGRATIF_REPORT_CPU_SECONDS", 60, least=1)
REPORT_WALL_SECONDS = env.number("DESMIGRATIF_REPORT_WALL_SECONDS", 180, least=1)
REPORT_MEMORY_MB = env.number("DESMIGRATIF_REPORT_MEMORY_MB", 1024, least=200)
REPORT_HEART_SECONDS = env.number("DESMIGRATIF_REPORT_HEART_SECONDS", 5, least=1)
REPORT_STALLED_SECONDS = env.number("DESMIGRATIF_REPORT_STALLED_SECONDS", 60, least=2)
REPORT_CHILDREN = env.number("DESMIGRATIF_REPORT_CHILDREN", 2, least=1)
REPORT_ATTEMPTS = 3
# Where an official electronic signature is to be had: dotted path of a function that takes the bytes of a
# PDF and returns the signed ones; "" for none (docs/operations.md).
REPORT_SIGNER = env.text("DESMIGRATIF_REPORT_SIGNER", "")
# A file shown to the public check page may be this large; a copy of a report never is.
REPORT_CHECK_MEGABYTES = 10

# Where a virus scanner (ClamAV) listens: host:port or a socket file; "" for none.
CLAMAV = env.address("DESMIGRATIF_CLAMAV")

# Bringing in a file: when a job without a sign of life is taken back, and how often it starts.
IMPORT_STALLED_SECONDS = env.number("DESMIGRATIF_IMPORT_STALLED_SECONDS", 60, least=2)
IMPORT_ATTEMPTS = 3
