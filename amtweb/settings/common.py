"""What holds in every mode. Nothing here is secret and nothing here is a default for a secret."""

from __future__ import annotations

from pathlib import Path

from amtweb.settings.accounts import *
from amtweb.settings.background import *

BASE_DIR = Path(__file__).resolve().parents[2]
# What the site makes while it runs; never in the repository.
VAR_DIR = BASE_DIR / "var"

DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "amtweb.audit",
    "amtweb.firms",
    "amtweb.scenarios",
    "amtweb.exchange",
    "amtweb.worksheets",
    "amtweb.analyses",
    "amtweb.sharing",
    "amtweb.parameters",
    "amtweb.methodology",
    "amtweb.comparing",
    "amtweb.couples",
    "amtweb.reports",
    "amtweb.year_end",
    "amtweb.explorer",
    "amtweb.welcome",
    "amtweb.about",
    "django_tasks",
    "django_tasks_db",
    "amtweb.book",
    "amtweb.runs",
    "amtweb.portal",
    "amtweb.proposals",
    "amtweb.book_import",
    "amtweb.accounts",
]

# The security headers come first, so that redirects, refusals and error pages carry them too.
MIDDLEWARE = [
    "amtweb.security_headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A planner's page is an eighth of its size on the wire; docs/decisions has why this is safe.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "amtweb.sharing.link_forms.LinkFormsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "amtweb.firms.middleware.WorkspaceMiddleware",
    "amtweb.scenarios.visitors.KnownBrowserMiddleware",
    "amtweb.scenarios.no_room.NoRoomMiddleware",
]

ROOT_URLCONF = "amtweb.urls"
WSGI_APPLICATION = "amtweb.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # What the set-up takes out of npm packages.
    ("plotly", VAR_DIR / "assets" / "plotly"),
    ("fonts", VAR_DIR / "assets" / "fonts"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Nobody else's page has a use for our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
# In the session: a message may name an amount, and a cookie of its own would carry it about.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Sixty years of forty fields and four kinds of rows, five hundred of each, eight fields a row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A file of 1 MiB and what a form sends around it. There is no handler for larger ones, so that
# they are thrown away as they come in and no upload ever lies on the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024 + 16 * 1024

# Nothing comes from elsewhere and nothing is inline, but style sheets whose digests a page adds
# (amtweb.style_sheets). The name and the shape are those of Django 6.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],  # blob: is the chart saved as a picture
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"one_line": {"()": "amtweb.request_log.OneLineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers for these would print tracebacks and mail the posted data.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Who signed in, what was done about an account or a share link: by number, never by name.
        "amtweb.security": {"handlers": [], "level": "INFO", "propagate": True},
        # A page that is not there is the visitor's matter, and its address may be a share link.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
