from __future__ import annotations

from django.urls import path

from amtweb.sharing import views

app_name = "sharing"

urlpatterns = [
    path("scenarios/<slug:public_id>/links/", views.links, name="links"),
    path("scenarios/<slug:public_id>/links/make/", views.make_link, name="make_link"),
    path(
        "scenarios/<slug:public_id>/links/<slug:fingerprint>/revoke/",
        views.revoke_link,
        name="revoke_link",
    ),
    path("shared/<slug:token>/", views.shared, name="shared"),
    path("shared/<slug:token>/copy/", views.copy, name="copy"),
]
