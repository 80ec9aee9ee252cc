"""Amounts in templates."""

from __future__ import annotations

from django import template

from amtweb.scenarios.headline import dollars

register = template.Library()
register.filter("dollars", dollars)
