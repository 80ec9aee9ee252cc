"""The choice of the client that a scenario is for, in a firm."""

from __future__ import annotations

from typing import Any

from django import template

from amtweb.scenarios import for_whom as choice

register = template.Library()


@register.inclusion_tag("scenarios/_for_whom.html", takes_context=True)
def for_whom(context: dict[str, Any], input_id: str, preset: str = "") -> dict[str, Any]:
    """A select of the firm's clients; nothing for who works in no firm."""
    return {"offer": choice.for_whom(context["request"], preset), "input_id": input_id}
