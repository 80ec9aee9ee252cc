"""The year to close: its lines as modelled, as they are typed from the filed return, and both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from amtweb.scenarios.bench import result_of
from amtweb.scenarios.charts.money_words import whole
from amtweb.scenarios.library.making import LONGEST_TITLE
from amtweb.year_end.amounts import Line, LinesForm, amount_field, written
from calculator.analysis.roll_forward import FiledReturn, as_modelled, roll_forward
from calculator.scenario import CapitalLoss

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = (
    Line("credit_carryforward", "Form 8801, line 26", "Credit carryforward"),
    Line("amt", "Form 6251, line 11", "AMT"),
    Line(
        "exclusion_items_tax",
        "Form 8801 of the next year, line 15",
        "Net minimum tax on exclusion items",
    ),
    Line(
        "capital_loss_short_term",
        "Capital Loss Carryover Worksheet, line 8",
        "Short-term loss carried over",
    ),
    Line(
        "capital_loss_long_term",
        "Capital Loss Carryover Worksheet, line 13",
        "Long-term loss carried over",
    ),
    Line(
        "amt_capital_loss_short_term",
        "the same worksheet for AMT, line 8",
        "Short-term AMT loss carried over",
    ),
    Line(
        "amt_capital_loss_long_term",
        "the same worksheet for AMT, line 13",
        "Long-term AMT loss carried over",
    ),
    Line("tax", "Form 1040, total tax less refundable credits", "Federal tax"),
    Line("adjusted_gross_income", "Form 1040, line 11", "Adjusted gross income", signed=True),
)
LOSSES = ("capital_loss", "amt_capital_loss")


class CloseYearForm(LinesForm):
    """The lines of a filed return, filled in with the model's; blank means the model's too."""

    archive = forms.BooleanField(required=False, label="Archive the old scenario")

    def __init__(self, document: Mapping[str, Any], data: Any = None) -> None:
        self.year = result_of(document).years[0]
        self.modelled = _modelled(as_modelled(self.year))
        initial = {name: written(amount) for name, amount in self.modelled.items()}
        super().__init__(data, initial=initial)
        self.fields |= {line.name: amount_field(line) for line in LINES}

    def filed(self) -> FiledReturn:
        """The return as typed; what is as the model says it, to the dollar, is exactly that."""
        amounts = {
            name: modelled
            if (typed := self.cleaned_data[name]) is None or whole(modelled) == typed
            else typed
            for name, modelled in self.modelled.items()
        }
        losses = {
            loss: CapitalLoss(
                short_term=amounts.pop(f"{loss}_short_term"),
                long_term=amounts.pop(f"{loss}_long_term"),
            )
            for loss in LOSSES
        }
        return FiledReturn(**amounts, **losses)  # type: ignore[arg-type]


def closed_document(
    document: Mapping[str, Any], year: int, filed: FiledReturn | None = None
) -> dict[str, Any]:
    """The document of the years after one, whose title says from when on; by default as modelled.

    Raises:
        InvalidScenario: As ``roll_forward``.
    """
    closed = roll_forward(document, year, filed)
    ending = f" (from {year + 1})"
    title = closed.get("title", "")
    return closed | {"title": title[: LONGEST_TITLE - len(ending)] + ending if title else ""}


def _modelled(filed: FiledReturn) -> dict[str, float]:
    """The figures by the names of the lines."""
    figures = {}
    for line in LINES:
        loss, _, term = line.name.partition("_loss_")
        whole_of = getattr(filed, f"{loss}_loss") if term else filed
        figures[line.name] = float(getattr(whole_of, term or line.name))
    return figures
