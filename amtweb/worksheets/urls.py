from __future__ import annotations

from django.urls import path

from amtweb.exchange.subjects import PLACES
from amtweb.worksheets import views

app_name = "worksheets"

urlpatterns = [
    *(
        path(f"{prefix}worksheets/", views.some_year, {"find": find}, name=f"years{name}")
        for prefix, name, find in PLACES
    ),
    *(
        path(f"{prefix}worksheets/<int:year>/", views.year_page, {"find": find}, name=f"year{name}")
        for prefix, name, find in PLACES
    ),
]
