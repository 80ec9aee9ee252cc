from __future__ import annotations

from django.urls import path

from amtweb.year_end.views import closing, finding

app_name = "year_end"

urlpatterns = [
    path("close-year/", closing.close_year_of_working_copy, name="close_working_copy"),
    path(
        "scenarios/<slug:public_id>/close-year/",
        closing.close_year_of_scenario,
        name="close_year",
    ),
    path("find-my-credit/", finding.find_my_credit, name="find_my_credit"),
]
