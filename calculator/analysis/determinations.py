"""Determinations: what each exercise and each sale counts as, and the rule that makes it so.

The figures are those of the result; here stands how they came about.  Shares that a rule treats
alike are one part of their exercise or sale, however many lots they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.amounts import Dollars, is_zero, total_of
from calculator.analysis.reasons import reasons_of_exercise, reasons_of_sale
from calculator.equity.compensation import sales_of
from calculator.equity.dispositions import sale_date
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from calculator.analysis.reasons import Reason
    from calculator.equity.dispositions import Disposition
    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Sale, Scenario

EXERCISE = "exercise"
SALE = "sale"

AS_ISO = "iso"
AS_NSO = "nso"
FORFEITED = "forfeited"
"""Shares that went back before they vested."""


class Part(NamedTuple):
    """Shares of an exercise or a sale that count alike."""

    outcome: str
    """``iso``, ``nso`` or ``forfeited``; of a sale, its disposition as in the result."""
    shares: Dollars
    counted: tuple[date, ...]
    """Of an exercise: the days on which the spread counts."""
    spread: Dollars
    """Of an exercise: what counts then, for AMT if it is an ISO, else as wages."""
    ordinary_income: Dollars
    gain: Dollars
    amt_gain: Dollars
    long_term: bool
    amt_long_term: bool
    why: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """The part as the command line prints it."""
        return self._asdict() | {
            "counted": [day.isoformat() for day in self.counted],
            "why": [reason._asdict() for reason in self.why],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """What an exercise or a sale counts as."""

    event: str
    """``exercise`` or ``sale``."""
    id: str
    path: str
    """Where it stands in the document."""
    date: date
    """When it counts: worthless shares on the last day of their year."""
    parts: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        """The determination as the command line prints it."""
        return {
            "event": self.event,
            "id": self.id,
            "path": self.path,
            "date": self.date.isoformat(),
            "parts": [part.to_dict() for part in self.parts],
        }


def determinations(scenario: Scenario) -> tuple[Determination, ...]:
    """Every exercise and every sale by its day, in shares as after all splits."""
    scenario = after_splits(scenario)
    tranches = tranches_of(scenario)
    found = [*_exercises(scenario, tranches), *_sales(scenario, tranches)]
    return tuple(sorted(found, key=lambda each: each.date))


def _exercises(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> Iterator[Determination]:
    grants = {grant.id: grant for grant in scenario.grants}
    reasons = reasons_of_exercise(scenario)
    for i, exercise in enumerate(scenario.exercises):
        grant = grants[exercise.grant]
        parts = [
            _exercised(tranche, lot, reasons(grant, exercise, tranche, lot))
            for tranche in tranches[exercise.id]
            for _, lot in tranche.lots
        ]
        yield Determination(
            event=EXERCISE,
            id=exercise.id,
            path=f"exercises[{i}]",
            date=exercise.date,
            parts=_alike(parts),
        )


def _exercised(tranche: Tranche, lot: Lot, why: tuple[Reason, ...]) -> Part:
    outcome = AS_NSO if lot.granted is None else AS_ISO
    return Part(
        outcome=FORFEITED if tranche.vested is None else outcome,
        shares=lot.shares,
        counted=() if lot.counted is None else (lot.counted,),
        spread=0.0 if lot.counted is None else lot.amt_spread * lot.shares,
        ordinary_income=0.0,
        gain=0.0,
        amt_gain=0.0,
        long_term=False,
        amt_long_term=False,
        why=why,
    )


def _sales(
    scenario: Scenario, tranches: Mapping[str, tuple[Tranche, ...]]
) -> Iterator[Determination]:
    for i, (sale, result) in enumerate(
        zip(scenario.sales, sales_of(scenario, tranches), strict=True)
    ):
        yield Determination(
            event=SALE,
            id=sale.id,
            path=f"sales[{i}]",
            date=sale_date(sale),
            parts=_alike(_sold(sale, part) for part in result.parts),
        )


def _sold(sale: Sale, part: Disposition) -> Part:
    return Part(
        outcome=part.disposition,
        shares=part.shares,
        counted=(),
        spread=0.0,
        ordinary_income=part.ordinary_income,
        gain=part.gain,
        amt_gain=part.amt_gain,
        long_term=part.long_term,
        amt_long_term=part.amt_long_term,
        why=reasons_of_sale(sale, part),
    )


def _alike(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts of one outcome, for the same reasons, taken together; none without shares."""
    found: dict[Any, list[Part]] = {}
    for part in parts:
        if not is_zero(part.shares):
            key = (part.outcome, part.why, part.long_term, part.amt_long_term)
            found.setdefault(key, []).append(part)
    return tuple(_together(alike) for alike in found.values())


def _together(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    return parts[0]._replace(
        shares=total_of(part.shares for part in parts),
        counted=tuple(sorted({day for part in parts for day in part.counted})),
        spread=total_of(part.spread for part in parts),
        ordinary_income=total_of(part.ordinary_income for part in parts),
        gain=total_of(part.gain for part in parts),
        amt_gain=total_of(part.amt_gain for part in parts),
    )
