"""The server that sends the mails, from an address such as EMAIL_URL holds.

`smtp://user:password@host:587` turns to TLS before anything is said (STARTTLS), `smtps://…:465`
speaks it from the start. A host of this machine is spoken to without TLS.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LONGEST_WAIT = 10
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
PORTS = {"smtp": 587, "smtps": 465}
PORT_OF_THIS_MACHINE = 25


def mail_by(url: str) -> dict[str, Any]:
    """The settings EMAIL_*.

    Raises:
        ImproperlyConfigured: the address is not one of a mail server.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        # The address may hold a password and is not repeated.
        message = "EMAIL_URL must be smtp://user:password@host or smtps://user:password@host"
        raise ImproperlyConfigured(message)
    near = parts.scheme == "smtp" and parts.hostname in THIS_MACHINE
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (PORT_OF_THIS_MACHINE if near else PORTS[parts.scheme]),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not near,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": LONGEST_WAIT,
    }
