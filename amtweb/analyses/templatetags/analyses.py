"""What the templates of the analyses ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

from amtweb.analyses.panels import PANELS
from amtweb.analyses.pictures import contributions_picture, fan_picture, histogram_picture

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()
register.filter("contributions_picture", contributions_picture)
register.filter("fan_picture", fan_picture)
register.filter("histogram_picture", histogram_picture)


@register.inclusion_tag("analyses/_asking.html", takes_context=True)
def asking(context: Context) -> dict[str, Any]:
    """The buttons of the panels, and the place where a panel opens or stands open."""
    scenario = context.get("scenario")
    offered = [
        (
            panel,
            reverse("analyses:ask_of_scenario", args=[scenario.public_id, panel.slug])
            if scenario
            else reverse("analyses:ask", args=[panel.slug]),
        )
        for panel in PANELS
    ]
    open_panel: dict[str, Any] = context.get("analysis") or {}
    return {"offered": offered} | open_panel
