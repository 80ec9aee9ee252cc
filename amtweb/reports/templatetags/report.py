"""What the templates of a report ask of a chart."""

from __future__ import annotations

from django import template

from amtweb.reports.drawings import inline_drawing
from amtweb.reports.timeline_drawing import timeline_drawing

register = template.Library()
register.filter("inline_drawing", inline_drawing)
register.filter("timeline_drawing", timeline_drawing)
