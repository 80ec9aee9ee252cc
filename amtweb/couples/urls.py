from __future__ import annotations

from django.urls import path

from amtweb.couples import views

app_name = "couples"

urlpatterns = [
    path("joint-or-separate/", views.compare, name="joint_or_separate"),
    path("joint-or-separate/years.csv", views.download, name="download"),
    path("joint-or-separate/joint/", views.make_joint, name="make_joint"),
    path("joint-or-separate/divide/", views.divide, name="divide"),
]
