"""What the templates of options and shares ask of their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from amtweb.scenarios.editor import wording
from amtweb.scenarios.lots import pictures

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from amtweb.scenarios.lots.lanes import Lane, Timeline

register = template.Library()
register.filter("legend_of_lanes", pictures.legend_of)
register.filter("axis_picture", pictures.axis_picture)


@register.filter
def day_in_words(day: date | str) -> str:
    """Of a day, or of one as a document has it."""
    found = wording.read_day(day)
    return wording.write_day(found) if found else str(day)


@register.simple_tag
def lane_picture(lane: Lane, timeline: Timeline) -> SafeString:
    return pictures.lane_picture(lane, timeline)
