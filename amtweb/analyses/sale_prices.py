"""What a sale brings at other prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from django import forms

from amtweb.analyses.controls import AmountsField, Controls
from amtweb.analyses.lot_names import lot_names
from amtweb.analyses.panel import Panel, proposal, sale_to_add, slider_edit
from amtweb.analyses.tables import AmountMap, Table, TableRow, amount_map
from amtweb.scenarios.charts.curve import PER_SHARE, Curve, Line, Mark, curve_figure
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import CREDIT, MINIMUM, REGULAR, TOTAL, USED
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.sale_prices import sale_prices
from calculator.equity.lots import lots_of

if TYPE_CHECKING:
    from amtweb.analyses.panel import Proposal
    from calculator import Scenario
    from calculator.analysis.sale_prices import SalePrices
    from calculator.scenario import Sale

MOST_PRICES = 12
POINTS = 121
MAP_PRICES = 9
ROWS = (
    ("Proceeds", "proceeds"),
    ("Regular basis", "regular_basis"),
    ("AMT basis", "amt_basis"),
    ("Credit available", "credit_available"),
    ("Regular tax", "regular_tax"),
    ("Tentative minimum tax", "tentative_minimum_tax"),
    ("Credit used", "credit_used"),
    ("Credit left", "credit_left"),
    ("Federal tax of the year", "final_tax"),
    ("Federal tax so far", "cumulative_tax"),
    ("Tax on the shares", "lot_tax"),
    ("Tax if exercised and sold that day", "same_day_tax"),
    ("Maximum savings", "maximum_savings"),
)
"""Of the table; the names are those of the analysis."""


class SalePricesControls(Controls):
    sale = forms.ChoiceField(label="Sale")
    prices = AmountsField(
        label="Prices a share", most=MOST_PRICES, help_text="Dollars, with spaces between"
    )

    def defaults(self) -> dict[str, str]:
        sale = self.scenario.sales[0]
        prices = " ".join(f"{price:.12g}" for price in telling_prices(self.scenario, sale))
        return {"sale": sale.id, "prices": prices}

    def offer(self) -> None:
        self.choose_from(
            "sale", [(sale.id, sale_words(self.scenario, sale)) for sale in self.scenario.sales]
        )


def sale_words(scenario: Scenario, sale: Sale) -> str:
    """A sale to choose."""
    lot, day = lot_names(scenario)[sale.source], write_day(sale.date)
    return f"{float(sale.shares):,.0f} of {lot}, sold {day}"


def telling_prices(scenario: Scenario, sale: Sale) -> list[float]:
    """Prices among which the sale changes its nature: around its own, and around both bases."""
    lot = lots_of(scenario)[sale.source]
    price, basis, amt_basis = float(sale.price), float(lot.basis), float(lot.amt_basis)
    prices = {basis / 2, (basis + amt_basis) / 2, amt_basis, price, 2 * max(price, amt_basis)}
    return sorted({round(each, 2) for each in prices if each > 0}) or [1.0]


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The table, the price against credit and tax, and what is left of the credit by year."""
    sale = next(each for each in scenario.sales if each.id == asked["sale"])
    found = sale_prices(scenario, sale.id, asked["prices"])
    highest = max(float(found.price.max()), float(sale.price), 0.01)
    lot = lots_of(scenario)[sale.source]
    curve = sale_prices(scenario, sale.id, np.linspace(0.0, highest, POINTS).tolist())
    said = sentences(found)
    return {
        "sentences": said,
        "figure": figure(curve, said, sale, float(lot.amt_basis)),
        "table": table(found),
        "map": credit_map(scenario, sale.id, highest),
        "slider": slider_edit(
            "Sell at {}", {"path": path_of(scenario, sale.id), "value": 0.0}, "set"
        ),
        "proposals": proposals(scenario, sale, found),
    }


def path_of(scenario: Scenario, sale_id: str) -> str:
    """Where the price stands in the document."""
    place = next(i for i, each in enumerate(scenario.sales) if each.id == sale_id)
    return f"sales[{place}].price"


def sentences(found: SalePrices) -> list[str]:
    """What the prices differ in."""
    used, left = found.credit_used, found.credit_left
    most = int(np.argmax(used))
    said = [
        f"Most of the credit, {dollars(float(used[most]))}, comes back in {found.year} at"
        f" ${found.price[most]:,.2f} a share; {dollars(float(left[most]))} are left then."
    ]
    if round(float(used[most])) <= 0:
        said = [f"None of these prices brings any credit back in {found.year}."]
    if found.maximum_savings is not None:
        best = int(np.argmax(found.maximum_savings))
        amount = float(found.maximum_savings[best])
        if amount >= 1:
            said.append(
                "Over exercise and sale on one day, holding has saved at most"
                f" {dollars(amount)}, at ${found.price[best]:,.2f}, if all of the credit left"
                " comes back."
            )
    return said


def figure(found: SalePrices, said: list[str], sale: Sale, amt_basis: float) -> Curve:
    """The price against the credit and the tax of the year."""
    return curve_figure(
        "sale-prices",
        f"Price of the sale in {found.year}",
        " ".join(said),
        x_name="Price",
        x=found.price.tolist(),
        unit=PER_SHARE,
        start=float(sale.price),
        lines=[
            Line("Regular tax", found.regular_tax.tolist(), REGULAR),
            Line("Tentative minimum tax", found.tentative_minimum_tax.tolist(), MINIMUM, "dash"),
            Line("Credit used", found.credit_used.tolist(), USED),
            Line("Credit left", found.credit_left.tolist(), CREDIT, "dashdot"),
            Line("Federal tax of the year", found.final_tax.tolist(), TOTAL, "dot"),
        ],
        marks=[Mark(amt_basis, "AMT basis")] if 0 < amt_basis < found.price[-1] else [],
    )


def table(found: SalePrices) -> Table:
    """The primer's table."""
    rows = []
    for words, name in ROWS:
        amounts = getattr(found, name)
        if amounts is not None:
            rows.append(TableRow(words, tuple(dollars(float(amount)) for amount in amounts)))
    prices = tuple(PER_SHARE.words(float(price)) for price in found.price)
    return Table(f"The sale of {found.year} at each price", "Price", prices, tuple(rows))


def credit_map(scenario: Scenario, sale_id: str, highest: float) -> AmountMap:
    """Credit left at the end of each year, by price."""
    found = sale_prices(scenario, sale_id, np.linspace(0.0, highest, MAP_PRICES).tolist())
    return amount_map(
        "Credit left at the end of each year, by price",
        "Year",
        [PER_SHARE.words(float(price)) for price in found.price],
        [
            (str(year), [float(amount) for amount in row])
            for year, row in zip(found.map_years, found.credit_map, strict=True)
        ],
    )


def proposals(scenario: Scenario, sale: Sale, found: SalePrices) -> list[Proposal]:
    """Each of the prices, for the sale."""
    return [
        proposal(
            f"Sell at {PER_SHARE.words(price)}",
            [{"path": path_of(scenario, sale.id), "value": price}],
            f"The sale of {found.year} is now at {PER_SHARE.words(price)}.",
        )
        for price in map(float, found.price)
        if price != float(sale.price)
    ]


PANEL = Panel(
    slug="sale-prices",
    name="At other prices",
    title="What does a sale bring at other prices?",
    needs="There is no sale in this scenario: add one first.",
    leads_on=sale_to_add,
    is_possible=lambda scenario: bool(scenario.sales),
    controls=SalePricesControls,
    answer=answer,
)
