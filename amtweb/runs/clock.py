"""Moments by the clock of the database, the only one that all workers share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Value
from django.db.models.functions import Now

if TYPE_CHECKING:
    from datetime import timedelta


def from_now(span: timedelta) -> ExpressionWrapper[Any]:
    """So long after now; before it, if the span is negative."""
    moment = Now() + Value(span, output_field=DurationField())
    return ExpressionWrapper(moment, output_field=DateTimeField())
