"""Secrets that the database and the browser may hold but not read: the seeds of second steps."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

PURPOSE = b"amtweb.accounts.sealing"


def seal(text: str) -> str:
    """The text, readable only with the site's key."""
    return _box(*_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str, *, seconds: int | None = None) -> str | None:
    """The text; none if it was sealed by another key, tampered with, or longer ago than that."""
    try:
        return _box(*_keys()).decrypt(sealed, ttl=seconds).decode()
    except InvalidToken:
        return None


def sealed_anew(sealed: str) -> str | None:
    """The same under the newest key; none if it is so already or cannot be read."""
    newest, *earlier = _keys()
    try:
        _box(newest).decrypt(sealed)
    except InvalidToken:
        try:
            return _box(newest, *earlier).rotate(sealed.encode()).decode()
        except InvalidToken:
            return None
    return None


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _box(*keys: str) -> MultiFernet:
    # The keys are long and random, so that one keyed hash is derivation enough.
    digests = (hmac.digest(key.encode(), PURPOSE, hashlib.sha256) for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
