from __future__ import annotations

from django.urls import path

from amtweb.exchange import views

app_name = "exchange"

urlpatterns = [
    path("import/", views.import_document, name="import"),
    path("scenarios/<slug:public_id>/download/", views.download, name="download"),
    path("scenarios/<slug:public_id>/download/scenario.json", views.document, name="document"),
    path("scenarios/<slug:public_id>/download/years.csv", views.years, name="years"),
    path("scenarios/<slug:public_id>/download/lines.csv", views.lines, name="lines"),
    path("scenarios/<slug:public_id>/download/inputs.csv", views.inputs, name="inputs"),
    path("scenarios/<slug:public_id>/download/workbook.xlsx", views.workbook, name="workbook"),
]
