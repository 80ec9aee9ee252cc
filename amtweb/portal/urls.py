from __future__ import annotations

from django.urls import path

from amtweb.firms.permissions import Act
from amtweb.portal.reading import read_by_client, read_by_firm
from amtweb.portal.views import answering, client, household, news, proposals, publications

app_name = "portal"

CLIENT = "clients/<slug:public_id>/"
BY_FIRM = f"{CLIENT}published/<slug:publication>/"
BY_CLIENT = "advisor/published/<slug:publication>/"
LOOK = ("GET", "HEAD")

urlpatterns = [
    # What a member does.
    path(f"{CLIENT}invite/", household.invite, name="invite"),
    path(
        f"{CLIENT}invitations/<slug:invitation>/withdraw/",
        household.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path(f"{CLIENT}publish/<slug:scenario>/", household.publish_scenario, name="publish_scenario"),
    path(f"{CLIENT}accounts/<slug:link>/unlink/", household.unlink_person, name="unlink_person"),
    path(f"{CLIENT}scenarios.zip", household.scenarios_of_client, name="scenarios_of_client"),
    path(
        f"{BY_FIRM}withdraw/",
        read_by_firm("POST", act=Act.SHARE)(household.withdraw_publication),
        name="withdraw_publication",
    ),
    path(f"{CLIENT}figures/<slug:suggestion>/", answering.suggestion, name="suggestion"),
    path(f"{CLIENT}figures/<slug:suggestion>/answer/", answering.answer, name="answer"),
    # What somebody of a household does.
    path("advisor/", client.home, name="home"),
    path("advisor/invitations/<slug:public_id>/accept/", client.accept, name="accept"),
    path("advisor/copies/<slug:public_id>/propose/", client.propose, name="propose"),
    path("advisor/links/<slug:public_id>/leave/", client.leave, name="leave"),
    path("advisor/links/<slug:public_id>/again/", client.come_back, name="come_back"),
    path("advisor/proposals/<slug:public_id>/", proposals.proposal, name="proposal"),
    path("advisor/proposals/<slug:public_id>/proposal.pdf", proposals.pdf, name="proposal_pdf"),
    path("advisor/proposals/<slug:public_id>/logo", proposals.logo, name="proposal_logo"),
    path(f"{BY_CLIENT}copy/", read_by_client("POST")(client.copy), name="copy"),
    path(f"{BY_CLIENT}files/<str:file>", read_by_client(*LOOK)(publications.file), name="file"),
    path(f"{BY_CLIENT}report/<str:part>", read_by_client(*LOOK)(publications.part), name="part"),
    # What both read, and say beside it.
    path(BY_CLIENT, read_by_client(*LOOK)(publications.published), name="published"),
    path(
        BY_FIRM,
        read_by_firm(*LOOK, act=Act.SEE)(publications.published),
        name="published_by_firm",
    ),
    *(
        route
        for place, view, methods, act in (
            ("worksheets/", publications.worksheets, LOOK, Act.SEE),
            ("worksheets/<int:year>/", publications.worksheets_of_year, LOOK, Act.SEE),
            ("comment/", publications.comment, ("POST",), Act.CHANGE),
            ("comments/read/", publications.mark_read, ("POST",), Act.SEE),
            (
                "comments/<slug:comment>/delete/",
                publications.delete_comment,
                ("POST",),
                Act.CHANGE,
            ),
        )
        for route in (
            path(f"{BY_CLIENT}{place}", read_by_client(*methods)(view)),
            path(f"{BY_FIRM}{place}", read_by_firm(*methods, act=act)(view)),
        )
    ),
    # What is new.
    path("news/", news.news, name="news"),
    path("news/read/", news.read, name="read"),
    path("news/mails/", news.mails, name="mails"),
]
