from __future__ import annotations

from django.urls import path

from amtweb.comparing import views

app_name = "comparing"

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    path("compare/comparison.csv", views.download, name="download"),
]
