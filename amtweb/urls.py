from __future__ import annotations

from django.urls import include, path

from amtweb import health
from amtweb.icon import icon

urlpatterns = [
    path("", include("amtweb.firms.urls")),
    path("", include("amtweb.scenarios.urls")),
    path("", include("amtweb.exchange.urls")),
    path("", include("amtweb.worksheets.urls")),
    path("", include("amtweb.analyses.urls")),
    path("", include("amtweb.sharing.urls")),
    path("", include("amtweb.parameters.urls")),
    path("", include("amtweb.methodology.urls")),
    path("", include("amtweb.comparing.urls")),
    path("", include("amtweb.couples.urls")),
    path("", include("amtweb.reports.urls")),
    path("", include("amtweb.year_end.urls")),
    path("", include("amtweb.explorer.urls")),
    path("", include("amtweb.welcome.urls")),
    path("", include("amtweb.about.urls")),
    path("", include("amtweb.book.urls")),
    path("", include("amtweb.runs.urls")),
    path("", include("amtweb.portal.urls")),
    path("", include("amtweb.proposals.urls")),
    path("", include("amtweb.book_import.urls")),
    path("", include("amtweb.accounts.urls")),
    path("favicon.ico", icon, name="icon"),
    path("livez", health.live, name="live"),
    path("readyz", health.ready, name="ready"),
]

handler400 = "amtweb.bad_requests.bad_request"
