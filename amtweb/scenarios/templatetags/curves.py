"""What the fragment of a curve asks of it."""

from __future__ import annotations

from django import template

from amtweb.scenarios.charts.palette import name_of
from amtweb.scenarios.curve_pictures import curve_picture

register = template.Library()
register.filter("curve_picture", curve_picture)
register.filter("hue", name_of)
