from __future__ import annotations

from django.urls import path

from amtweb.exchange.subjects import PLACES
from amtweb.reports import views

app_name = "reports"

urlpatterns = [
    *(
        path(f"{prefix}report/", views.report_page, {"find": find}, name=f"report{name}")
        for prefix, name, find in PLACES
    ),
    *(
        path(f"{prefix}report/<str:part>", views.part, {"find": find}, name=f"part{name}")
        for prefix, name, find in PLACES
    ),
]
