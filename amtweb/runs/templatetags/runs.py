"""How figures before and after are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from amtweb.scenarios.charts.money_words import dollars

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from amtweb.runs.results import Pair

register = template.Library()
NEVER = "never"


@register.filter
def in_dollars(amount: float | None) -> str:
    """An amount in whole dollars; nothing if it is not known."""
    return "" if amount is None else dollars(amount)


@register.filter
def change_of(pair: Pair) -> str | SafeString:
    """An amount after, with what it was before if it differs."""
    if pair.after is None:
        return ""
    if not pair.differs:
        return dollars(pair.after)
    sign = "+" if pair.delta > 0 else ""
    return format_html(
        '<span class="before">{} →</span> {} <strong class="delta">{}{}</strong>',
        *(dollars(pair.before or 0.0), dollars(pair.after), sign, dollars(pair.delta)),
    )


@register.filter
def years_of(pair: Pair) -> str | SafeString:
    """A year after, with the year before if it differs."""
    after = NEVER if pair.after is None else str(int(pair.after))
    before = NEVER if pair.before is None else str(int(pair.before))
    if after == before:
        return after
    return format_html('<span class="before">{} →</span> {}', before, after)
