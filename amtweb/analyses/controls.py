"""Form fields of the controls: amounts, shares, percentages and dates as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.scenarios.editor import wording
from calculator.fields import LARGEST_AMOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from amtweb.analyses.others import Other
    from calculator import Scenario


FIRST_YEAR, LAST_YEAR = 1970, 2100
"""Of dates, as in a scenario."""


class Controls(forms.Form):
    """The controls of a panel for a scenario; with their defaults if nothing was asked yet.

    A field that is not required and left blank is None, or empty where text is asked for.
    """

    prefix = "ask"

    def __init__(
        self,
        scenario: Scenario,
        data: Any = None,
        others: Sequence[Other] = (),
        given: Mapping[str, str] | None = None,
    ) -> None:
        """``given`` stands in place of defaults: what the address of a question names."""
        self.scenario = scenario
        self.others = others
        if data is None:
            standing = self.defaults() | dict(given or {})
            data = {self.add_prefix(name): text for name, text in standing.items()}
        super().__init__(data)
        self.offer()
        for field in self.fields.values():
            # What is asked is asked about the bench, and without scripts its form posts it.
            field.widget.attrs["form"] = "bench"

    def defaults(self) -> dict[str, str]:
        """What stands in the controls at first."""
        return {}

    def offer(self) -> None:
        """Sets the choices that depend on the scenario."""

    def choose_from(self, name: str, choices: list[tuple[Any, str]]) -> None:
        """Sets the choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


class AmountField(forms.CharField):
    """An amount; None if it is left blank."""

    sentence = "Enter an amount, such as 12,500 or 1.2m."

    def __init__(self, *, least: float | None = 0.0, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_length=40, **options)
        self.least = least

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        amount = self.read(text)
        if amount is None or abs(amount) > LARGEST_AMOUNT:
            raise forms.ValidationError(self.sentence)
        if self.least is not None and amount < self.least:
            raise forms.ValidationError(f"Enter at least {wording.write_amount(self.least)}.")
        return amount

    def read(self, text: str) -> float | None:
        """The number in the text."""
        return wording.read_amount(text)


class PercentageField(AmountField):
    """A fraction, typed as a percentage."""

    sentence = "Enter a percentage, such as 2 or 2.5."

    def read(self, text: str) -> float | None:
        return wording.read_percentage(text)


class AmountsField(forms.CharField):
    """Several amounts, separated by spaces or semicolons; commas are for thousands."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=400, **options)
        self.most = most

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        amounts = [wording.read_amount(each) for each in text.replace(";", " ").split()]
        read = [amount for amount in amounts if amount is not None and amount >= 0]
        if len(read) != len(amounts):
            raise forms.ValidationError("Enter prices separated by spaces, such as 6 20 4 0.50.")
        if len(read) > self.most:
            raise forms.ValidationError(f"Enter at most {self.most} prices.")
        return read


class YearSelect(forms.Select):
    """Narrower than others: style sheets know it by its name."""


class YearField(forms.TypedChoiceField):
    """One of some years; None if it is left open."""

    def __init__(self, **options: Any) -> None:
        options["widget"] = YearSelect
        super().__init__(coerce=int, empty_value=None, **options)


class CountField(forms.CharField):
    """A whole number within bounds; None if it is left blank."""

    def __init__(self, *, least: int, most: int, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(max_length=20, **options)
        self.least, self.most = least, most

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        number = wording.read_amount(text)
        if number is None or number != int(number) or not self.least <= number <= self.most:
            raise forms.ValidationError(
                f"Enter a whole number from {self.least:,} to {self.most:,}."
            )
        return int(number)


class DayField(forms.DateField):
    """A date; the browser offers its calendar."""

    def __init__(self, **options: Any) -> None:
        options["widget"] = forms.DateInput(
            attrs={"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d"
        )
        options["error_messages"] = {"invalid": "Enter a date, such as 2026-03-31."}
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"Enter a date from {FIRST_YEAR} to {LAST_YEAR}.")
        return day
