"""The book: the firm's clients in one table, with what needs attention."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse

from amtweb.book.lines import book_of, bring_up_to_date
from amtweb.book.looks import ALL, NEEDS, NOBODY, look_in, look_of
from amtweb.book.saved_views import first_look, offered
from amtweb.book.table import COLUMNS, sorts_by_words, table_of
from amtweb.firms.access import in_firm, note
from amtweb.firms.models import Client, Tag
from amtweb.firms.permissions import MAY, Act, may

if TYPE_CHECKING:
    from django.http import HttpResponse

    from amtweb.book.looks import Look
    from amtweb.firms.models import Member
    from amtweb.htmx import HtmxHttpRequest

UPDATED = "book-updated"
"""What the page is told when there are new lines."""


@in_firm("GET", "HEAD", act=Act.SEE)
def book(request: HtmxHttpRequest, member: Member) -> HttpResponse:
    """All clients, or those that the address asks for; at first in the view that one chose."""
    if not request.GET and (first := first_look(member)):
        return redirect(first.address())
    look = look_of(request.GET)
    if request.htmx:
        context = _of_list(member, look)
        return render(request, "book/_list.html", context)
    note(member, "book_seen")
    return book_page(request, member, look)


@in_firm("POST", act=Act.SEE)
def refresh(request: HtmxHttpRequest, member: Member) -> HttpResponse:
    """Computes some of the lines that have aged; the page asks again until none is left."""
    step = bring_up_to_date(member.firm)
    if not request.htmx:
        return redirect(look_in(request.POST).address())
    context = _of_progress(member, step.left) | {"goes_on": step.left > 0 and step.done > 0}
    response = render(request, "book/_progress.html", context)
    if not context["goes_on"]:
        response.headers["HX-Trigger-After-Swap"] = UPDATED
    return response


@in_firm("GET", "HEAD", act=Act.SEE)
def progress(request: HtmxHttpRequest, member: Member) -> HttpResponse:
    """How far the book is up to date; what asks for it works no further."""
    if not request.htmx:
        return redirect("book:book")
    left = book_of(member.firm).filter(has_aged=True).count()
    response = render(request, "book/_progress.html", _of_progress(member, left))
    response.headers["HX-Trigger-After-Swap"] = UPDATED
    return response


def book_page(
    request: HtmxHttpRequest,
    member: Member,
    look: Look,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    """The whole page of the book."""
    left = book_of(member.firm).filter(has_aged=True).count()
    context = _of_list(member, look) | _of_progress(member, left)
    context |= {
        "goes_on": left > 0,
        "advisors": member.firm.members.select_related("user").order_by("user__email"),
        "tags": Tag.objects.of(member),
        "needs": NEEDS,
        "sorts": sorts_by_words(look),
        "nobody": NOBODY,
        "columns": [column for column in COLUMNS if column.means],
        # That they have left is all that the firm may know of them.
        "parted": Client.with_closed.filter(firm=member.firm, closed_at__isnull=False).count(),
        "views": offered(member, may_change_the_firms=may(member, Act.CHANGE)),
    }
    return render(request, "book/book.html", context | more, status=status)


def _of_list(member: Member, look: Look) -> dict[str, Any]:
    table = table_of(member.firm, look)
    granted = {act.name.lower() for act in MAY[member.role]}
    return {
        "table": table,
        "look": table.look,
        "member": member,
        "may": granted,
        "all_address": f"{reverse('book:book')}?view={ALL}",
    }


def _of_progress(member: Member, left: int) -> dict[str, Any]:
    everyone = book_of(member.firm).count()
    return {"left": left, "everyone": everyone, "done": max(everyone - left, 0)}
