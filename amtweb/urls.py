from __future__ import annotations

from django.urls import include, path

from amtweb import health

urlpatterns = [
    path("livez", health.live),
    path("readyz", health.ready),
    path("", include("amtweb.scenarios.urls")),
    path("", include("amtweb.sharing.urls")),
]
