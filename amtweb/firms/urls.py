from __future__ import annotations

from django.urls import path

from amtweb.firms.views import clients, endings, firm, log, workspaces

app_name = "firms"

urlpatterns = [
    path("workspaces/", workspaces.workspaces, name="workspaces"),
    path("workspaces/own/enter/", workspaces.leave, name="leave"),
    path("workspaces/second-step/", workspaces.second_step, name="second_step"),
    path("workspaces/new-firm/", workspaces.new_firm, name="new_firm"),
    path("workspaces/<slug:public_id>/enter/", workspaces.enter, name="enter"),
    path(
        "workspaces/invitations/<slug:public_id>/accept/",
        workspaces.accept_invitation,
        name="accept_invitation",
    ),
    path("firm/", firm.firm, name="firm"),
    path("firm/settings/", firm.settings, name="settings"),
    path("firm/invite/", firm.invite, name="invite"),
    path("firm/leave/", endings.leave_firm, name="leave_firm"),
    path("firm/delete/", endings.delete_firm, name="delete_firm"),
    path("firm/members/<slug:public_id>/", firm.change_member, name="change_member"),
    path("firm/members/<slug:public_id>/sessions/end/", endings.end_sessions, name="end_sessions"),
    path("firm/invitations/<slug:public_id>/withdraw/", firm.withdraw, name="withdraw"),
    path("firm/log/", log.log, name="log"),
    path("firm/log/check/", log.check, name="check_log"),
    path("firm/log/export/", log.take_away, name="export_log"),
    path("clients/", clients.clients, name="clients"),
    path("clients/new/", clients.new_client, name="new_client"),
    path("clients/<slug:public_id>/", clients.client, name="client"),
    path("clients/<slug:public_id>/edit/", clients.edit_client, name="edit_client"),
    path("clients/<slug:public_id>/shelve/", clients.shelve_client, name="shelve_client"),
]
