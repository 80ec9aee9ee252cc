"""What `make run` serves on http://localhost: as in production, but for TLS and its secrets."""

from __future__ import annotations

import os

from amtweb.settings.common import *
from amtweb.settings.databases import database_at
from amtweb.settings.secret_key import secret_key_kept_in

# The database in it is for its owner's eyes.
VAR_DIR.mkdir(mode=0o700, exist_ok=True)

SECRET_KEY = secret_key_kept_in(VAR_DIR / "secret_key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DATABASES = {
    "default": database_at(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'amtweb.sqlite3'}"
    )
}

# Mails go nowhere: a page shows them.
ROOT_URLCONF = "amtweb.urls_in_development"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "outbox"

DAILY_UPKEEP = True
