"""What the list of scenarios says of their links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.db.models import Count

from amtweb.sharing.models import ShareLink

if TYPE_CHECKING:
    from collections.abc import Collection

    from amtweb.scenarios.models import Scenario

register = template.Library()


@register.simple_tag
def live_links(scenarios: Collection[Scenario]) -> dict[int, int]:
    """How many live links each of the scenarios has, by its key; none for those without."""
    live = ShareLink.objects.live().filter(scenario__in=scenarios).order_by()
    counted = live.values_list("scenario").annotate(count=Count("pk"))
    return dict(counted)


@register.simple_tag
def open_links(scenario: Scenario) -> int:
    """How many links open the scenario now."""
    return ShareLink.objects.live().filter(scenario=scenario).count()


@register.filter
def of(counts: dict[int, int], scenario: Scenario) -> int:
    return counts.get(scenario.pk, 0)
