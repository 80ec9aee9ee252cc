"""The site in public, behind TLS, set up by environment variables.

| variable | meaning |
| --- | --- |
| SECRET_KEY | at least 50 characters, random, kept secret |
| SECRET_KEY_FALLBACKS | earlier keys, separated by commas, while a key is being replaced |
| ALLOWED_HOSTS | the host names, separated by commas |
| DATABASE_URL | see `databases`; a file in `var/` where it is not given |
| EMAIL_URL | the mail server, see `mail`: `smtp://user:password@host:587` |
| EMAIL_FROM | the address that mails come from |
| TRUST_X_FORWARDED_PROTO | 1 behind a proxy that sets, and never passes on, that header |
| TRUSTED_PROXIES | how many proxies add to X-Forwarded-For; 0, and nobody's word, if not given |
"""

from __future__ import annotations

import os

from amtweb.settings.common import *
from amtweb.settings.databases import database_at
from amtweb.settings.mail import mail_by
from amtweb.settings.refusals import names_in, reasons_to_refuse

if reasons := reasons_to_refuse(os.environ):
    # One line, where an exception would bury the reasons under a traceback.
    raise SystemExit("amtweb does not start: " + "; ".join(reasons))

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = names_in(os.environ.get("SECRET_KEY_FALLBACKS", ""))
ALLOWED_HOSTS = names_in(os.environ["ALLOWED_HOSTS"])
DATABASES = {
    "default": database_at(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'amtweb.sqlite3'}"
    )
}

globals().update(mail_by(os.environ["EMAIL_URL"]))
DEFAULT_FROM_EMAIL = os.environ["EMAIL_FROM"]

DAILY_UPKEEP = True

SECURE_SSL_REDIRECT = True
# The machine that asks whether the site is alive asks it directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if os.environ.get("TRUST_X_FORWARDED_PROTO") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# By the address of a request attempts are counted. Who may write the header chooses the address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or 0)

# A browser takes cookies of such a name from this host alone, over TLS alone.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
KNOWN_BROWSER_COOKIE_NAME = "__Host-knownbrowser"
