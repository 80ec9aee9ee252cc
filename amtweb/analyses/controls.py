"""Form fields of the controls: amounts, shares and percentages as people type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.scenarios.editor import wording
from calculator.fields import LARGEST_AMOUNT

if TYPE_CHECKING:
    from calculator import Scenario


class Controls(forms.Form):
    """The controls of a panel for a scenario; with their defaults if nothing was asked yet."""

    prefix = "ask"

    def __init__(self, scenario: Scenario, data: Any = None) -> None:
        self.scenario = scenario
        if data is None:
            data = {self.add_prefix(name): text for name, text in self.defaults().items()}
        super().__init__(data)
        self.offer()

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


class YearField(forms.TypedChoiceField):
    """One of some years; None if it is left open."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **options)
