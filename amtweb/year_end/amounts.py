"""Form fields of amounts in a table of lines: beside each what the model says, if it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms

from amtweb.analyses.controls import AmountField
from amtweb.scenarios.charts.money_words import dollars, whole
from amtweb.scenarios.editor import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField


class Line(NamedTuple):
    """A line of a return that is asked for."""

    name: str
    place: str
    """Form and line, without its year."""
    caption: str
    signed: bool = False


class Row(NamedTuple):
    """A line as the page shows it."""

    line: Line
    field: BoundField
    modelled: str
    difference: str
    """Filed less modelled; empty if the two are the same."""


def amount_field(line: Line, *, hint: str = "") -> AmountField:
    """The field of a line; None if it is left blank."""
    least = None if line.signed else 0.0
    field = AmountField(
        label=f"{line.caption}: {line.place}", required=False, least=least, help_text=hint
    )
    field.widget.attrs |= {"class": "amount", "autocomplete": "off"}
    return field


class LinesForm(forms.Form):
    """Amounts of lines; a field with a mistake is tied to the sentence about it."""

    use_required_attribute = False

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs |= {
                    "aria-invalid": "true",
                    "aria-describedby": f"id_{name}-mistake",
                }


def written(amount: float) -> str:
    """As on a filed return: whole dollars."""
    return wording.write_amount(whole(amount))


def difference(filed: Any, modelled: float) -> str:
    """Filed less modelled in whole dollars, with its sign."""
    if filed is None or whole(filed) == whole(modelled):
        return ""
    change = whole(filed) - whole(modelled)
    return f"{'+' if change > 0 else ''}{dollars(change)}"


def rows_of(form: LinesForm, lines: tuple[Line, ...], modelled: Mapping[str, float]) -> list[Row]:
    """The lines with what is typed and how it differs."""
    cleaned = getattr(form, "cleaned_data", {})
    return [
        Row(
            line,
            form[line.name],
            dollars(modelled[line.name]) if line.name in modelled else "",
            difference(cleaned.get(line.name), modelled[line.name])
            if line.name in modelled
            else "",
        )
        for line in lines
    ]
