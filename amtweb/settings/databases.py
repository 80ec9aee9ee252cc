"""The one database, from an address such as DATABASE_URL holds.

`sqlite:////srv/amtweb.sqlite3` is a file (the fourth slash starts its absolute path);
`postgresql://user:password@host:5432/name?sslmode=require` is a server, whose host may be the
folder of a Unix socket in percent-encoding: `postgresql://user@%2Frun%2Fpostgresql/name`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# IMMEDIATE, because a transaction that begins by reading and then writes is otherwise refused
# outright when another one writes; FULL, because what was answered as saved must outlive a
# power cut; secure_delete, because what was deleted must not stay in the file's free pages. The
# two sizes are those that the SQLite guides for web servers agree on.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;"
        "PRAGMA cache_size=2000;"
    ),
}


def database_at(url: str) -> dict[str, Any]:
    """An entry of DATABASES.

    Raises:
        ImproperlyConfigured: the address is neither of SQLite nor of PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and parts.path[1:]:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": SQLITE_OPTIONS,
        }
    if parts.scheme in {"postgres", "postgresql"} and parts.path[1:]:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": True, **dict(parse_qsl(parts.query))},
        }
    # The address may hold a password and is not repeated.
    message = "DATABASE_URL must be sqlite:////path/to/file or postgresql://user@host/name"
    raise ImproperlyConfigured(message)
