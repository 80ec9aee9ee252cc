"""The site in public, behind TLS, set up by environment variables.

| variable | meaning |
| --- | --- |
| SECRET_KEY | at least 50 characters, random, kept secret |
| SECRET_KEY_FALLBACKS | earlier keys, separated by commas, while a key is being replaced |
| ALLOWED_HOSTS | the host names, separated by commas |
| DATABASE_URL | see `databases`; a file in `var/` where it is not given |
| TRUST_X_FORWARDED_PROTO | 1 behind a proxy that sets, and never passes on, that header |
"""

from __future__ import annotations

import os

from amtweb.settings.common import *
from amtweb.settings.databases import database_at
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

SECURE_SSL_REDIRECT = True
# The machine that asks whether the site is alive asks it directly, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if os.environ.get("TRUST_X_FORWARDED_PROTO") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A browser takes cookies of such a name from this host alone, over TLS alone.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
