"""What the tests run on: SQLite in a file of its own, or the server that DATABASE_URL names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from amtweb.settings.common import *
from amtweb.settings.databases import database_at

SECRET_KEY = "the tests' own key, which protects nothing"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

# A file and not SQLite's memory, so that threads have connections of their own as on the site;
# named by process, so that two runs at once do not meet.
SQLITE_FILE = Path(tempfile.gettempdir()) / f"amtweb-test-{os.getpid()}.sqlite3"
DATABASES = {"default": database_at(os.environ.get("DATABASE_URL") or f"sqlite:///{SQLITE_FILE}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(SQLITE_FILE)}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Straight from their sources, so that no test sees what an earlier build left behind.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# At once, in the transaction of what asks for it; tests/web/live has workers of its own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
