from __future__ import annotations

from django.urls import path

from amtweb.methodology import views

app_name = "methodology"

urlpatterns = [
    path("verification/", views.verification, name="verification"),
    path("coverage/", views.coverage, name="coverage"),
]
