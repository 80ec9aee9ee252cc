"""How often an address may ask for links, or feeds, that are not there.

Nobody finds a link by guessing; this makes trying it out pointless and visible.  While an address
is held off, it gets no link at all: otherwise the guess that hits would still be answered.
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST_MISSES = 60
WINDOW = 60
"""Seconds."""
NETWORK_OF_ONE = 64
"""Bits of an IPv6 address that one connection gets; the others it chooses itself."""

log = logging.getLogger("amtweb.security")


def seconds_to_wait(request: HttpRequest) -> int:
    """How long the asking address is held off; 0 if it is not."""
    now = time.time()
    missed = cache.get(_key(request, now), 0)
    return WINDOW - int(now) % WINDOW if missed >= MOST_MISSES else 0


def count(request: HttpRequest) -> None:
    """One more miss of the asking address."""
    key = _key(request, time.time())
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        missed = cache.incr(key)
    except ValueError:  # The cache was emptied in between.
        return
    if missed == MOST_MISSES:
        log.warning("links_guessed misses=%d", MOST_MISSES)


def _key(request: HttpRequest, now: float) -> str:
    who = hashlib.sha256(_network(request).encode()).hexdigest()
    return f"share-link-misses:{int(now) // WINDOW}:{who}"


def _network(request: HttpRequest) -> str:
    given = _address(request)
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 4:
        return given
    return str(ipaddress.ip_network((address, NETWORK_OF_ONE), strict=False))


def _address(request: HttpRequest) -> str:
    """Who connected to the outermost of the proxies that the settings trust.

    What stands further left in the header anybody can write into it.
    """
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < proxies <= len(hops) and hops[-proxies]:
        return hops[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
