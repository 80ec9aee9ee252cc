from __future__ import annotations

from django.urls import path

from amtweb.book.views import plan

app_name = "book"

urlpatterns = [
    path("clients/<slug:public_id>/plan/", plan.mark, name="mark_plan"),
]
