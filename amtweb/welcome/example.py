"""The worked example of the first page: four numbers, and what the law makes of them.

Shares are exercised early in one year and sold two years later, far below what they were worth at
exercise.  For AMT that is a loss, which other gains of the year of sale can be paired with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amtweb.scenarios.editor import wording
from calculator import SCHEMA_VERSION, evaluate, parse_scenario
from calculator.law import law_for
from calculator.scenario import LawChoice

if TYPE_CHECKING:
    from calculator import ScenarioResult, YearResult

EXERCISED: Final = 2026
SOLD: Final = 2028
LAST_YEAR: Final = 2035
WAGES: Final = 200_000
STRIKE: Final = 2
STATUS: Final = "single"
TITLE: Final = "An exercise, a fall, and a paired gain"


class Asked(NamedTuple):
    """The four numbers."""

    shares: float
    value: float
    price: float
    gain: float

    def texts(self) -> dict[str, str]:
        """As a form sends them."""
        return {name: wording.write_amount(amount) for name, amount in self._asdict().items()}

    def document(self) -> dict[str, Any]:
        """The scenario."""
        years: list[dict[str, Any]] = [
            {"year": year, "wages": WAGES} for year in range(EXERCISED, LAST_YEAR + 1)
        ]
        if self.gain:
            years[SOLD - EXERCISED]["long_term_gain"] = self.gain
        return {
            "schema_version": SCHEMA_VERSION,
            "title": TITLE,
            "notes": "From the first page. Single, the same wages every year, standard deduction. "
            "Prices are made up. Years without a published table are projected.",
            "household": {"filing_status": STATUS},
            "years": years,
            "grants": [
                {
                    "id": "g1",
                    "label": "Grant of 2023",
                    "kind": "iso",
                    "date": "2023-05-15",
                    "shares": self.shares,
                    "strike": STRIKE,
                }
            ],
            "exercises": [
                {
                    "id": "e1",
                    "grant": "g1",
                    "date": f"{EXERCISED}-02-10",
                    "shares": self.shares,
                    "fair_market_value": self.value,
                }
            ],
            "sales": [
                {
                    "id": "s1",
                    "from": "e1",
                    "date": f"{SOLD}-03-15",
                    "shares": self.shares,
                    "price": self.price,
                }
            ],
        }


@dataclass(frozen=True)
class Worked:
    """What comes of the numbers, and of the same without the paired gain."""

    asked: Asked
    paired: ScenarioResult
    alone: ScenarioResult

    @property
    def amt(self) -> float:
        """Of the exercise."""
        return float(self.alone.years[0].amt)

    @property
    def amt_loss(self) -> float:
        """What the sale leaves for AMT, net of the year's own gains and before the yearly limit."""
        return max(0.0, -float(self._year(self.alone).equity.amt_long_term_gain))

    @property
    def yearly_loss(self) -> float:
        """How much of it counts against other income each year: section 1211(b)."""
        return law_for(SOLD, STATUS, LawChoice()).gains.amt_loss_limit

    def added(self, name: str) -> float:
        """By how much the gain raises an amount in the year of the sale."""
        paired, alone = self._year(self.paired), self._year(self.alone)
        return float(getattr(paired, name)) - float(getattr(alone, name))

    @property
    def added_in_all(self) -> float:
        """By how much the gain raises the federal tax of all years."""
        return float(self.paired.totals.federal_tax) - float(self.alone.totals.federal_tax)

    @property
    def eroded(self) -> float:
        """Of the credit, to exclusion items, because of the gain."""
        return float(self.paired.totals.credit_eroded) - float(self.alone.totals.credit_eroded)

    @staticmethod
    def _year(result: ScenarioResult) -> YearResult:
        return result.years[SOLD - EXERCISED]


def work(asked: Asked) -> Worked:
    """Computes the example with the paired gain and without."""
    alone = evaluate(parse_scenario(asked._replace(gain=0.0).document()))
    paired = evaluate(parse_scenario(asked.document())) if asked.gain else alone
    return Worked(asked, paired, alone)


def year_back(result: ScenarioResult) -> int | None:
    """The year from whose end on no credit is left; None for none, or for later."""
    year = float(result.totals.first_year_without_credit)
    return None if math.isnan(year) or float(result.totals.credit_left) >= 1 else int(year)


def balances(result: ScenarioResult) -> list[float]:
    """The credit at the end of each year."""
    return [float(year.credit_balance) for year in result.years]
