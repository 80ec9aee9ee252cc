from __future__ import annotations

from django.urls import path

from amtweb.book.views import book, charts, exporting, feeds, plan, saved_views

app_name = "book"

urlpatterns = [
    path("book/", book.book, name="book"),
    path("book/refresh/", book.refresh, name="refresh"),
    path("book/progress/", book.progress, name="progress"),
    path("book/charts/", charts.charts, name="charts"),
    path("book/clients.csv", exporting.export_book, name="export_book"),
    path("book/dates.ics", exporting.export_dates, name="export_dates"),
    path("book/views/", saved_views.save_view, name="save_view"),
    path("book/views/<slug:public_id>/", saved_views.change_view, name="change_view"),
    path("book/feeds/", feeds.feeds, name="feeds"),
    path("book/feeds/new/", feeds.new_feed, name="new_feed"),
    path("book/feeds/<slug:public_id>/end/", feeds.end_feed, name="end_feed"),
    path("feeds/<slug:token>/dates.ics", feeds.feed, name="feed"),
    path("clients/<slug:public_id>/plan/", plan.mark, name="mark_plan"),
]
