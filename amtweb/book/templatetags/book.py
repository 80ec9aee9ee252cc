"""What the page of a client shows of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from amtweb.book.lines import book_of
from amtweb.book.models import Plan
from amtweb.book.table import row_of

if TYPE_CHECKING:
    from amtweb.firms.models import Client

register = template.Library()


@register.inclusion_tag("book/_client.html", takes_context=True)
def book_line(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The client's line, and which scenario it is of; nothing for one that is archived."""
    found = book_of(client.firm).filter(pk=client.pk).first()
    stands = getattr(found, "plan_pk", None)
    marks = set(Plan.objects.filter(client=client).values_list("scenario_id", flat=True))
    current = {each.pk: each for each in context["scenarios"]}
    marked = [pk for pk in current if pk in marks]
    return {
        "row": row_of(found, whole=True) if found else None,
        "stands": current.get(stands),
        "marked": stands if stands in marks else None,
        "successors": [current[pk] for pk in marked if pk != stands],
        "client": client,
        "scenarios": context["scenarios"],
        "may": context["may"],
        "csrf_token": context.get("csrf_token"),
    }
