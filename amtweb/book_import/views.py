"""Bringing in a book: the form, the preview of what would be made, the taking over and back.

Nothing is kept before that: the text goes to and fro with the form.
"""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from amtweb.book_import.models import Import
from amtweb.book_import.plan import MOST_CLIENTS, MOST_ROWS
from amtweb.book_import.preview import preview_of
from amtweb.book_import.sending import LARGEST, TAKE, sent, typed
from amtweb.book_import.tables import BY_SLUG, TABLES
from amtweb.book_import.taking import ChangedError, counted, find_taken, plan_for, take_over
from amtweb.book_import.taking_back import take_back
from amtweb.exchange.csv_import.decoding import NotATableError
from amtweb.exchange.csv_import.sending import RefusedError
from amtweb.exchange.csv_import.templates import template_of
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.files import CSV
from amtweb.firms.access import in_firm
from amtweb.firms.permissions import Act
from amtweb.scenarios.quotas import FullLibraryError
from amtweb.scenarios.visitors import visitor_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.book_import.sending import Sent
    from amtweb.firms.models import Member

_PAGE = re.compile("[A-Za-z0-9_-]{1,32}")
LATEST = 10
"""Imports that are listed."""
LOOK_AGAIN = (
    "The tables or a choice were changed since the preview. Here it is as it would be taken over"
    " now: press the button once more."
)
CHANGED = (
    "The clients or the members of the firm were changed since this preview was made. Here is a new"
    " one: nothing was taken over yet."
)


@in_firm("GET", "HEAD", act=Act.IMPORT_A_BOOK)
def template(request: HttpRequest, member: Member, table: str) -> HttpResponse:
    """A table to fill in."""
    if table not in BY_SLUG:
        raise Http404
    response = HttpResponse(csv_of(template_of(BY_SLUG[table].shown)), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


@in_firm("GET", "HEAD", "POST", act=Act.IMPORT_A_BOOK)
def import_book(request: HttpRequest, member: Member) -> HttpResponse:
    """The form, and with tables the preview of them, until they are taken over."""
    if request.method != "POST":
        return _page(request, member, {})
    try:
        tables = sent(request)
        if request.POST.get("op") == TAKE:
            return _take(request, member, tables)
        return _preview(request, member, tables)
    except RefusedError as refusal:
        return _refused(request, member, str(refusal), refusal.status)
    except NotATableError as error:
        return _refused(request, member, str(error), HTTPStatus.UNPROCESSABLE_ENTITY)


@in_firm("GET", "HEAD", act=Act.IMPORT_A_BOOK)
def done(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """What an import made, and whether it can be taken back."""
    source = get_object_or_404(Import, firm=member.firm, public_id=public_id)
    taken = source.taken.filter(client__closed_at=None).select_related("client").order_by("pk")
    clients = [each.client for each in taken[:LATEST]]
    context = {
        "source": source,
        "counts": counted(source.counts),
        "clients": clients,
        "more": taken.count() - len(clients),
    }
    return render(request, "book_import/done.html", context)


@in_firm("POST", act=Act.IMPORT_A_BOOK)
def undo(request: HttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Takes an import back, as far as nobody has changed what it made."""
    source = find_taken(member, public_id)
    if source is None:
        raise Http404
    take_back(member, source)
    return redirect(source)


def _take(request: HttpRequest, member: Member, tables: Sent) -> HttpResponse:
    if request.POST.get("seen_rows") != tables.digest:
        return _preview(request, member, tables, LOOK_AGAIN, HTTPStatus.UNPROCESSABLE_ENTITY)
    seen, page = request.POST.get("seen_firm", ""), _name_of_page(request)
    try:
        source = take_over(visitor_of(request), member, page, tables, seen)
    except ChangedError:
        return _preview(request, member, tables, CHANGED, HTTPStatus.CONFLICT)
    except FullLibraryError as full:
        return _preview(request, member, tables, str(full), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(source)


def _preview(
    request: HttpRequest,
    member: Member,
    tables: Sent,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    plan = plan_for(member, tables)
    shown = tables if plan.has_same_names else tables._replace(same_names=False)
    context = {
        "preview": preview_of(plan, tables.remarks),
        "texts": tables.texts,
        "same_names": tables.same_names,
        "said": said,
        "seen_rows": shown.digest,
        "seen_firm": plan.state,
    }
    wrong = plan.problems and status == HTTPStatus.OK
    return _page(request, member, context, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else status)


def _refused(
    request: HttpRequest, member: Member, message: str, status: HTTPStatus
) -> HttpResponse:
    return _page(request, member, {"refusal": message, "texts": typed(request)}, status)


def _page(
    request: HttpRequest,
    member: Member,
    context: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    texts = context.get("texts", {})
    own = {
        "tables": [(table.shown, texts.get(table.slug, "")) for table in TABLES],
        "name_of_page": _name_of_page(request) or secrets.token_urlsafe(12),
        "most_clients": f"{MOST_CLIENTS:,}",
        "most_rows": f"{MOST_ROWS:,}",
        "largest": LARGEST // (1024 * 1024),
        "imports": [
            (each, counted(each.counts))
            for each in Import.objects.filter(firm=member.firm)[:LATEST]
        ],
    }
    return render(request, "book_import/import.html", own | context, status=status)


def _name_of_page(request: HttpRequest) -> str:
    """By which a request is known that comes twice."""
    name = request.POST.get("page", "")
    return name if _PAGE.fullmatch(name) else ""
