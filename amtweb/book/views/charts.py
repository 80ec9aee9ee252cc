"""The charts of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from amtweb.book.charts import charts_of
from amtweb.book.lines import book_of
from amtweb.book.looks import look_of
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from amtweb.firms.models import Member


@in_firm("GET", "HEAD", act=Act.SEE)
def charts(request: HttpRequest, member: Member) -> HttpResponse:
    """The charts of the clients that the address asks for."""
    look = look_of(request.GET)
    note(member, "book_seen")
    context = {
        "member": member,
        "look": look,
        "charts": charts_of(member.firm, look),
        "left": book_of(member.firm).filter(has_aged=True).count(),
    }
    return render(request, "book/charts.html", context)
