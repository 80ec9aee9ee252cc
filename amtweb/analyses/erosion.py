"""Why the credit shrank."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from amtweb.analyses.controls import Controls, YearField
from amtweb.analyses.panel import Explained, Panel, Proposal, proposal
from amtweb.analyses.pictures import Contribution, Contributions
from amtweb.analyses.tables import Table, TableRow
from amtweb.scenarios.charts.money_words import dollars, listed
from amtweb.scenarios.erosion_words import reasons, what_is_past
from calculator import evaluate
from calculator.analysis.erosion import (
    day_in,
    divided,
    erosion,
    sales_to_divide,
    years_of_erosion,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator import Scenario
    from calculator.analysis.erosion import Erosion


KINDS_AT = 2
"""Which of the reasons tells the two kinds of items apart."""
KINDS = re.compile(r"\b((exclusion|deferral) items)", re.IGNORECASE)


class ErosionControls(Controls):
    year = YearField(label="Lost in")

    def defaults(self) -> dict[str, str]:
        return {"year": str(years_of_erosion(evaluate(self.scenario))[0])}

    def offer(self) -> None:
        years = sorted(years_of_erosion(evaluate(self.scenario)))
        self.choose_from("year", [(year, str(year)) for year in years])


def answer(scenario: Scenario, asked: dict[str, Any]) -> dict[str, Any]:
    """The reason in words, the two kinds of items, the lines, and what would have helped."""
    found = erosion(scenario, asked["year"])
    said = reasons(found, scenario)
    return {
        "found": found,
        "sentences": [with_terms(each) if each is said[KINDS_AT] else each for each in said],
        "picture": picture(found, " ".join(said)),
        "items": items_table(found),
        "lines": lines_table(found),
        "proposals": [] if found.divided is None else [division(scenario, found)],
    }


def with_terms(sentence: str) -> Explained:
    """The kinds of items explained where they are told apart."""
    return Explained(KINDS.sub(r"[\1|\2 items]", sentence))


def picture(found: Erosion, words: str) -> Contributions:
    """What Form 8801 works out, as bars."""
    return Contributions(
        "erosion",
        f"What Form 8801 works out for {found.year} on exclusion items alone",
        words,
        (
            Contribution("Tentative minimum tax it would be", found.tentative_tax),
            Contribution("Regular tax", -found.regular_tax),
            Contribution("AMT it would be, taken off the credit", found.net_minimum_tax),
        ),
    )


def items_table(found: Erosion) -> Table:
    """Which item is of which kind."""
    kinds = (
        ("Exclusion item: for good", found.exclusion_items),
        ("Deferral item: comes back", found.deferral_items),
    )
    rows = tuple(
        TableRow(
            item.words[0].upper() + item.words[1:],
            (dollars(item.amount), kind, f"Form 6251, {item.line}"),
        )
        for kind, items in kinds
        for item in items
    )
    return Table(
        f"What AMT counts otherwise in {found.year}", "Item", ("Amount", "Kind", "Line"), rows
    )


def lines_table(found: Erosion) -> Table:
    """The lines of the next year's form, beside the same amounts of Form 6251."""
    rows = (
        ("AMT income", "4", found.income, "4", found.amti),
        ("Exemption", "9", found.exemption, "5", None),
        (
            "Tentative minimum tax",
            "13",
            found.tentative_tax,
            "9",
            found.tentative_minimum_tax,
        ),
        ("Regular tax", "14", found.regular_tax, "10", found.regular_tax),
        ("AMT", "15", found.net_minimum_tax, "11", found.amt),
        ("What the year adds to the credit", "18", found.amt - found.net_minimum_tax, "", None),
        ("Credit carried forward", "19", found.credit_before, "", None),
        ("Credit available in the next year", "21", found.credit_after, "", None),
    )
    return Table(
        f"The lines: Form 8801 of {found.year + 1} beside Form 6251 of {found.year}",
        "Amount",
        ("Form 8801", "Exclusion items alone", "Form 6251", "As filed"),
        tuple(
            TableRow(
                name,
                (line, dollars(alone), own, "" if filed is None else dollars(filed)),
            )
            for name, line, alone, own, filed in rows
        ),
    )


def division(scenario: Scenario, found: Erosion) -> Proposal:
    """The sales and gains of the year in equal parts over the years."""
    way = found.divided
    assert way is not None  # noqa: S101  (only then it is offered)
    changed = divided(scenario, way.years)
    assert changed is not None  # noqa: S101  (it is what was found best)
    years = listed([str(year) for year in way.years])
    is_past = what_is_past(found, scenario)
    divide = "Look at the sales and gains divided" if is_past else "Divide the sales and gains"
    return proposal(
        f"{divide} over {years}",
        [*_of_sales(scenario, way.years), *_of_gains(scenario, changed, way.years)],
        f"Applied: sales and gains divided over {years}.",
    )


def _of_sales(scenario: Scenario, years: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    dividing = sales_to_divide(scenario, years[0])
    for place, sale in enumerate(scenario.sales):
        if sale not in dividing:
            continue
        part = float(sale.shares) / len(years)
        # Whole shares where that is possible; the first part has what is left over.
        part = float(int(part)) if part >= 1 else part
        first = float(sale.shares) - part * (len(years) - 1)
        yield {"path": f"sales[{place}].shares", "value": first}
        for year in years[1:]:
            value = {
                "from": sale.source,
                "date": day_in(sale.date, year).isoformat(),
                "shares": part,
                "price": float(sale.price),
            }
            yield {"path": "sales[+]", "value": value}


def _of_gains(
    scenario: Scenario, changed: Scenario, years: tuple[int, ...]
) -> Iterator[dict[str, Any]]:
    for place, (before, after) in enumerate(zip(scenario.years, changed.years, strict=True)):
        if before.year in years and before.long_term_gain != after.long_term_gain:
            value = round(float(after.long_term_gain), 2)
            yield {"path": f"years[{place}].long_term_gain", "value": value}


PANEL = Panel(
    slug="erosion",
    name="Why the credit shrank",
    title="Why did the credit shrink without lowering tax?",
    needs="In these years none of the credit is lost: whatever leaves it lowers tax.",
    is_possible=lambda scenario: bool(years_of_erosion(evaluate(scenario))),
    controls=ErosionControls,
    answer=answer,
)
