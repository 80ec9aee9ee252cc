"""The clients of a firm."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from amtweb.firms.access import in_firm, note, note_look, require
from amtweb.firms.forms import ClientForm
from amtweb.firms.models import Client
from amtweb.firms.permissions import MAY, Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member

LONGEST_SEARCH = 100
SHELVED = "Archived: out of the book, with all scenarios kept. “Take out of the archive” undoes it."


@in_firm("GET", "HEAD", act=Act.SEE)
def clients(request: HttpRequest, member: Member) -> HttpResponse:
    """All clients of the firm, or those that were searched for."""
    search = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    archived = request.GET.get("show") == "archived"
    found = Client.objects.of(member).filter(archived_at__isnull=not archived)
    for word in search.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(people__name__icontains=word)
            | Q(tags__name__icontains=word)
        )
    shown = (
        found.distinct()
        .select_related("advisor__user")
        .prefetch_related("people", "tags")
        .annotate(kept=Count("scenarios", filter=Q(scenarios__deleted_at=None), distinct=True))
    )
    context = {"clients": shown, "search": search, "archived": archived} | _may(member)
    return render(request, "firms/clients.html", context)


@in_firm("GET", "HEAD", act=Act.SEE)
def client(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """A client: the household, the notes, the scenarios."""
    found = _client(member, public_id)
    note_look(request, member, f"client {public_id}")
    current = found.scenarios.filter(deleted_at=None, archived_at=None)
    scenarios = current.defer("draft", "words").order_by("-changed_at")
    context = {"client": found, "scenarios": scenarios} | _may(member)
    return render(request, "firms/client.html", context)


@in_firm("GET", "HEAD", "POST", act=Act.CHANGE)
def new_client(request: HttpRequest, member: Member) -> HttpResponse:
    """Takes on a client."""
    form = ClientForm(request.POST or None, member=member, initial={"advisor": member})
    return _form(request, member, form, "client_made")


@in_firm("GET", "HEAD", "POST", act=Act.CHANGE)
def edit_client(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Changes what is known of a client."""
    found = _client(member, public_id)
    form = ClientForm(request.POST or None, member=member, instance=found)
    return _form(request, member, form, "client_changed")


@in_firm("POST", act=Act.CHANGE)
def shelve_client(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Puts a client away, takes one out again, or deletes one with all scenarios."""
    found = _client(member, public_id)
    op = request.POST.get("op", "")
    with transaction.atomic():
        if op == "delete":
            require(member, Act.DELETE, f"client {public_id}")
            found.delete()
            note(member, "client_deleted", f"client {public_id}")
            messages.success(request, f"{found} is deleted, with all scenarios.")
            return redirect("firms:clients")
        if op in ("archive", "unarchive"):
            found.archived_at = timezone.now() if op == "archive" else None
            found.save(update_fields=["archived_at"])
            note(member, f"client_{op}d", f"client {public_id}")
            messages.success(
                request, SHELVED if found.archived_at else "Among current clients again."
            )
    return redirect(found)


def _client(member: Member, public_id: str) -> Client:
    return get_object_or_404(Client.objects.of(member), public_id=public_id)


def _form(request: HttpRequest, member: Member, form: ClientForm, act: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            kept = form.keep()
            note(member, act, f"client {kept.public_id}")
        return redirect(kept)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "client": form.instance if form.instance.pk else None}
    return render(request, "firms/client_form.html", context, status=status)


def _may(member: Member) -> dict[str, object]:
    """What the page offers: nothing that the role would be refused."""
    return {"member": member, "may": {act.name.lower() for act in MAY[member.role]}}
