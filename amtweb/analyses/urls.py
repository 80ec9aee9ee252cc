from __future__ import annotations

from django.urls import path

from amtweb.analyses import views

app_name = "analyses"

urlpatterns = [
    path(
        "examples/<slug:example_slug>/analyses/<slug:slug>/",
        views.ask_of_example,
        name="ask_of_example",
    ),
    path("analyses/<slug:slug>/", views.ask, name="ask"),
    path("scenarios/<slug:public_id>/analyses/<slug:slug>/", views.ask, name="ask_of_scenario"),
]
