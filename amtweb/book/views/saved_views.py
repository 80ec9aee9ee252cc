"""Keeps, renames and deletes views of the book."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect

from amtweb.book import saved_views
from amtweb.book.looks import look_in
from amtweb.book.models import FirstView
from amtweb.book.views.book import book_page
from amtweb.firms.access import in_firm, note, require
from amtweb.firms.permissions import Act

if TYPE_CHECKING:
    from django.http import HttpResponse

    from amtweb.book.models import View
    from amtweb.firms.models import Member
    from amtweb.htmx import HtmxHttpRequest


@in_firm("POST", act=Act.SEE)
def save_view(request: HtmxHttpRequest, member: Member) -> HttpResponse:
    """Keeps what the book shows under a name, for oneself or for the whole firm."""
    look, name = look_in(request.POST), request.POST.get("name", "")
    for_the_firm = request.POST.get("for") == "firm"
    if for_the_firm:
        require(member, Act.CHANGE)
    try:
        with transaction.atomic():
            view = saved_views.keep(member, name, look, for_the_firm=for_the_firm)
            if for_the_firm:
                note(member, "book_view_saved", f"view {view.public_id}")
    except saved_views.ViewError as refusal:
        typed = {"name": name, "for_the_firm": for_the_firm, "mistake": str(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return book_page(request, member, look, status=status, saving=typed)
    return redirect(saved_views.look_of_view(view).address())


@in_firm("POST", act=Act.SEE)
def change_view(request: HtmxHttpRequest, member: Member, public_id: str) -> HttpResponse:
    """Renames a view, deletes it, or lets the book open in it."""
    op = request.POST.get("op", "")
    if op in ("first", "not_first"):
        view = get_object_or_404(saved_views.views_for(member), public_id=public_id)
        _open_in(member, view if op == "first" else None)
        return redirect(saved_views.look_of_view(view).address())
    view = get_object_or_404(saved_views.views_for(member), public_id=public_id)
    if view.member_id is None:
        require(member, Act.CHANGE, f"view {public_id}")
    if op == "delete":
        _delete(member, view)
        said = f"The view “{view}” is deleted. What it showed is still here: save it to undo."
        messages.success(request, said)
        return redirect(saved_views.look_of_view(view)._replace(view="").address())
    if op == "rename":
        return _rename(request, member, view)
    return redirect(saved_views.look_of_view(view).address())


def _open_in(member: Member, view: View | None) -> None:
    if view is None:
        FirstView.objects.filter(member=member).delete()
    else:
        FirstView.objects.update_or_create(member=member, defaults={"view": view})


def _delete(member: Member, view: View) -> None:
    with transaction.atomic():
        if view.member_id is None:
            note(member, "book_view_deleted", f"view {view.public_id}")
        view.delete()


def _rename(request: HtmxHttpRequest, member: Member, view: View) -> HttpResponse:
    look, name = saved_views.look_of_view(view), request.POST.get("name", "")
    try:
        with transaction.atomic():
            saved_views.rename(member, view, name)
            if view.member_id is None:
                note(member, "book_view_saved", f"view {view.public_id}")
    except saved_views.ViewError as refusal:
        typed = {"public_id": view.public_id, "name": name, "mistake": str(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return book_page(request, member, look, status=status, renaming=typed)
    return redirect(look.address())
