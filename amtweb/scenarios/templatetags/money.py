"""Amounts in templates."""

from __future__ import annotations

from django import template

from amtweb.scenarios.charts.money_words import dollars

register = template.Library()
register.filter("dollars", dollars)


@register.filter
def shares(number: float) -> str:
    """Shares, with a fraction only where there is one: ``1,234.5``."""
    return f"{number:,.2f}".rstrip("0").rstrip(".")


@register.filter
def cents(amount: float) -> str:
    """Dollars and cents: ``$12.50``."""
    return f"${amount:,.2f}"
