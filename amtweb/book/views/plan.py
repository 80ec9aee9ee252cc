"""Says which scenario stands for a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect

from amtweb.book.plans import mark_plan
from amtweb.firms.access import in_firm, note
from amtweb.firms.models import Client
from amtweb.firms.permissions import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member


@in_firm("POST", act=Act.CHANGE)
def mark(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Lets the posted scenario stand for the client; an empty one, whichever was changed last."""
    client = get_object_or_404(Client.objects.of(member), public_id=public_id)
    wanted = request.POST.get("scenario", "").replace("\x00", "")
    scenario = None
    if wanted:
        current = client.scenarios.filter(deleted_at=None, archived_at=None)
        scenario = get_object_or_404(current, public_id=wanted)
    with transaction.atomic():
        mark_plan(client, scenario)
        about = f"client {public_id}"
        note(member, "plan_marked", f"{about} scenario {wanted}" if wanted else about)
    stands = f"“{scenario}” stands" if scenario else "Whichever was changed last stands"
    messages.success(request, f"{stands} for this client from now on.")
    return redirect(client)
