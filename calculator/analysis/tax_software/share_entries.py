"""Forms W-2, 3921 and 8949: options exercised and shares sold in a year, in whole dollars.

What is typed is as on the papers that a person has: shares and prices of the day, before later
splits.  The columns are those of Form 8949; code B and the amount beside it follow its
instructions for columns (f) and (g).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calculator.amounts import Dollars, loss_of, total_of, whole_dollars
from calculator.analysis.tax_software.sheet import (
    CHECK,
    DATE,
    DOLLARS_A_SHARE,
    EXERCISES,
    SALES,
    SHARES,
    TEXT,
    TYPE,
    WAGES,
    Entry,
    Group,
    Origin,
    Section,
)
from calculator.equity.compensation import kept_out_of_line_2i, pieces_by_sale
from calculator.equity.dispositions import DISQUALIFYING, DISQUALIFYING_SAME_YEAR, bases_of
from calculator.equity.dispositions import sale_date as date_of
from calculator.equity.lots import tranches_of
from calculator.equity.splits import after_splits, factor_after, stock_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from calculator.equity.dispositions import Disposition
    from calculator.equity.lots import Lot
    from calculator.results import YearResult
    from calculator.scenario import Exercise, Grant, Sale, Scenario

INCORRECT_BASIS = "B"
LOSS_NOT_ALLOWED = "W"
SHORT_TERM, LONG_TERM = "Part I, short-term", "Part II, long-term"
BY_HAND = "Adjustment of the shares that vested, typed by itself: no Form 3921 comes for vesting"
OVER_BOX_4 = "Its adjustment, typed over what a program makes of box 4: shares wait to vest"
NO_AMT_BASIS = "the same: leave it empty"
FEWEST_SHARES = 1e-9


class Row(NamedTuple):
    """Shares of one lot sold in one sale, as Form 8949 has them; whole dollars."""

    sale: Sale
    lot: Lot
    part: Disposition
    sold: date
    shares: Dollars
    """In the shares of the day of the sale."""
    proceeds: Dollars
    paid: Dollars
    """What the shares cost: the basis that brokers report."""
    basis: Dollars
    amt_basis: Dollars
    not_allowed: Dollars
    """The loss that is not recognized."""
    amt_not_allowed: Dollars

    @property
    def adjustment(self) -> Dollars:
        """Column (g) beside the basis that brokers report."""
        return self.paid - self.basis + self.not_allowed

    @property
    def gain(self) -> Dollars:
        """Column (h)."""
        return self.proceeds - self.paid + self.adjustment

    @property
    def amt_gain(self) -> Dollars:
        """Column (h) for AMT."""
        return self.proceeds - self.amt_basis + self.amt_not_allowed

    @property
    def codes(self) -> str:
        """Column (f)."""
        basis = INCORRECT_BASIS if self.paid != self.basis else ""
        return basis + (LOSS_NOT_ALLOWED if self.not_allowed else "")


class Shares:
    """The options and lots of a scenario, by what the papers of a year say of them."""

    def __init__(self, scenario: Scenario) -> None:
        """Reads all lots and sales once for all years."""
        self.scenario = scenario
        self._counted = after_splits(scenario)
        self.tranches = tranches_of(self._counted)
        self.pieces = pieces_by_sale(self._counted, self.tranches)
        self.grants: dict[str, Grant] = {grant.id: grant for grant in scenario.grants}
        self._stocks = {each.id: stock_of(each) for each in scenario.holdings} | {
            each.id: self.grants[each.grant].stock for each in scenario.exercises
        }

    def on_the_day(self, source: str, shares: Dollars, day: date) -> Dollars:
        """Shares as counted on a day; those of lots are counted as after the last split."""
        return shares / factor_after(self.scenario.splits, self._stocks[source], day)

    def lots_of(self, exercise: Exercise, *, iso: bool) -> list[Lot]:
        """The lots of an exercise: those of an incentive option, or the others."""
        return [
            lot
            for tranche in self.tranches[exercise.id]
            for _, lot in tranche.lots
            if (lot.granted is not None) == iso
        ]

    def sales_of(self, source: str, year: int) -> list[Sale]:
        """The sales of a year from an exercise or a holding."""
        return [
            sale
            for sale in self.scenario.sales
            if sale.source == source and date_of(sale).year == year
        ]

    def rows_of(self, sale: Sale) -> Iterator[Row]:
        """The rows of Form 8949 that a sale takes."""
        day = date_of(sale)
        for lot, part in self.pieces[sale.id]:
            basis, amt_basis = bases_of(lot, part, day)
            proceeds, basis, amt_basis, paid = map(
                whole_dollars, (part.proceeds, basis, amt_basis, lot.price_paid * part.shares)
            )
            taken = not sale.loss_recognized
            yield Row(
                sale=sale,
                lot=lot,
                part=part,
                sold=day,
                shares=self.on_the_day(sale.source, part.shares, day),
                proceeds=proceeds,
                paid=paid,
                basis=basis,
                amt_basis=amt_basis,
                not_allowed=loss_of(proceeds - basis) if taken else 0.0,
                amt_not_allowed=loss_of(proceeds - amt_basis) if taken else 0.0,
            )

    def line_2i(self, exercise: Exercise, year: int) -> Dollars:
        """What an exercise adds to Form 6251 line 2i of a year."""
        counted = [
            lot.amt_spread * lot.shares
            for lot in self.lots_of(exercise, iso=True)
            if lot.counted is not None and lot.counted.year == year
        ]
        kept_out = [
            kept_out_of_line_2i(part)
            for sale in self.sales_of(exercise.id, year)
            for _, part in self.pieces[sale.id]
        ]
        return whole_dollars(total_of(counted) + total_of(kept_out))


def share_sections(shares: Shares, year: YearResult) -> Iterator[Section]:
    """Wages, exercises and sales, where the year has any."""
    for kind, groups in (
        (WAGES, _wages(shares, year)),
        (EXERCISES, _exercises(shares, year.year)),
        (SALES, _sales(shares, year.year)),
    ):
        found = tuple(groups)
        if found:
            yield Section(kind=kind, groups=found)


def _wages(shares: Shares, year: YearResult) -> Iterator[Group]:
    entries = []
    nonstatutory = year.equity.medicare_wages
    disqualifying = year.equity.wages - nonstatutory
    if nonstatutory:
        caption = "Spread of nonstatutory options, part of the wages; box 12 has it with code V"
        entries.append(Entry(place="Box 1", caption=caption, value=nonstatutory, how=CHECK))
    if disqualifying:
        caption = "Income of disqualifying dispositions, part of the wages; without withholding"
        entries.append(Entry(place="Box 1", caption=caption, value=disqualifying, how=CHECK))
    if entries:
        yield Group(kind="form_w2", entries=tuple(entries))


def _exercises(shares: Shares, year: int) -> Iterator[Group]:
    for exercise in shares.scenario.exercises:
        lots = shares.lots_of(exercise, iso=True)
        counted = [lot for lot in lots if lot.counted is not None and lot.counted.year == year]
        if lots and exercise.date.year == year:
            yield Group(
                kind="form_3921",
                of=exercise.id,
                source=exercise.id,
                entries=tuple(_form_3921(shares, exercise, lots)),
            )
        elif counted:
            entry = _adjustment(shares.line_2i(exercise, year), year, BY_HAND)
            yield Group(kind="vested", of=exercise.id, source=exercise.id, entries=(entry,))


def _form_3921(shares: Shares, exercise: Exercise, lots: list[Lot]) -> Iterator[Entry]:
    grant = shares.grants[exercise.grant]
    year, day = exercise.date.year, exercise.date
    transferred = shares.on_the_day(exercise.id, total_of(lot.shares for lot in lots), day)
    yield Entry(place="Box 1", caption="Date option granted", value=grant.date, unit=DATE)
    yield Entry(place="Box 2", caption="Date option exercised", value=day, unit=DATE)
    # The strike of the day: lots are counted as after the last split.
    strike = lots[0].price_paid * _shares_since(shares, exercise)
    yield Entry(place="Box 3", caption="Exercise price a share", value=strike, unit=DOLLARS_A_SHARE)
    yield Entry(
        place="Box 4",
        caption="Value of a share on the day of exercise",
        value=exercise.fair_market_value,
        unit=DOLLARS_A_SHARE,
    )
    yield Entry(
        place="Box 5", caption="Number of shares transferred", value=transferred, unit=SHARES
    )
    sold = total_of(
        part.shares
        for sale in shares.sales_of(exercise.id, year)
        for lot, part in shares.pieces[sale.id]
        if lot.granted is not None
    )
    kept = total_of(lot.shares for lot in lots) - sold
    yield Entry(
        place="Kept",
        caption=f"Shares of it still held on 31 December {year}, as counted on that day",
        value=shares.on_the_day(exercise.id, kept, day.replace(month=12, day=31)),
        unit=SHARES,
    )
    waits = any(lot.counted != day for lot in lots)
    yield _adjustment(shares.line_2i(exercise, year), year, OVER_BOX_4 if waits else "")


def _shares_since(shares: Shares, exercise: Exercise) -> Dollars:
    return 1.0 / shares.on_the_day(exercise.id, 1.0, exercise.date)


def _adjustment(amount: Dollars, year: int, by_hand: str) -> Entry:
    """Its part of line 2i, which a program knows unless vesting counts, and not the exercise."""
    return Entry(
        place="Form 6251, 2i",
        caption=by_hand or "Its part of the adjustment for incentive stock options",
        value=amount,
        how=TYPE if by_hand else CHECK,
        origin=Origin("form_6251", "2i", year),
    )


def _sales(shares: Shares, year: int) -> Iterator[Group]:
    for sale in shares.scenario.sales:
        if date_of(sale).year == year:
            for row in shares.rows_of(sale):
                if row.shares > FEWEST_SHARES:
                    yield Group(
                        kind=row.part.disposition,
                        of=sale.id,
                        source=sale.source,
                        entries=tuple(_form_8949(row)),
                    )


def _form_8949(row: Row) -> Iterator[Entry]:
    terms = LONG_TERM if row.part.long_term else SHORT_TERM
    yield Entry(place="Part", caption="Part of the form", value=terms, unit=TEXT)
    yield Entry(place="(a)", caption="Shares sold", value=row.shares, unit=SHARES)
    yield Entry(place="(b)", caption="Date acquired", value=row.lot.acquired, unit=DATE)
    yield Entry(place="(c)", caption="Date sold", value=row.sold, unit=DATE)
    yield Entry(place="(d)", caption="Proceeds", value=row.proceeds)
    yield from _columns_e_to_g(row)
    yield Entry(place="(h)", caption="Gain or loss", value=row.gain, how=CHECK)
    yield from _amt_basis(row)
    if row.part.amt_long_term != row.part.long_term:
        amt_terms = LONG_TERM if row.part.amt_long_term else SHORT_TERM
        yield Entry(place="AMT", caption="Part of the form for AMT", value=amt_terms, unit=TEXT)
        yield Entry(
            place="AMT",
            caption="Date acquired for AMT",
            value=row.lot.amt_acquired,
            unit=DATE,
        )
    if row.gain != row.amt_gain:
        yield Entry(place="AMT", caption="Gain or loss for AMT", value=row.amt_gain, how=CHECK)
    if row.part.disposition in (DISQUALIFYING, DISQUALIFYING_SAME_YEAR):
        yield Entry(
            place="W-2",
            caption="Income of this sale in the wages",
            value=whole_dollars(row.part.ordinary_income),
            how=CHECK,
        )


def _amt_basis(row: Row) -> Iterator[Entry]:
    caption = "AMT cost or other basis"
    if row.amt_basis != row.basis:
        yield Entry(place="AMT", caption=caption, value=row.amt_basis)
    elif row.lot.granted is not None:
        yield Entry(place="AMT", caption=caption, value=NO_AMT_BASIS, unit=TEXT)


def _columns_e_to_g(row: Row) -> Iterator[Entry]:
    if not row.codes:
        yield Entry(place="(e)", caption="Cost or other basis", value=row.basis)
        return
    yield Entry(
        place="(e)",
        caption="Basis as on Form 1099-B, where it was reported to the IRS (box A or D)",
        value=row.paid,
    )
    yield Entry(place="(f)", caption="Code", value=row.codes, unit=TEXT)
    yield Entry(place="(g)", caption="Adjustment", value=row.adjustment)
    if row.paid != row.basis:
        yield Entry(
            place="(e)",
            caption="Where it was not (box B or E): the right basis",
            value=row.basis,
        )
        yield Entry(
            place="(g)",
            caption="Then the adjustment",
            value=row.not_allowed,
        )
