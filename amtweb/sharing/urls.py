from __future__ import annotations

from django.urls import path

from amtweb.sharing.views import holder, of_firm, owner

app_name = "sharing"

urlpatterns = [
    path("scenarios/<slug:public_id>/links/", owner.links, name="links"),
    path("scenarios/<slug:public_id>/links/make/", owner.make_link, name="make_link"),
    path("scenarios/<slug:public_id>/links/revoke-all/", owner.revoke_all, name="revoke_all"),
    path(
        "scenarios/<slug:public_id>/links/<slug:fingerprint>/revoke/",
        owner.revoke_link,
        name="revoke_link",
    ),
    path(
        "scenarios/<slug:public_id>/links/<slug:fingerprint>/restore/",
        owner.restore_link,
        name="restore_link",
    ),
    path("firm/links/", of_firm.firm_links, name="firm_links"),
    path("firm/links/revoke-all/", of_firm.revoke_all_of_firm, name="revoke_all_of_firm"),
    path(
        "firm/links/<slug:fingerprint>/revoke/", of_firm.revoke_firm_link, name="revoke_firm_link"
    ),
    path("shared/<slug:token>/", holder.shared, name="shared"),
    path("shared/<slug:token>/opened/", holder.note_opening, name="opened"),
    path("shared/<slug:token>/copy/", holder.copy, name="copy"),
    path("shared/<slug:token>/scenario.json", holder.document, name="document"),
    path("shared/<slug:token>/worksheets/", holder.worksheets, name="worksheets"),
    path(
        "shared/<slug:token>/worksheets/<int:year>/",
        holder.worksheets_of_year,
        name="worksheets_of_year",
    ),
]
