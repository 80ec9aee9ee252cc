"""Looks at the book that are kept under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from django.db import transaction
from django.db.models import Q

from amtweb.book.looks import look_of
from amtweb.book.models import LONGEST_VIEW, FirstView, View
from amtweb.firms.models import Firm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amtweb.book.looks import Look
    from amtweb.firms.models import Member

MOST_VIEWS = 50
"""Of a member, and as many of a firm."""


class ViewError(Exception):
    """A view cannot be kept so; the text says why."""


class Kept(NamedTuple):
    """A saved view as the book offers it."""

    view: View
    address: str
    is_first: bool
    """Whether the book opens in it."""
    may_change: bool


def views_for(member: Member) -> QuerySet[View]:
    """The member's own views, and those of the whole firm."""
    own_or_all = Q(member=member) | Q(member=None)
    return View.objects.filter(own_or_all, firm_id=member.firm_id)


def offered(member: Member, *, may_change_the_firms: bool) -> list[Kept]:
    """The views that a member can choose from, their own first."""
    first = FirstView.objects.filter(member=member).values_list("view_id", flat=True).first()
    views = sorted(views_for(member), key=lambda view: view.member_id is None)
    return [
        Kept(
            view,
            look_of_view(view).address(),
            view.pk == first,
            may_change_the_firms or view.member_id is not None,
        )
        for view in views
    ]


def first_look(member: Member) -> Look | None:
    """The look in which the book opens for the member, if they chose one."""
    chosen = FirstView.objects.filter(member=member, view__in=views_for(member))
    first = chosen.select_related("view").first()
    return look_of_view(first.view) if first else None


def look_of_view(view: View) -> Look:
    """The look that it keeps, as of whoever may see it now."""
    said = {name: values[-1] for name, values in parse_qs(view.query).items()}
    return look_of(said)._replace(view=view.public_id, page="1")


def keep(member: Member, name: str, look: Look, *, for_the_firm: bool) -> View:
    """Keeps the look under the name, in place of what had the name before.

    Raises:
        ViewError: The name is none, or there are as many as may be.
    """
    owner = None if for_the_firm else member
    with transaction.atomic():
        _one_at_a_time(member)
        name = _checked(name)
        views = View.objects.filter(firm_id=member.firm_id, member=owner)
        known = views.filter(name__iexact=name).first()
        if known is None and views.count() >= MOST_VIEWS:
            raise ViewError(f"There are {MOST_VIEWS} views, which is as many as are kept.")
        view = known or View(firm_id=member.firm_id, member=owner)
        view.name, view.query = name, look.query
        view.save()
        return view


def rename(member: Member, view: View, name: str) -> None:
    """Gives it another name.

    Raises:
        ViewError: The name is none, or another view's.
    """
    with transaction.atomic():
        _one_at_a_time(member)
        name = _checked(name)
        views = View.objects.filter(firm_id=view.firm_id, member=view.member_id)
        if views.filter(name__iexact=name).exclude(pk=view.pk).exists():
            raise ViewError("Another view has that name.")
        View.objects.filter(pk=view.pk).update(name=name)


def _one_at_a_time(member: Member) -> None:
    Firm.objects.select_for_update().get(pk=member.firm_id)


def _checked(name: str) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise ViewError("Enter a name.")
    if len(name) > LONGEST_VIEW:
        raise ViewError(f"Enter a name of at most {LONGEST_VIEW} letters.")
    return name
