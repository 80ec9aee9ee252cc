from __future__ import annotations

from django.urls import path

from amtweb.explorer import views

app_name = "explorer"

urlpatterns = [
    path("explorer/", views.explorer, name="explorer"),
]
