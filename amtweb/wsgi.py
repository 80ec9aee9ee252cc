from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

# Production, because whoever forgets to choose a mode should be refused rather than exposed.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amtweb.settings.production")

application = get_wsgi_application()
