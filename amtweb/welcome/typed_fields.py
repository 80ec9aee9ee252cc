"""Form fields for amounts and dates as people type them, with the bounds of the short forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from amtweb.analyses.controls import AmountField, DayField, YearField
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.fields import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST = 40
"""Longer text is no amount."""
MOST_DOLLARS = 1_000_000_000.0
MOST_SHARES = 100_000_000.0
MOST_PER_SHARE = 1_000_000.0
YEARS_AHEAD = 12


class BoundedAmount(AmountField):
    """An amount from 0, read as the planner reads it; None if it is left blank."""

    def __init__(self, label: str, *, most: float = MOST_DOLLARS, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "class": "amount", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attributes))
        options.setdefault("error_messages", {"required": self.sentence})
        super().__init__(label=label, **options)
        self.most = most

    def clean(self, value: Any) -> Any:
        if value and (len(value) > LONGEST or "\x00" in value):
            raise forms.ValidationError(self.sentence)
        amount = super().clean(value)
        if amount is not None and amount > self.most:
            raise forms.ValidationError(f"Enter at most {wording.write_amount(self.most)}.")
        return amount


class SharesField(BoundedAmount):
    """A number of options or shares."""

    sentence = "Enter a number of shares, such as 1,000."

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, most=MOST_SHARES, **options)


class PriceField(BoundedAmount):
    """Dollars a share."""

    sentence = "Enter a price per share, such as 12.50."

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, most=MOST_PER_SHARE, **options)


class Day(DayField):
    """A date; the sentence about a missing one says how to write it."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, **options)
        self.error_messages["required"] = self.error_messages["invalid"]


class StatusField(forms.ChoiceField):
    """The filing status."""

    def __init__(self) -> None:
        super().__init__(label="Filing status", choices=STATUSES, initial=STATUSES[0][0])
        # The first field of pages that are nothing but a form; a list opens no phone's keyboard.
        self.widget.attrs["autofocus"] = True


class YearChoice(YearField):
    """One of some years, or what an empty choice stands for."""

    def __init__(self, label: str, empty: str, years: Callable[[], Iterable[int]]) -> None:
        choices = partial(_choices, empty, years)
        super().__init__(label=label, choices=choices, required=False)


def this_year() -> int:
    """The year it is."""
    return timezone.now().year


def coming_years() -> range:
    """Those in which something may be planned."""
    return range(this_year(), this_year() + YEARS_AHEAD)


def _choices(empty: str, years: Callable[[], Iterable[int]]) -> list[tuple[str, str]]:
    return [("", empty), *((str(year), str(year)) for year in years())]


class MarkedForm(forms.Form):
    """A form whose fields are tied to their hints and to the sentences about mistakes."""

    use_required_attribute = False

    def full_clean(self) -> None:
        super().full_clean()
        for name, field in self.fields.items():
            described = []
            if self.errors.get(name):
                field.widget.attrs["aria-invalid"] = "true"
                described.append(f"id_{name}-mistake")
            if field.help_text:
                described.append(f"id_{name}-hint")
            if described:
                field.widget.attrs["aria-describedby"] = " ".join(described)
