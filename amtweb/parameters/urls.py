from __future__ import annotations

from django.urls import path

from amtweb.parameters import views

app_name = "parameters"

urlpatterns = [
    path("law/", views.parameters, name="parameters"),
    path("law/<int:year>/", views.parameters, name="year"),
]
