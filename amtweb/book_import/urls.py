from __future__ import annotations

from django.urls import path

from amtweb.book_import import views

app_name = "book_import"

urlpatterns = [
    path("firm/import/", views.import_book, name="import"),
    path("firm/import/tables/<slug:table>.csv", views.template, name="template"),
    path("firm/import/<slug:public_id>/", views.done, name="done"),
    path("firm/import/<slug:public_id>/undo/", views.undo, name="undo"),
]
