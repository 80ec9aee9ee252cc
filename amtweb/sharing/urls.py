from __future__ import annotations

from django.urls import path

from amtweb.sharing import views

app_name = "sharing"

urlpatterns = [
    path("scenarios/<str:public_id>/links/", views.links, name="links"),
    path("scenarios/<str:public_id>/links/make/", views.make_link, name="make_link"),
    path(
        "scenarios/<str:public_id>/links/<int:link_id>/revoke/",
        views.revoke_link,
        name="revoke_link",
    ),
    path("shared/<str:token>/", views.shared, name="shared"),
    path("shared/<str:token>/copy/", views.copy, name="copy"),
]
