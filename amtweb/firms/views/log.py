"""The log of the firm, for its admins: to read, to check and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from amtweb.audit.acts import WORDS
from amtweb.audit.export import LINES, TYPES, lines_of
from amtweb.audit.log import AS_CLIENT, record
from amtweb.audit.models import Event, Head
from amtweb.audit.verification import check_and_keep, check_from
from amtweb.firms.access import actor_of, in_firm
from amtweb.firms.log_objects import addresses_of
from amtweb.firms.log_search import page_of, search_in
from amtweb.firms.permissions import MAY, Act

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.audit.verification import Check
    from amtweb.firms.models import Member

CHECKED_WHILE_READING = 2_000
"""Events that reading the page checks beyond those that were checked before."""


@in_firm("GET", "HEAD", act=Act.READ_THE_LOG)
def log(request: HttpRequest, member: Member) -> HttpResponse:
    """A page of the log, and whether it was altered."""
    name, search = member.firm.public_id, search_in(request.GET)
    found = check_from(name, CHECKED_WHILE_READING)
    members = member.firm.members.select_related("user").order_by("user__email")
    context: dict[str, Any] = {
        "member": member,
        "may": {act.name.lower() for act in MAY[member.role]},
        "search": search,
        "page": page_of(name, search),
        "acts": sorted(WORDS.items(), key=lambda act: act[1]),
        "accounts": _accounts(name, members, search.who),
        "check": found,
        "state": _state(found),
        "checked_at": Head.objects.filter(log=name).values_list("checked_at", flat=True).first(),
    }
    return render(request, "firms/log.html", context)


@in_firm("POST", act=Act.READ_THE_LOG)
def check(request: HttpRequest, member: Member) -> HttpResponse:
    """Goes on with the check of the whole log, a step a request, or begins it anew."""
    check_and_keep(member.firm.public_id, anew=request.POST.get("op") == "anew")
    return redirect("firms:log")


@in_firm("POST", act=Act.READ_THE_LOG, confirmed=True)
def take_away(request: HttpRequest, member: Member) -> HttpResponse:
    """The whole log as a file, this event included."""
    form = request.POST.get("form", "")
    if form not in TYPES:
        form = LINES
    name = member.firm.public_id
    last = record(name, actor_of(member), "log_exported", f"as {form}").number
    lines = lines_of(name, last, form, addresses_of)
    response = HttpResponse("".join(lines), content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="log.{form}"'
    return response


def _state(found: Check) -> str:
    events = "1 event" if found.events == 1 else f"{found.events:,} events"
    if found.found is not None:
        return f"{events}; the chain is broken: number {found.found}."
    if found.is_complete:
        return f"{events}; the chain is unbroken."
    return f"{events}; the chain is unbroken up to number {found.checked:,}, the rest unchecked."


def _accounts(log: str, members: Any, chosen: int | None) -> dict[int, str]:
    """Those to choose from: the members, and who is chosen although they have left."""
    accounts = {each.user_id: each.user.email for each in members}
    if chosen is not None and chosen not in accounts:
        accounts[chosen] = f"account {chosen}"
        # Of others the firm learns no address: of its clients' accounts, and of strangers'.
        worked = Event.objects.filter(log=log, who=chosen).exclude(role=AS_CLIENT)
        if worked.exists():
            accounts |= addresses_of([chosen])
    return accounts
