from __future__ import annotations

from django.urls import path

from amtweb.scenarios.views import (
    aged,
    forgetting,
    history,
    library,
    moving,
    saved,
    workbench,
)

app_name = "scenarios"

urlpatterns = [
    path("planner/", workbench.workbench, name="workbench"),
    path("start-over/", workbench.start_over, name="start_over"),
    path("examples/", workbench.gallery, name="gallery"),
    path("examples/<slug:slug>/", workbench.open_example, name="example"),
    path("blank/", workbench.blank, name="blank"),
    path("forget/", forgetting.forget, name="forget"),
    path("scenarios/", library.library, name="library"),
    path("scenarios/new/", library.create, name="create"),
    path("scenarios/chosen/", library.chosen, name="chosen"),
    path("scenarios/<slug:public_id>/", saved.scenario, name="scenario"),
    path(
        "scenarios/<slug:public_id>/new-figures/",
        aged.take_new_figures,
        name="take_new_figures",
    ),
    path("scenarios/<slug:public_id>/history/", history.history, name="history"),
    path("scenarios/<slug:public_id>/history/compare/", history.compare, name="compare_revisions"),
    path("scenarios/<slug:public_id>/history/<int:number>/", history.revision, name="revision"),
    path(
        "scenarios/<slug:public_id>/history/<int:number>/restore/",
        history.restore,
        name="restore",
    ),
    path("scenarios/<slug:public_id>/client/", moving.move, name="move"),
    path("scenarios/<slug:public_id>/delete/", library.delete, name="delete"),
    path("scenarios/<slug:public_id>/duplicate/", library.duplicate, name="duplicate"),
    path("scenarios/<slug:public_id>/rename/", library.rename, name="rename"),
]
