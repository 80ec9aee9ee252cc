"""Bringing in tables: the form, the preview of what they would do, and the taking over.

Nothing is kept before that: the text goes to and fro with the form.
"""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amtweb.exchange.csv_import.decoding import NotATableError
from amtweb.exchange.csv_import.hints import kinds_that_fit
from amtweb.exchange.csv_import.plan import Choices
from amtweb.exchange.csv_import.preview import preview_of
from amtweb.exchange.csv_import.sending import TAKE, RefusedError, pasted, sent
from amtweb.exchange.csv_import.table_kinds import FORM_3921, KINDS, TABLE_KINDS
from amtweb.exchange.csv_import.taking import (
    ChangedError,
    take_to_bench,
    take_to_scenario,
    target_of,
    was_taken,
)
from amtweb.exchange.csv_import.templates import template_of
from amtweb.exchange.csv_text import csv_of
from amtweb.exchange.files import CSV
from amtweb.scenarios.models import NewerDraftError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from amtweb.exchange.csv_import.plan import Plan
    from amtweb.exchange.csv_import.sending import Sent
    from amtweb.exchange.csv_import.taking import Target

_PAGE = re.compile("[A-Za-z0-9_-]{1,32}")
CHANGED = (
    "The scenario was changed since this preview was made. Here is a new one: nothing was taken"
    " over yet."
)
LOOK_AGAIN = (
    "The file or a choice was changed since the preview. Here it is as it would be taken over now:"
    " press the button once more."
)


@require_safe
def template(request: HttpRequest, table: str) -> HttpResponse:
    """A table to fill in."""
    if table not in TABLE_KINDS:
        raise Http404
    response = HttpResponse(csv_of(template_of(TABLE_KINDS[table])), content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_rows(request: HttpRequest, public_id: str | None = None) -> HttpResponse:
    """Rows for a saved scenario of the visitor's own, or for what is on the bench."""
    target = target_of(request, public_id)
    if request.method != "POST":
        return _page(request, target, {"kind": _kind_asked_for(request)})
    try:
        rows = sent(request)
        if request.POST.get("op") == TAKE:
            return _take(request, target, rows)
        return _preview(request, target, rows)
    except RefusedError as refusal:
        return _refused(request, target, str(refusal), refusal.status)
    except NotATableError as error:
        return _refused(request, target, str(error))


def _take(request: HttpRequest, target: Target, rows: Sent) -> HttpResponse:
    page = _name_of_page(request)
    seen = request.POST.get("seen_scenario", "")
    if target.scenario is None and was_taken(request, page, target, rows):
        return redirect(_landing(target, rows))
    if request.POST.get("seen_rows") != rows.digest:
        return _preview(request, target, rows, LOOK_AGAIN, HTTPStatus.UNPROCESSABLE_ENTITY)
    if target.scenario is None:
        plan = target.plan(rows)
        if seen != target.state or not plan.can_be_taken:
            return _not_taken(request, target, rows, seen)
        take_to_bench(request, page, target, rows, plan)
        return redirect(_landing(target, rows))
    public_id = target.scenario.public_id
    try:
        take_to_scenario(request, page, public_id, rows, seen)
    except (ChangedError, NewerDraftError):
        return _not_taken(request, target_of(request, public_id), rows, seen)
    return redirect(_landing(target, rows))


def _not_taken(request: HttpRequest, target: Target, rows: Sent, seen: str) -> HttpResponse:
    if seen == target.state:
        return _preview(request, target, rows, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _preview(request, target, rows, CHANGED, HTTPStatus.CONFLICT)


def _landing(target: Target, rows: Sent) -> str:
    return f"{target.page}#{rows.kind.adds}-title"


def _preview(
    request: HttpRequest,
    target: Target,
    rows: Sent,
    said: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    plan = target.plan(rows)
    is_new = target.takes_new(rows)
    preview = preview_of(rows.kind, plan, is_new=is_new)
    others = () if plan.is_sound else kinds_that_fit(rows.text, better_than=rows.kind)
    context = {
        "kind": rows.kind,
        "text": rows.text,
        "into_new": is_new,
        "preview": preview,
        "choices": rows.choices,
        "said": said,
        "remark": rows.remark,
        "other_kinds": others,
        "seen_rows": _as_shown(rows, plan).digest,
        "seen_scenario": target.state,
    }
    wrong = not plan.is_sound and status == HTTPStatus.OK
    return _page(request, target, context, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else status)


def _as_shown(rows: Sent, plan: Plan) -> Sent:
    """With no other choices than those that the page shows."""
    new_grants = plan.reading.new_grants
    choices = Choices(
        with_duplicates=rows.choices.with_duplicates and plan.has_duplicates,
        more_years=rows.choices.more_years and plan.lacks is not None,
        granted={new.name: new.typed for new in new_grants if new.typed != new.default},
    )
    return rows._replace(choices=choices)


def _refused(
    request: HttpRequest,
    target: Target,
    message: str,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    context = {
        "kind": TABLE_KINDS.get(request.POST.get("kind", ""), FORM_3921),
        "text": pasted(request),
        "into_new": request.POST.get("into") == "new",
        "refusal": message,
    }
    return _page(request, target, context, status)


def _page(
    request: HttpRequest,
    target: Target,
    context: dict[str, Any],
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    # What nobody has begun is an example, in which nobody wants rows of theirs.
    begins = {"into_new": target.scenario is None and not target.is_begun}
    name = _name_of_page(request) or secrets.token_urlsafe(12)
    own = {"target": target, "kinds": KINDS, "name_of_page": name}
    return render(request, "exchange/csv_import.html", begins | own | context, status=status)


def _kind_asked_for(request: HttpRequest) -> Any:
    return TABLE_KINDS.get(request.GET.get("kind", ""), FORM_3921)


def _name_of_page(request: HttpRequest) -> str:
    """By which a request is known that comes twice."""
    name = request.POST.get("page", "")
    return name if _PAGE.fullmatch(name) else ""
