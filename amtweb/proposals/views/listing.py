"""All proposals of a firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.shortcuts import render

from amtweb.firms.access import in_firm
from amtweb.firms.models import Client
from amtweb.firms.permissions import Act
from amtweb.proposals.models import CHANGED, GIVEN, NOT_ISSUED, Proposal
from amtweb.proposals.views.finding import may

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

MOST = 300
"""On the page; who has more chooses a client."""
STATES = ((NOT_ISSUED, "Drafts"), (GIVEN, "Given"), (CHANGED, "Changed since"))


@in_firm("GET", "HEAD", act=Act.SEE)
def proposals(request: HttpRequest, member: Member) -> HttpResponse:
    """The proposals of the firm, of a client or in a state if one is asked for."""
    found = Proposal.objects.of(member).select_related("client")
    client = Client.objects.of(member).filter(public_id=_word(request, "client")).first()
    if client is not None:
        found = found.filter(client=client)
    state = _word(request, "state")
    if state in dict(STATES):
        found = found.in_state(state)
    told = found.annotate(given=Count("issues"), given_at=Max("issues__issued_at"))
    context = {
        "proposals": told.defer("draft", "earlier")[:MOST],
        "clients": Client.objects.of(member).filter(proposals__isnull=False).distinct(),
        "client": client,
        "states": STATES,
        "state": state,
        "most": MOST,
    }
    return render(request, "proposals/list.html", context | may(member))


def _word(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "")[:40]
