"""Settings: one file, from the environment only. ``docs/operations.md`` lists every variable."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from lienthong.kernel import clock
from lienthong.site import embedded, env

BASE_DIR = Path(__file__).resolve().parents[2]
TESTING = "pytest" in sys.modules
DATA_DIR = env.path("LIENTHONG_DATA", BASE_DIR / "var")
if TESTING and not os.environ.get("DATABASE_URL"):
    DATA_DIR = BASE_DIR / ".cache" / "test"  # never the embedded server of real data: tests switch its fsync off

DEBUG = env.flag("LIENTHONG_DEBUG", default=False)
DEMO = env.flag("LIENTHONG_DEMO", default=False)
if DEMO:
    clock.shift(env.days_in(DATA_DIR / "demo-clock"))
SECRET_KEY = env.secret("LIENTHONG_SECRET_KEY", DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.words("LIENTHONG_HOSTS", "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = env.words("LIENTHONG_ORIGINS")

INSTALLED_APPS = [
    "lienthong.site",
    "lienthong.reports",
    "lienthong.online",
    "lienthong.cases",
    "lienthong.payments",
    "lienthong.registers",
    "lienthong.queueing",
    "lienthong.workfiles",
    "lienthong.outgoing",
    "lienthong.documents",
    "lienthong.stationery",
    "lienthong.tasks",
    "lienthong.procedures",
    "lienthong.applicants",
    "lienthong.workflow",
    "lienthong.fields",
    "lienthong.catalogue",
    "lienthong.administration",
    "lienthong.calendars",
    "lienthong.exports",
    "lienthong.exchange",
    "lienthong.notifications",
    "lienthong.numbering",
    "lienthong.files",
    "lienthong.search",
    "lienthong.journal",
    "lienthong.ui",
    "lienthong.organisation",
    "lienthong.identity",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "lienthong.site.middleware.RefusalMiddleware",
    "lienthong.site.middleware.UnreadableMiddleware",
    "lienthong.site.middleware.ActorMiddleware",
    "lienthong.online.middleware.CitizensMiddleware",
    "lienthong.administration.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "lienthong.site.urls"
WSGI_APPLICATION = "lienthong.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "lienthong.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lienthong.site.menu.frame",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = (
    True  # a component sees its own attributes and the frame, not the variables of the page around it
)

# --- database: a server by DATABASE_URL, or the embedded one in the data directory ---------------------------------
_database: dict[str, Any] = dict(
    dj_database_url.parse(os.environ["DATABASE_URL"])
    if os.environ.get("DATABASE_URL")
    else embedded.database_settings(DATA_DIR)
)
_database["TEST"] = {"NAME": f"test_lienthong_{env.text('LIENTHONG_TEST_DB', 'main')}"}
if TESTING:
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "options": "-c lienthong.allow_truncate=on"}
else:
    _database["OPTIONS"] = {
        **_database.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": env.integer("LIENTHONG_POOL", 10), "timeout": 10},
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# --- cache: in the database, so that all processes count failed sign-ins together ------------------------------------
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

# --- identity --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_ADAPTER = "lienthong.identity.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by invitation to the address that its holder then opens
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "lienthong.identity.adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "lienthong.identity.forms.AddPasskeyForm",
    "edit_webauthn": "lienthong.identity.forms.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Liên Thông"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.flag("LIENTHONG_HTTPS", default=False)
SECOND_FACTOR_FOR_ADMINISTRATORS = env.flag("LIENTHONG_SECOND_FACTOR", default=not DEMO and not TESTING)

# --- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["lienthong.ui.locale"]

# --- tasks -----------------------------------------------------------------------------------------------------------
TASK_EXTENSIONS_MAX = env.integer("LIENTHONG_TASK_EXTENSIONS_MAX", 2)
TASK_ESCALATION_HOURS = [int(hours) for hours in env.words("LIENTHONG_TASK_ESCALATION_HOURS", "0,16,40")]

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff2", "png", "jpg", "gz", "br")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "lienthong.ui.finders.NodeFinder",
]
LARGEST_FILE = env.integer("LIENTHONG_LARGEST_FILE", 0)  # bytes; 0 = the limit of data/file_types.toml
S3_BUCKET = env.text("LIENTHONG_S3_BUCKET")
_directory = {
    "BACKEND": "lienthong.files.storage.DurableFileSystemStorage",
    "OPTIONS": {"location": DATA_DIR / "files"},
}
_bucket = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.text("LIENTHONG_S3_ENDPOINT") or None,
        "region_name": env.text("LIENTHONG_S3_REGION") or None,
        "access_key": env.text("LIENTHONG_S3_ACCESS_KEY") or None,
        "secret_key": env.text("LIENTHONG_S3_SECRET_KEY") or None,
        "location": env.text("LIENTHONG_S3_PREFIX"),
        "addressing_style": env.text("LIENTHONG_S3_ADDRESSING", "auto"),
        "default_acl": None,
        "file_overwrite": True,
    },
}
STORAGES: dict[str, Any] = {
    "default": _bucket if S3_BUCKET else _directory,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "lienthong.ui.storage.ManifestStorage"
    },
}

# --- safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
CSRF_FAILURE_VIEW = "lienthong.site.views.stale_form"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("LIENTHONG_HTTPS", default=False)
if SESSION_COOKIE_SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

# --- mail ------------------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("LIENTHONG_SMTP_HOST")
EMAIL_PORT = env.integer("LIENTHONG_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("LIENTHONG_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("LIENTHONG_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("LIENTHONG_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("LIENTHONG_MAIL_FROM", "Liên Thông <lienthong@localhost>")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20  # seconds; a mail server that hangs must not hold the worker
SMS_GATEWAY = env.text("LIENTHONG_SMS_GATEWAY")  # a class of one's own; else the provider below; else SMS is off
SMS_ADDRESS = env.text("LIENTHONG_SMS_ADDRESS")
SMS_KEY = env.text("LIENTHONG_SMS_KEY")
SMS_SENDER = env.text("LIENTHONG_SMS_SENDER", "LIENTHONG")  # the brand name under which it is sent
ZALO_ADDRESS = env.text("LIENTHONG_ZALO_ADDRESS")
ZALO_KEY = env.text("LIENTHONG_ZALO_KEY")
ZALO_TEMPLATE = env.text("LIENTHONG_ZALO_TEMPLATE")  # the template that Zalo has approved, with one field "noi_dung"
BASE_URL = env.text("LIENTHONG_URL", "http://127.0.0.1:8000")  # how letters point back here

# --- the national sign-in of citizens (OpenID Connect): off until issuer and client are set --------------------------
NATIONAL_ISSUER = env.text("LIENTHONG_NATIONAL_ISSUER")
NATIONAL_CLIENT = env.text("LIENTHONG_NATIONAL_CLIENT")
NATIONAL_SECRET = env.text("LIENTHONG_NATIONAL_SECRET")
NATIONAL_NAME = env.text("LIENTHONG_NATIONAL_NAME", "VNeID")  # as citizens know it

# --- payments --------------------------------------------------------------------------------------------------------
PAYGOV_ADDRESS = env.text("LIENTHONG_PAYGOV_ADDRESS")  # the gateway's page; below it /query and /refund
PAYGOV_MERCHANT = env.text("LIENTHONG_PAYGOV_MERCHANT")
PAYGOV_SECRET = env.text("LIENTHONG_PAYGOV_SECRET")
PAYGOV_NAME = env.text("LIENTHONG_PAYGOV_NAME", "Cổng thanh toán trực tuyến")

# --- exchange with other systems: each is off until all of its words are set ---------------------------------------
DVCQG_ADDRESS = env.text("LIENTHONG_DVCQG_ADDRESS")  # the national portal's address for the sync of cases
DVCQG_UNIT = env.text("LIENTHONG_DVCQG_UNIT")  # our identifier there, such as H11
DVCQG_SECRET = env.text("LIENTHONG_DVCQG_SECRET")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LIENTHONG_LOG_LEVEL", "WARNING")},
    "loggers": {"lienthong.refusals": {"level": "INFO"}},
}
