from __future__ import annotations

from django.urls import path

from amtweb.runs.views import asking, runs

app_name = "runs"

urlpatterns = [
    path("runs/", runs.runs, name="runs"),
    path("runs/new/", asking.new_run, name="new_run"),
    path("runs/roll-forward/", asking.roll_forward, name="roll_forward"),
    path("runs/<slug:public_id>/", runs.run, name="run"),
    path("runs/<slug:public_id>/progress/", runs.progress, name="progress"),
    path("runs/<slug:public_id>/cancel/", runs.cancel, name="cancel"),
    path("runs/<slug:public_id>/again/", runs.again, name="again"),
    path("runs/<slug:public_id>/delete/", runs.delete, name="delete"),
    path("runs/<slug:public_id>/close/", runs.close_years, name="close_years"),
    path("runs/<slug:public_id>/undo/", runs.undo, name="undo"),
    path("runs/<slug:public_id>/clients.csv", runs.as_csv, name="csv"),
]
