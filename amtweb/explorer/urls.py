from __future__ import annotations

from django.urls import path

from amtweb.explorer import views

app_name = "explorer"

urlpatterns = [
    path("explorer/", views.explorer, name="explorer"),
    path("explorer/cheapest/", views.cheapest, name="cheapest"),
    path("explorer/apply/", views.apply_plan, name="apply"),
    path("scenarios/<slug:public_id>/explorer/", views.explorer, name="explorer_of_scenario"),
    path(
        "scenarios/<slug:public_id>/explorer/cheapest/", views.cheapest, name="cheapest_of_scenario"
    ),
    path("scenarios/<slug:public_id>/explorer/apply/", views.apply_plan, name="apply_to_scenario"),
]
