from __future__ import annotations

from django.urls import path

from amtweb.methodology import views

app_name = "methodology"

urlpatterns = [
    path("learn/", views.learn, name="learn"),
    path("learn/<slug:concept>/", views.concept, name="concept"),
    path("glossary/", views.glossary, name="glossary"),
    path("verification/", views.verification, name="verification"),
    path("coverage/", views.coverage, name="coverage"),
]
