"""The sales behind both Schedules D, a row for each lot, as Form 8949 has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.amounts import whole_dollars
from calculator.equity.dispositions import bases_of, sale_date
from calculator.worksheet.events import in_shares, source_in_words
from calculator.worksheet.years import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculator.equity.dispositions import Disposition, SaleResult
    from calculator.results import ScenarioResult
    from calculator.scenario import Sale, Scenario


class SoldShares(NamedTuple):
    """Shares of one lot sold on one day, as both systems see them."""

    sale: str
    """Its id."""
    path: str
    """Its place in the scenario document: ``sales[2]``."""
    description: str
    """``1,000 shares (Grant A)``, in the shares of the day."""
    disposition: str
    """``qualifying``, ``disqualifying_same_year``, ``disqualifying`` or ``not_iso``."""
    acquired: date
    amt_acquired: date
    """Shares that waited to vest may begin their holding period later for AMT."""
    sold: date
    proceeds: float
    basis: float
    """With the ordinary income of the sale, which is part of it."""
    amt_basis: float
    ordinary_income: float
    """Of regular tax: wages, not gain."""
    amt_ordinary_income: float
    """What AMT counts instead in the year of the exercise."""
    adjustment: float
    """The loss that is not recognized, as a positive amount: column (g)."""
    amt_adjustment: float
    gain: float
    amt_gain: float
    long_term: bool
    amt_long_term: bool

    def to_dict(self) -> dict[str, Any]:
        """The row as the command line prints it."""
        days = ("acquired", "amt_acquired", "sold")
        return self._asdict() | {name: getattr(self, name).isoformat() for name in days}


def dispositions(scenario: Scenario, result: ScenarioResult, year: int) -> tuple[SoldShares, ...]:
    """The sales of a year in the order of the document; with those of other assets, Schedule D.

    Raises:
        InvalidScenario: There is no such year.
    """
    computed = result.years[place_of(year, result)]
    places = {sale.id: place for place, sale in enumerate(scenario.sales)}
    return tuple(
        row for sold in computed.equity.sales for row in _rows(scenario, places[sold.id], sold)
    )


def _rows(scenario: Scenario, place: int, sold: SaleResult) -> Iterator[SoldShares]:
    sale = scenario.sales[place]
    of = source_in_words(sale.source, scenario)
    all_parts = sum(float(part.shares) for part in sold.parts)
    for part in sold.parts:
        if not part.shares and len(sold.parts) > 1:
            continue
        share = float(part.shares) / all_parts if all_parts else 1.0
        basis, amt_basis = _bases(scenario, sale, part)
        yield SoldShares(
            sale=sale.id,
            path=f"sales[{place}]",
            description=f"{in_shares(sale.shares * share)} ({of})",
            disposition=part.disposition,
            acquired=part.lot.acquired,
            amt_acquired=part.lot.amt_acquired,
            sold=sale_date(sale),
            proceeds=float(part.proceeds),
            basis=basis,
            amt_basis=amt_basis,
            ordinary_income=float(part.ordinary_income),
            amt_ordinary_income=float(part.amt_income),
            adjustment=float(part.gain - part.proceeds) + basis,
            amt_adjustment=float(part.amt_gain - part.proceeds) + amt_basis,
            gain=float(part.gain),
            amt_gain=float(part.amt_gain),
            long_term=part.long_term,
            amt_long_term=part.amt_long_term,
        )


def _bases(scenario: Scenario, sale: Sale, part: Disposition) -> tuple[float, float]:
    """Where every loss counts, what the gains leave of the proceeds: they are rounded alike."""
    if sale.loss_recognized:
        return float(part.proceeds - part.gain), float(part.proceeds - part.amt_gain)
    basis, amt_basis = map(float, bases_of(part.lot, part, sale_date(sale)))
    if scenario.is_filed:
        return float(whole_dollars(basis)), float(whole_dollars(amt_basis))
    return basis, amt_basis
