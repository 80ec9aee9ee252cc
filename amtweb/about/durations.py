"""How long things are kept, in words, from the very constants that the site keeps to.

Named by where they stand and not imported: the page is about the whole site, and apps that are
built on this one are among it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.module_loading import import_string

SETTINGS: Final = {
    "session": "SESSION_COOKIE_AGE",
    "sign_in": "LONGEST_SIGN_IN",
    "in_a_firm": "LONGEST_IN_A_FIRM",
    "idle_in_a_firm": "LONGEST_IDLE_IN_A_FIRM",
    "form_cookie": "CSRF_COOKIE_AGE",
    "reset_code": "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT",
}
CONSTANTS: Final = {
    "deleted": "amtweb.scenarios.retention.DELETED_FOR",
    "once": "amtweb.scenarios.once.KEPT",
    "unconfirmed": "amtweb.accounts.upkeep.WITHOUT_AN_ADDRESS",
    "upkeep": "amtweb.accounts.upkeep.DAY",
    "known_browser": "amtweb.accounts.known_browsers.LIFETIME",
    "link": "amtweb.sharing.models.LIFETIME",
    "longest_link": "amtweb.sharing.models.LONGEST_LIFE",
    "dead_link": "amtweb.sharing.models.REMEMBERED",
    "revoked": "amtweb.sharing.models.TAKEN_BACK",
    "invitation": "amtweb.firms.models.INVITED_FOR",
    "left_household": "amtweb.portal.unlinking.CLOSED_FOR",
    "news": "amtweb.portal.notices.KEPT",
}
COUNTS: Final = {
    "in_a_browser": "amtweb.scenarios.quotas.IN_A_BROWSER",
    "in_an_account": "amtweb.scenarios.quotas.IN_AN_ACCOUNT",
    "revisions": "amtweb.scenarios.quotas.REVISIONS",
}
UNITS: Final = (
    (timedelta(days=365), "year"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def kept_for() -> dict[str, str]:
    """By name, how long: ``30 days``."""
    of_settings = {name: getattr(settings, at) for name, at in SETTINGS.items()}
    constants = {name: import_string(at) for name, at in CONSTANTS.items()}
    return {name: in_words(_span(value)) for name, value in (of_settings | constants).items()}


def most_kept() -> dict[str, int]:
    """By name, how many."""
    return {name: import_string(at) for name, at in COUNTS.items()}


def in_words(span: timedelta) -> str:
    """In the largest unit of which it is a whole number: ``90 days``, ``1 year``."""
    unit, word = next(pair for pair in UNITS if not span % pair[0])
    number = span // unit
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _span(value: Any) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)
