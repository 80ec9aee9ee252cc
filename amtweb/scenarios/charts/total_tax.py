"""All federal tax by kind, with the credit that lowers it below the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import (
    Figure,
    Row,
    bars,
    empty_spec,
    layout,
    markers,
    spec_of,
)
from amtweb.scenarios.charts.money_words import counts, dollars, listed, span
from amtweb.scenarios.charts.palette import (
    AMT_BAR,
    MEDICARE_BAR,
    NET_INVESTMENT_BAR,
    REGULAR_BAR,
    TOTAL,
    USED_BAR,
)

if TYPE_CHECKING:
    from calculator.results import ScenarioResult, YearResult

TITLE = "Federal tax by kind"
COLUMNS = (
    "Regular tax after other credits",
    "AMT",
    "Net investment income tax",
    "Additional Medicare Tax",
    "AMT credit used",
    "Federal tax",
)
KEYS = (
    "regular_tax_after_credits",
    "amt",
    "net_investment_income_tax",
    "additional_medicare_tax",
    "credit_used",
    "federal_tax",
)


class Kinds(NamedTuple):
    """A year's federal tax; the first four less the credit used are the total."""

    regular: float
    amt: float
    net_investment_income_tax: float
    additional_medicare_tax: float
    credit_used: float
    total: float


def total_figure(result: ScenarioResult) -> Figure:
    years = tuple(year.year for year in result.years)
    kinds = tuple(kinds_of(year) for year in result.years)
    return Figure(
        id="total",
        title=TITLE,
        sentence=_sentence(years, kinds),
        spec=_spec(years, kinds),
        columns=COLUMNS,
        keys=KEYS,
        rows=tuple(
            Row(
                year,
                tuple(map(dollars, kind._replace(credit_used=-kind.credit_used))),
                _readout(year, kind),
            )
            for year, kind in zip(years, kinds, strict=True)
        ),
    )


def kinds_of(year: YearResult) -> Kinds:
    """How much of a year’s federal tax is of each kind."""
    amt, credit_used, total = float(year.amt), float(year.credit_used), float(year.federal_tax)
    investment = float(year.net_investment_income_tax)
    medicare = float(year.additional_medicare_tax)
    # Other credits lower regular tax first and then, some of them, AMT.
    regular = total + credit_used - amt - investment - medicare
    return Kinds(
        max(regular, 0.0), amt + min(regular, 0.0), investment, medicare, credit_used, total
    )


def _sentence(years: tuple[int, ...], kinds: tuple[Kinds, ...]) -> str:
    sums = Kinds(*map(sum, zip(*kinds, strict=True)))
    if not any(map(counts, (*sums,))):
        return f"There is no federal tax {span(years)}."
    text = f"Federal tax {span(years)} comes to {dollars(sums.total)}: {_parts(sums)}"
    if len(years) == 1:
        return f"{text}."
    totals = [kind.total for kind in kinds]
    most = max(totals)
    return f"{text}; the most in one year is {dollars(most)}, in {years[totals.index(most)]}."


def _parts(kind: Kinds) -> str:
    added = (
        ("regular tax", kind.regular),
        ("AMT", kind.amt),
        ("net investment income tax", kind.net_investment_income_tax),
        ("Additional Medicare Tax", kind.additional_medicare_tax),
    )
    text = listed([f"{name} {dollars(amount)}" for name, amount in added if counts(amount)])
    if counts(kind.credit_used):
        text = f"{text}, less {dollars(kind.credit_used)} of AMT credit"
    return text


def _readout(year: int, kind: Kinds) -> str:
    parts = _parts(kind)
    return f"{year}: federal tax {dollars(kind.total)}" + (f" = {parts}" if parts else "")


def _spec(years: tuple[int, ...], kinds: tuple[Kinds, ...]) -> dict[str, Any]:
    if not any(counts(amount) for kind in kinds for amount in kind):
        return empty_spec("There is no federal tax in these years.")
    regular, amt, investment, medicare, used, total = zip(*kinds, strict=True)
    return spec_of(
        [
            bars("Regular tax", years, regular, REGULAR_BAR, what="after other credits"),
            bars("AMT", years, amt, AMT_BAR, what="on top"),
            bars("Net investment income tax", years, investment, NET_INVESTMENT_BAR),
            bars("Additional Medicare Tax", years, medicare, MEDICARE_BAR),
            bars("AMT credit used", years, used, USED_BAR, below=True, what="taken off"),
            markers("Federal tax", years, total, TOTAL, "diamond", what="what is due"),
        ],
        layout(
            years,
            -max(used),
            max(sum(kind[:4]) for kind in kinds),
            barmode="relative",
        ),
    )
