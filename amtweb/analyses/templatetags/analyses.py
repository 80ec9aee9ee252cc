"""What the templates of the analyses ask for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

from amtweb.analyses.pictures import contributions_picture, fan_picture, histogram_picture
from amtweb.analyses.questions import questions

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()
register.filter("contributions_picture", contributions_picture)
register.filter("fan_picture", fan_picture)
register.filter("histogram_picture", histogram_picture)


@register.filter
def whole_shares(number: float) -> str:
    """Whole shares, rounded down: of a part of one nothing can be exercised or sold."""
    return f"{math.floor(number + 1e-3):,}"


@register.inclusion_tag("analyses/_asking.html", takes_context=True)
def asking(context: Context) -> dict[str, Any]:
    """The buttons of the panels, and the place where a panel opens or stands open."""
    offered = [
        (group.name, [(panel, _address(context, panel.slug)) for panel in group.panels])
        for group in questions(context.get("result"))
    ]
    open_panel: dict[str, Any] = context.get("analysis") or {}
    return {"offered": offered, "asked_of": context.get("scenario")} | open_panel


@register.simple_tag(takes_context=True)
def question_at(context: Context, question: str) -> str:
    """Where ``slug?control=value`` is asked of what the page shows; empty where it cannot be."""
    if not question or not context.get("asks"):
        return ""
    slug, _, given = question.partition("?")
    return f"{_address(context, slug)}{'?' if given else ''}{given}#analysis"


def _address(context: Context, slug: str) -> str:
    scenario = context.get("scenario")
    if scenario:
        return reverse("analyses:ask_of_scenario", args=[scenario.public_id, slug])
    return reverse("analyses:ask", args=[slug])
