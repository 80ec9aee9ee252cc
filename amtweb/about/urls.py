from __future__ import annotations

from django.urls import path

from amtweb.about import views

app_name = "about"

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("license/", views.license_text, name="license"),
    path("components/", views.components, name="components"),
]
