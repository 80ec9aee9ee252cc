from __future__ import annotations

from django.urls import path

from amtweb.welcome import views

app_name = "welcome"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("start/example/", views.take_example, name="take_example"),
    path("start/exercised/", views.exercised, name="exercised"),
    path("start/credit/", views.credit, name="credit"),
    path("start/advisor/", views.advisor, name="advisor"),
]
