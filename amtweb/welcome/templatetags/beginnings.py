"""What the planner says of a scenario that a short form began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from amtweb.welcome.beginning import assumed_in

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.inclusion_tag("welcome/_assumed.html", takes_context=True)
def assumed(context: Context) -> dict[str, Any]:
    """What was assumed, each with its input; nothing on pages of anything else."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    is_planner = match is not None and match.view_name == "scenarios:workbench"
    return {
        "assumed": assumed_in(request) if request and is_planner else [],
        "out_of_band": context.get("out_of_band"),
    }
