from __future__ import annotations

from django.urls import path

from amtweb.exchange import views
from amtweb.exchange.csv_import import views as csv_import
from amtweb.exchange.subjects import PLACES

app_name = "exchange"

urlpatterns = [
    path("import/", views.import_document, name="import"),
    path("import/csv/", csv_import.import_rows, name="import_rows"),
    path("import/csv/<slug:table>.csv", csv_import.template, name="template"),
    path(
        "scenarios/<slug:public_id>/import/", csv_import.import_rows, name="import_rows_to_scenario"
    ),
    *(
        path(f"{prefix}download/", views.download, {"find": find}, name=f"download{name}")
        for prefix, name, find in PLACES
    ),
    *(
        path(f"{prefix}download/<str:file>", views.file, {"find": find}, name=f"file{name}")
        for prefix, name, find in PLACES
    ),
]
