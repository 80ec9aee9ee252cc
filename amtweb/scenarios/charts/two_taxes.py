"""Regular tax against tentative minimum tax, and the gap between them in its two meanings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import (
    Figure,
    Row,
    bars,
    empty_spec,
    layout,
    line,
    spec_of,
)
from amtweb.scenarios.charts.money_words import counts, dollars, in_years, span
from amtweb.scenarios.charts.palette import AMT_GAP_BAR, MINIMUM, REGULAR, ROOM_BAR

if TYPE_CHECKING:
    from calculator.results import ScenarioResult

TITLE = "Regular tax and tentative minimum tax"
COLUMNS = ("Regular tax", "Tentative minimum tax", "AMT", "Room for the credit")
KEYS = ("regular_tax", "tentative_minimum_tax", "amt", "credit_limit")

CLOSE, CLOSE_PART = 100.0, 0.01
"""Dollars, and part of the taxes, below which words do not tell them apart: what exercising whole
options up to the AMT line leaves between them is nobody's room for a credit."""


class TwoTaxes(NamedTuple):
    """Both taxes of every year; room is how much credit the year could use."""

    years: tuple[int, ...]
    regular: tuple[float, ...]
    minimum: tuple[float, ...]
    amt: tuple[float, ...]
    room: tuple[float, ...]


def taxes_figure(result: ScenarioResult) -> Figure:
    taxes = TwoTaxes(
        tuple(year.year for year in result.years),
        tuple(float(year.regular_tax) for year in result.years),
        tuple(float(year.tentative_minimum_tax) for year in result.years),
        tuple(float(year.amt) for year in result.years),
        tuple(float(year.credit_limit) for year in result.years),
    )
    return Figure(
        id="taxes",
        title=TITLE,
        sentence=_sentence(taxes),
        spec=_spec(taxes),
        columns=COLUMNS,
        keys=KEYS,
        rows=tuple(
            Row(year, tuple(map(dollars, amounts)), _readout(year, amounts))
            for year, *amounts in zip(*taxes, strict=True)
        ),
    )


def _sentence(taxes: TwoTaxes) -> str:
    if not any(map(counts, (*taxes.regular, *taxes.minimum))):
        return f"There is neither regular tax nor tentative minimum tax {span(taxes.years)}."
    parts = [*_amt_words(taxes), *_room_words(taxes)]
    if not parts:
        return f"Regular tax and tentative minimum tax are the same {span(taxes.years)}."
    if _is_close(taxes):
        return f"Regular tax and tentative minimum tax are all but the same {span(taxes.years)}."
    return "; ".join(parts) + "."


def _is_close(taxes: TwoTaxes) -> bool:
    between = max(*taxes.amt, *taxes.room)
    return between < CLOSE and between < CLOSE_PART * max(*taxes.regular, *taxes.minimum)


def _amt_words(taxes: TwoTaxes) -> list[str]:
    years = _years_with(taxes.years, taxes.amt)
    if not years:
        return []
    return [
        f"Tentative minimum tax is higher {_when(years, taxes)}: {dollars(sum(taxes.amt))} of AMT"
    ]


def _room_words(taxes: TwoTaxes) -> list[str]:
    years = _years_with(taxes.years, taxes.room)
    if not years:
        return []
    most = max(taxes.room)
    start = f"regular tax is higher {_when(years, taxes)}"
    if not _years_with(taxes.years, taxes.amt):
        start = start.capitalize()
    if len(years) == 1:
        return [f"{start}: room for {dollars(most)} of credit"]
    best = taxes.years[taxes.room.index(most)]
    return [f"{start}: room for credit, most in {best} with {dollars(most)}"]


def _when(years: list[int], taxes: TwoTaxes) -> str:
    return "in every year" if 1 < len(years) == len(taxes.years) else in_years(years)


def _years_with(years: tuple[int, ...], amounts: tuple[float, ...]) -> list[int]:
    return [year for year, amount in zip(years, amounts, strict=True) if counts(amount)]


def _readout(year: int, amounts: list[float]) -> str:
    regular, minimum, amt, room = amounts
    text = f"{year}: regular tax {dollars(regular)}, tentative minimum tax {dollars(minimum)}"
    if counts(amt):
        return f"{text}, AMT {dollars(amt)}"
    return f"{text}, room for the credit {dollars(room)}"


def _spec(taxes: TwoTaxes) -> dict[str, Any]:
    if not any(map(counts, (*taxes.regular, *taxes.minimum))):
        return empty_spec("There is no income tax in these years.")
    years = taxes.years
    return spec_of(
        [
            bars(
                "Room for the credit",
                years,
                taxes.room,
                ROOM_BAR,
                base=taxes.minimum,
                what="what credit can lower",
            ),
            bars(
                "AMT",
                years,
                taxes.amt,
                AMT_GAP_BAR,
                what="what the AMT rules add",
                base=[minimum - amt for minimum, amt in zip(taxes.minimum, taxes.amt, strict=True)],
            ),
            line(
                "Tentative minimum tax",
                years,
                taxes.minimum,
                MINIMUM,
                symbol="square",
                dash="dash",
                what="by the AMT rules",
            )
            | {"legendrank": 2},
            line("Regular tax", years, taxes.regular, REGULAR, what="by the usual rules")
            | {"legendrank": 1},
        ],
        layout(years, 0.0, max(taxes.regular + taxes.minimum), barmode="overlay"),
    )
