"""Why the site would rather not start than run in public with these settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from amtweb.settings.mail import mail_by

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORTEST_KEY = 50
FEWEST_DIFFERENT_CHARACTERS = 5
KEYS_FROM_EXAMPLES = ("django-insecure-", "change", "example", "secret", "your-")


def names_in(text: str) -> list[str]:
    """The names that commas separate, without the blanks about them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def reasons_to_refuse(environment: Mapping[str, str]) -> list[str]:
    """All reasons at once, none of which repeats a value."""
    keys = [
        ("SECRET_KEY", environment.get("SECRET_KEY", "")),
        *(("SECRET_KEY_FALLBACKS", key) for key in names_in(_fallbacks(environment))),
    ]
    reasons = [f"{name} {flaw}" for name, key in keys if (flaw := _flaw_of_key(key))]
    hosts = names_in(environment.get("ALLOWED_HOSTS", ""))
    if not hosts:
        reasons.append("ALLOWED_HOSTS is empty: name the site's hosts")
    if any("*" in host or host == "." for host in hosts):
        reasons.append("ALLOWED_HOSTS must name hosts and not match all of them")
    if environment.get("DEBUG", "").lower() not in {"", "0", "false", "no", "off"}:
        reasons.append("DEBUG is on, which shows the source to visitors")
    reasons += _flaws_of_mail(environment)
    if not (environment.get("TRUSTED_PROXIES") or "0").isdecimal():
        reasons.append("TRUSTED_PROXIES must be a number of proxies")
    return reasons


def _fallbacks(environment: Mapping[str, str]) -> str:
    return environment.get("SECRET_KEY_FALLBACKS", "")


def _flaws_of_mail(environment: Mapping[str, str]) -> list[str]:
    flaws = []
    if not environment.get("EMAIL_URL"):
        flaws.append("EMAIL_URL is missing: nobody can sign up without mail")
    else:
        try:
            mail_by(environment["EMAIL_URL"])
        except ImproperlyConfigured as reason:
            flaws.append(str(reason))
    if "@" not in environment.get("EMAIL_FROM", ""):
        flaws.append("EMAIL_FROM must be the address that mails come from")
    return flaws


def _flaw_of_key(key: str) -> str:
    if not key:
        return "is missing"
    if len(key) < SHORTEST_KEY:
        return f"is shorter than {SHORTEST_KEY} characters"
    if key.lower().startswith(KEYS_FROM_EXAMPLES):
        return "is taken from an example"
    if len(set(key)) < FEWEST_DIFFERENT_CHARACTERS:
        return "is not random"
    return ""
