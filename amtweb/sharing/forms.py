"""What the owner settles about a new link."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from amtweb.sharing.models import LIFETIME, LONGEST_LIFE

DAYS = (1, 7, LIFETIME.days, 90, LONGEST_LIFE.days)
UNTIL = "until"
PINNED, LIVE = "pinned", "live"


class LinkForm(forms.Form):
    """Every field may be left out: the link then shows the scenario as it is now for 30 days."""

    label = forms.CharField(max_length=80, required=False)
    shows = forms.ChoiceField(choices=[(PINNED, ""), (LIVE, "")], required=False)
    lasts = forms.ChoiceField(
        choices=[*((str(days), "") for days in DAYS), (UNTIL, "")], required=False
    )
    until = forms.DateField(required=False, error_messages={"invalid": "Enter a date."})
    may_copy = forms.BooleanField(required=False)
    hides_amounts = forms.BooleanField(required=False)
    hides_names = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """The settings, if they go together."""
        cleaned = super().clean() or {}
        if cleaned.get("may_copy") and cleaned.get("hides_amounts"):
            message = "A copy holds the amounts: hide them, or allow copying."
            self.add_error("hides_amounts", ValidationError(message))
        if cleaned.get("lasts") == UNTIL and "until" not in self.errors:
            self._check_last_day(cleaned.get("until"))
        return cleaned

    def _check_last_day(self, day: Any) -> None:
        today = timezone.now().date()
        last = today + LONGEST_LIFE - timedelta(days=1)
        if day is None or not today <= day <= last:
            message = f"Enter a day from {today:%Y-%m-%d} to {last:%Y-%m-%d}."
            self.add_error("until", ValidationError(message))

    @property
    def shows_draft(self) -> bool:
        return bool(self.cleaned_data["shows"] == LIVE)

    @property
    def expires_at(self) -> datetime:
        """When the link stops to work: after so many days, or at the end of the day, UTC."""
        if self.cleaned_data["lasts"] == UNTIL:
            after = self.cleaned_data["until"] + timedelta(days=1)
            return datetime.combine(after, time.min, UTC)
        return timezone.now() + timedelta(days=int(self.cleaned_data["lasts"] or LIFETIME.days))

    @property
    def settled(self) -> dict[str, Any]:
        """The fields of the link that are as typed."""
        names = ("label", "may_copy", "hides_amounts", "hides_names")
        return {name: self.cleaned_data[name] for name in names}
