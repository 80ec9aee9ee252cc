"""Every event of a share: what happens to each lot from the grant on, in both systems.

A lot is what an exercise or a holding brought.  Shares and prices are as on the papers of the day:
a split changes their number and their bases a share, and no sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from calculator.amounts import Dollars, total_of
from calculator.analysis.what_if import refuse_batch
from calculator.equity.compensation import kept_out_of_line_2i, pieces_by_sale
from calculator.equity.dispositions import sale_date
from calculator.equity.holding_period import DAY, anniversary, first_qualifying_day
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits, factor_after, stock_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from calculator.equity.dispositions import Disposition
    from calculator.equity.lots import Lot, Tranche
    from calculator.scenario import Exercise, Sale, Scenario

GRANTED = "granted"
EXERCISED = "exercised"
ACQUIRED = "acquired"
VESTED = "vested"
RETURNED = "returned"
SPLIT = "split"
LONG_TERM = "long_term"
AMT_LONG_TERM = "amt_long_term"
QUALIFIES = "qualifies"
SOLD = "sold"
WORTHLESS = "worthless"
DAYS_THAT_COUNT = (LONG_TERM, AMT_LONG_TERM, QUALIFIES)
SALES = (SOLD, WORTHLESS)
ORDER = (GRANTED, SPLIT, ACQUIRED, EXERCISED, VESTED, *DAYS_THAT_COUNT, RETURNED, *SALES)
"""Of the events of one day."""
FEWEST_SHARES = 1e-9
_NONE: Dollars = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LotEvent:
    """What happens on a day, and what is left after it.  Shares and prices are those of the day."""

    date: date
    kind: str
    of: str = ""
    """The id of the grant, vesting, split or sale."""
    shares: Dollars | None = None
    """How many it concerns."""
    price: Dollars | None = None
    """Strike of a grant; value of a share at exercise and vesting; price of a sale."""
    ratio: Dollars | None = None
    """New shares for each old one."""
    disposition: str = ""
    proceeds: Dollars | None = None
    income: Dollars | None = None
    """Ordinary income for regular tax: of a disqualifying disposition or a nonstatutory option."""
    line_2i: Dollars | None = None
    """What it adds to Form 6251 line 2i: the spread that AMT counts, taken off again for shares
    sold in the same year."""
    gain: Dollars | None = None
    amt_gain: Dollars | None = None
    long_term: bool | None = None
    amt_long_term: bool | None = None
    left: Dollars = 0.0
    basis: Dollars = 0.0
    """Of all shares that are left."""
    amt_basis: Dollars = 0.0

    @property
    def amt_adjustment(self) -> Dollars:
        """What AMT has counted and regular tax has not: it comes off AMT income as shares are sold.

        Losses that count only up to their yearly limit may stretch it over many years.
        """
        return self.amt_basis - self.basis

    def to_dict(self) -> dict[str, Any]:
        """The event as the command line prints it."""
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        told = {name: value for name, value in found.items() if value not in (None, "")}
        return told | {"date": self.date.isoformat(), "amt_adjustment": self.amt_adjustment}


@dataclass(frozen=True, slots=True, kw_only=True)
class LotLedger:
    """All events of a lot."""

    source: str
    """The id of the exercise or the holding."""
    is_exercise: bool
    events: tuple[LotEvent, ...]

    def total(self, name: str) -> Dollars:
        """The sum of what the events bring: ``income``, ``gain`` and the like."""
        return total_of(getattr(event, name) or 0.0 for event in self.events)

    @property
    def shares_sold(self) -> bool:
        """Whether any shares of the lot were sold."""
        return any(event.kind in SALES for event in self.events)

    def to_dict(self) -> dict[str, Any]:
        """The ledger as the command line prints it."""
        events = [event.to_dict() for event in self.events]
        return {"from": self.source, "events": events}


def lot_ledgers(scenario: Scenario) -> tuple[LotLedger, ...]:
    """The ledger of every exercise and holding, in the order of the document.

    Raises:
        InvalidScenario: The scenario is a batch.
    """
    refuse_batch(scenario)
    counted = after_splits(scenario)
    tranches = tranches_of(counted)
    pieces = pieces_by_sale(counted, tranches)
    grants = {grant.id: grant for grant in scenario.grants}
    found = []
    for exercise in scenario.exercises:
        stock = grants[exercise.grant].stock
        lot = _Lot(scenario, exercise.id, stock, tranches[exercise.id])
        events = lot.events(exercise, pieces)
        found.append(LotLedger(source=exercise.id, is_exercise=True, events=events))
    for holding in scenario.holdings:
        lot = _Lot(scenario, holding.id, stock_of(holding), tranches[holding.id])
        events = lot.events(None, pieces)
        found.append(LotLedger(source=holding.id, is_exercise=False, events=events))
    return tuple(found)


class _Due(NamedTuple):
    """An event that is yet to be told."""

    date: date
    kind: str
    of: str
    told: dict[str, Any]
    lots: tuple[Lot, ...] = ()
    """Those that it concerns."""
    change: Dollars = 0.0
    """In what is left of them."""


class _Lot:
    """One exercise or holding, followed through its events.

    On the way shares are counted as after the last split.
    """

    def __init__(
        self, scenario: Scenario, source: str, stock: str | None, tranches: tuple[Tranche, ...]
    ) -> None:
        self.scenario = scenario
        self.source = source
        self.stock = stock
        self.tranches = tranches
        self.lots = tuple(lot for tranche in tranches for _, lot in tranche.lots)
        self.left = {id(lot): _NONE for lot in self.lots}

    def events(
        self,
        exercise: Exercise | None,
        pieces: dict[str, tuple[tuple[Lot, Disposition], ...]],
    ) -> tuple[LotEvent, ...]:
        """All events in their order."""
        due = [
            *(self._held() if exercise is None else self._exercised(exercise)),
            *self._splits(),
            *self._sales(pieces),
            *self._days_that_count(),
        ]
        due.sort(key=lambda each: (each.date, ORDER.index(each.kind)))
        return tuple(event for each in due if (event := self._told(each)) is not None)

    def _told(self, due: _Due) -> LotEvent | None:
        """The event, and what it leaves; None for a day on which nothing is left to count."""
        told = due.told
        if due.kind in DAYS_THAT_COUNT:
            waiting = total_of(self.left[id(lot)] for lot in due.lots)
            if waiting < FEWEST_SHARES:
                return None
            told = {"shares": self._on_the_day(waiting, due.date)}
        elif due.kind in (ACQUIRED, EXERCISED):
            self.left = {id(lot): lot.shares for lot in self.lots}
        for lot in due.lots:
            self.left[id(lot)] = self.left[id(lot)] + due.change
        held = [(lot, self.left[id(lot)]) for lot in self.lots]
        held = [(lot, shares) for lot, shares in held if shares > FEWEST_SHARES]
        return LotEvent(
            date=due.date,
            kind=due.kind,
            of=due.of,
            left=self._on_the_day(total_of(shares for _, shares in held), due.date),
            basis=total_of(_bases(lot, due.date)[0] * shares for lot, shares in held),
            amt_basis=total_of(_bases(lot, due.date)[1] * shares for lot, shares in held),
            **told,
        )

    def _on_the_day(self, shares: Dollars, day: date) -> Dollars:
        return shares / factor_after(self.scenario.splits, self.stock, day)

    def _exercised(self, exercise: Exercise) -> Iterator[_Due]:
        grant = next(each for each in self.scenario.grants if each.id == exercise.grant)
        options = {"shares": grant.shares, "price": grant.strike}
        yield _Due(grant.date, GRANTED, grant.id, options)
        yield from self._acquired(EXERCISED, exercise.date, exercise.fair_market_value)
        vestings = {each.id: each for each in self.scenario.vestings}
        for tranche in self.tranches:
            if tranche.vesting and tranche.vested is not None:
                vesting = vestings[tranche.vesting]
                yield self._vested(tranche, tranche.vested, vesting.fair_market_value)
            elif tranche.vesting and grant.employment_ended is not None:
                yield from self._returned(tranche, max(grant.employment_ended, exercise.date))

    def _held(self) -> Iterator[_Due]:
        first = self.lots[0]
        if first.granted is not None:
            yield _Due(first.granted, GRANTED, "", {})
        yield from self._acquired(ACQUIRED, first.acquired, None)

    def _acquired(self, kind: str, day: date, value: Dollars | None) -> Iterator[_Due]:
        shares = self._on_the_day(total_of(lot.shares for lot in self.lots), day)
        told: dict[str, Any] = {"shares": shares, "price": value, **_counted(self.lots, day)}
        yield _Due(day, kind, self.source, told)

    def _vested(self, tranche: Tranche, day: date, value: Dollars | None) -> _Due:
        lots = tuple(lot for _, lot in tranche.lots)
        shares = self._on_the_day(tranche.shares, day)
        told = {"shares": shares, "price": value, **_counted(lots, day)}
        return _Due(day, VESTED, tranche.vesting, told)

    def _returned(self, tranche: Tranche, day: date) -> Iterator[_Due]:
        """Shares that never vest go back for what was paid, when employment ends."""
        for _, lot in tranche.lots:
            told = {"shares": self._on_the_day(lot.shares, day)}
            yield _Due(day, RETURNED, tranche.vesting, told, (lot,), -lot.shares)

    def _splits(self) -> Iterator[_Due]:
        begins = min(lot.granted or lot.acquired for lot in self.lots)
        for split in self.scenario.splits:
            if split.stock == self.stock and split.date > begins:
                yield _Due(split.date, SPLIT, split.id, {"ratio": split.ratio})

    def _sales(self, pieces: dict[str, tuple[tuple[Lot, Disposition], ...]]) -> Iterator[_Due]:
        for sale in self.scenario.sales:
            if sale.source == self.source:
                for lot, part in pieces[sale.id]:
                    if part.shares > FEWEST_SHARES:
                        yield self._sold(sale, lot, part)

    def _sold(self, sale: Sale, lot: Lot, part: Disposition) -> _Due:
        day = sale_date(sale)
        told = {
            "shares": self._on_the_day(part.shares, day),
            "price": sale.price,
            "disposition": part.disposition,
            "proceeds": part.proceeds,
            "income": part.ordinary_income or None,
            "line_2i": kept_out_of_line_2i(part) or None,
            "gain": part.gain,
            "amt_gain": part.amt_gain,
            "long_term": part.long_term,
            "amt_long_term": part.amt_long_term,
        }
        kind = WORTHLESS if sale.kind == "worthless" else SOLD
        return _Due(day, kind, sale.id, told, (lot,), -part.shares)

    def _days_that_count(self) -> Iterator[_Due]:
        """From when a sale of what is left is long-term, and from when it qualifies."""
        days: dict[tuple[date, str], list[Lot]] = {}
        for tranche in self.tranches:
            if tranche.vested is not None:
                for _, lot in tranche.lots:
                    for day, kind in _days_of(lot):
                        days.setdefault((day, kind), []).append(lot)
        for (day, kind), lots in days.items():
            yield _Due(day, kind, "", {}, tuple(lots))


def _days_of(lot: Lot) -> Iterator[tuple[date, str]]:
    if lot.granted is not None:
        yield first_qualifying_day(lot.granted, lot.acquired), QUALIFIES
    else:
        yield anniversary(lot.acquired, 1) + DAY, LONG_TERM
    if lot.amt_acquired != lot.acquired:
        yield anniversary(lot.amt_acquired, 1) + DAY, AMT_LONG_TERM


def _counted(lots: Iterable[Lot], day: date) -> dict[str, Any]:
    """What counts on a day: as wages of a nonstatutory option, for AMT of an incentive one."""
    counted = [lot for lot in lots if lot.counted == day]
    wages = total_of(lot.amt_spread * lot.shares for lot in counted if lot.granted is None)
    spread = total_of(lot.amt_spread * lot.shares for lot in counted if lot.granted is not None)
    return {"income": wages or None, "line_2i": spread or None}


def _bases(lot: Lot, day: date) -> tuple[Dollars, Dollars]:
    """Basis and AMT basis a share on a day: the spread is in them once it has counted."""
    waits = lot.counted is None or lot.counted > day
    if lot.amt_spread and waits:
        return lot.price_paid, lot.price_paid
    return lot.basis, lot.amt_basis
