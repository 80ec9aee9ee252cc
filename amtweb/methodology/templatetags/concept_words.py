"""Figures in the words about concepts."""

from __future__ import annotations

from django import template

from amtweb.scenarios.charts.money_words import counts, dollars

register = template.Library()


@register.filter
def percent(rate: float) -> str:
    """A fraction in percent, as far as it has digits: ``32.5%``."""
    return f"{rate * 100:.10g}%"


@register.filter
def whole_shares(shares: float) -> str:
    """Shares of which no fraction can be exercised."""
    return f"{int(shares):,}"


@register.filter
def or_nothing(amount: float) -> str:
    """Dollars, or the word."""
    return dollars(amount) if counts(amount) else "nothing"


@register.filter
def size(amount: float) -> str:
    """Dollars without their sign, where the words say which way."""
    return dollars(abs(amount))
