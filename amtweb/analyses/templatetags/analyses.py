"""Lets a page offer the analyses."""

from __future__ import annotations

from typing import Any

from django import template

from amtweb.analyses.panels import PANELS

register = template.Library()


@register.inclusion_tag("analyses/_asking.html")
def asking() -> dict[str, Any]:
    """The buttons of the panels, and the place where a panel opens."""
    return {"panels": PANELS}
