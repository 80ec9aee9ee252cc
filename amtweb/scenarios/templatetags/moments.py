"""When something happened, as a person says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def moment(when: datetime) -> SafeString:
    """``today 14:02 UTC``, with the whole date for who wants it."""
    whole = date_format(when, "F j, Y, H:i")
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>', when.isoformat(), whole, _words(when)
    )


@register.filter
def days(span: timedelta) -> str:
    """``30 days``."""
    return f"{span.days} days"


def _words(when: datetime) -> str:
    today = timezone.now().date()
    for day, word in ((today, "today"), (today - timedelta(days=1), "yesterday")):
        if when.date() == day:
            return f"{word} {when:%H:%M} UTC"
    return date_format(when, "F j" if when.year == today.year else "F j, Y")
