"""What is taken away of the book: the table as a file, the dates as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from amtweb.book.dates import CALENDAR, dates_of
from amtweb.book.looks import look_in
from amtweb.book.table import rows_of
from amtweb.book.table_as_file import book_as_table
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.files import CSV
from amtweb.firms.access import in_firm, note
from amtweb.firms.permissions import Act

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.firms.models import Member


@in_firm("POST", act=Act.EXPORT, confirmed=True)
def export_book(request: HttpRequest, member: Member) -> HttpResponse:
    """The clients that the book shows, of all its pages."""
    content = csv_of(book_as_table(rows_of(member.firm, look_in(request.POST))))
    note(member, "book_exported")
    return _file(content, CSV, f"amtweb-clients-{timezone.now():%Y-%m-%d}.csv")


@in_firm("POST", act=Act.EXPORT, confirmed=True)
def export_dates(request: HttpRequest, member: Member) -> HttpResponse:
    """The dates ahead of all clients, by their names."""
    content = dates_of(
        member.firm, with_names=True, address_of=request.build_absolute_uri, made=timezone.now()
    )
    note(member, "dates_exported")
    return _file(content, CALENDAR, "amtweb-dates-of-clients.ics")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
