"""How the site is served; `make run` and production use the same."""

from __future__ import annotations

import logging

worker_class = "gthread"
workers = 2
threads = 4
# Loaded once before the workers: a refusal to start then ends the server instead of being tried
# again for ever.
preload_app = True
# Whether a request came over TLS is for the settings to say, which trust no header unless told.
secure_scheme_headers: dict[str, str] = {}
# An access log would keep the addresses of share links.
accesslog = None
loglevel = "warning"

# What a broken log handler would print are the very arguments that the formatter keeps out.
logging.raiseExceptions = False
