"""What other pages say of proposals, and what those of proposals ask of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import Count, Max

from amtweb.firms.workspace import member_of
from amtweb.proposals.charts import figure_of
from amtweb.proposals.logos import LARGEST, MOST_ACROSS, current_logo
from amtweb.reports.drawings import Size, small_drawing
from amtweb.scenarios import pictures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from amtweb.firms.models import Client

register = template.Library()
ACROSS_A_PAGE = 700
MOST_SIDE_BY_SIDE = 3
RATIO = 0.68


@register.inclusion_tag("proposals/_of_client.html", takes_context=True)
def client_proposals(context: dict[str, Any], client: Client) -> dict[str, Any]:
    """The proposals for a client, on the client's page."""
    found = client.proposals.annotate(given=Count("issues"), given_at=Max("issues__issued_at"))
    told = found.defer("draft", "earlier")
    return {"client": client, "proposals": told, "may": context.get("may", ())}


@register.inclusion_tag("proposals/_logo.html", takes_context=True)
def firm_logo(context: dict[str, Any]) -> dict[str, Any]:
    """The firm's logo with the forms that change it, on the page of the firm."""
    member = member_of(context["request"])
    return {
        "logo": current_logo(member.firm) if member else None,
        "firm": member.firm if member else None,
        "largest": LARGEST // 1024,
        "most_across": MOST_ACROSS,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def chart_picture(kept: Mapping[str, Any]) -> SafeString:
    """A chart of a page, which follows the colours of the page."""
    figure = figure_of(kept)
    return pictures.picture(figure, figure.rows[0].year)


@register.filter
def chart_drawing(kept: Mapping[str, Any], of: int) -> SafeString:
    """A chart on paper, one of so many."""
    width = ACROSS_A_PAGE // columns_of(of) - 10
    return small_drawing(figure_of(kept), Size(width, round(width * RATIO)))


@register.filter
def columns_of(count: int) -> int:
    """How many of so many charts stand side by side."""
    return 2 if count in (1, 2, 4) else MOST_SIDE_BY_SIDE
