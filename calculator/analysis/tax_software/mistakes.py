"""What is often entered wrongly: the same year computed with the mistake, beside the right one.

Only this one year has the mistake; what it does to the credit and the losses that are carried on
from it is said beside its tax.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from calculator.amounts import Dollars, smaller_of, total_of
from calculator.analysis.tax_software.sheet import (
    CARRYOVERS,
    CREDIT,
    EXERCISES,
    FORM_6251,
    ITEMS,
    SALES,
    WAGES,
    Mistake,
)
from calculator.equity.compensation import kept_out_of_line_2i
from calculator.equity.dispositions import sale_date
from calculator.scenario import CapitalLoss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calculator.analysis.tax_software.share_entries import Row, Shares
    from calculator.analysis.tax_software.sheet import Section
    from calculator.results import YearResult
    from calculator.timeline import YearInputs

A_DOLLAR = 0.5
"""Less is none in whole dollars."""
NO_LOSS = CapitalLoss()


def with_mistakes(
    section: Section, inputs: YearInputs, year: YearResult, shares: Shares
) -> Section:
    """The section with the mistakes that would change something in this year."""
    return replace(section, mistakes=tuple(_OF[section.kind](_Year(inputs, year, shares))))


class _Year:
    """A year as it is, and with something entered wrongly."""

    def __init__(self, inputs: YearInputs, year: YearResult, shares: Shares) -> None:
        self.inputs = inputs
        self.result = year
        self.equity = inputs.equity
        self.shares = shares
        self.number = year.year

    def rows(self) -> Iterator[Row]:
        """All rows of Form 8949 of the year's own lots."""
        for sale in self.shares.scenario.sales:
            if sale_date(sale).year == self.number:
                yield from self.shares.rows_of(sale)

    def line(self, form: str, number: str) -> Dollars:
        """A printed line of the year as it is."""
        return self.result.forms.printed_lines()[form].get(number, 0.0)

    def mistake(
        self,
        kind: str,
        *,
        wrong: Dollars | None = None,
        right: Dollars | None = None,
        **changed: Any,
    ) -> Iterator[Mistake]:
        """The mistake, if it changes anything."""
        other, _ = self.inputs._replace(**changed).compute()
        tax = other.federal_tax - self.result.federal_tax
        credit = other.credit_balance - self.result.credit_balance
        loss = _whole(other.amt_capital_loss_carryforward) - _whole(
            self.result.amt_capital_loss_carryforward
        )
        if any(abs(float(amount)) > A_DOLLAR for amount in (tax, credit, loss)):
            yield Mistake(
                kind=kind, tax=tax, credit=credit, amt_loss=loss, wrong=wrong, right=right
            )

    def with_line_2k(self, kind: str, wrong: Dollars) -> Iterator[Mistake]:
        """Another amount on line 2k, the AMT Schedule D as it is."""
        right = self.line("form_6251", "2k")
        left_out = self.equity.income_left_out_of_amt + right - wrong
        equity = self.equity._replace(income_left_out_of_amt=left_out)
        return self.mistake(kind, wrong=wrong, right=right, equity=equity)


def _whole(loss: CapitalLoss) -> Dollars:
    return loss.short_term + loss.long_term


def _in_wages(year: _Year) -> Iterator[Mistake]:
    """The income of a sale is in the wages, and its basis without it: taxed twice."""
    rows = [row for row in year.rows() if row.paid < row.basis]
    if not rows:
        return
    more = {
        "short_term_gain": [r.basis - r.paid for r in rows if not r.part.long_term],
        "long_term_gain": [r.basis - r.paid for r in rows if r.part.long_term],
        "amt_short_term_gain": [_in_both(r) for r in rows if not r.part.amt_long_term],
        "amt_long_term_gain": [_in_both(r) for r in rows if r.part.amt_long_term],
    }
    equity = year.equity._replace(
        **{name: getattr(year.equity, name) + total_of(amounts) for name, amounts in more.items()}
    )
    yield from year.mistake(
        "wages_taxed_twice",
        wrong=total_of(row.paid for row in rows),
        right=total_of(row.basis for row in rows),
        equity=equity,
    )


def _in_both(row: Row) -> Dollars:
    """What the AMT gain has too: where there is no AMT basis to enter, one basis is for both."""
    return row.basis - row.paid if row.amt_basis == row.basis else 0.0


def _in_exercises(year: _Year) -> Iterator[Mistake]:
    right = year.line("form_6251", "2i")
    if right:
        yield from _with_line_2i(year, "exercise_left_out", 0.0)
    sold = -total_of(kept_out_of_line_2i(row.part) for row in year.rows())
    if sold:
        yield from _with_line_2i(year, "sold_shares_counted", right + sold)
    again = total_of(_counted_again(year))
    if again:
        yield from _with_line_2i(year, "exercise_entered_again", right + again)
    at_exercise = total_of(_value_of_another_day(year))
    if at_exercise:
        yield from _with_line_2i(year, "value_of_another_day", right + at_exercise)


def _with_line_2i(year: _Year, kind: str, wrong: Dollars) -> Iterator[Mistake]:
    equity = year.equity._replace(bargain_element=wrong)
    right = year.line("form_6251", "2i")
    return year.mistake(kind, wrong=wrong, right=right, equity=equity)


def _counted_again(year: _Year) -> Iterator[Dollars]:
    """A whole exercise for each further sale of it in its own year."""
    for exercise in year.shares.scenario.exercises:
        if exercise.date.year == year.number:
            spread = total_of(
                lot.amt_spread * lot.shares
                for lot in year.shares.lots_of(exercise, iso=True)
                if lot.counted is not None and lot.counted.year == year.number
            )
            further = len(year.shares.sales_of(exercise.id, year.number)) - 1
            if further > 0:
                yield spread * further


def _value_of_another_day(year: _Year) -> Iterator[Dollars]:
    """What box 4 of Form 3921 gives for shares that have yet to vest: the value at exercise."""
    for exercise in year.shares.scenario.exercises:
        lots = year.shares.lots_of(exercise, iso=True)
        if exercise.date.year == year.number and any(lot.counted != exercise.date for lot in lots):
            grant = year.shares.grants[exercise.grant]
            spread = max(exercise.fair_market_value - grant.strike, 0.0)
            waiting = [lot for lot in lots if lot.counted != exercise.date]
            yield total_of(
                spread * year.shares.on_the_day(exercise.id, lot.shares, exercise.date)
                for lot in waiting
            ) - total_of(
                lot.amt_spread * lot.shares
                for lot in waiting
                if lot.counted is not None and lot.counted.year == year.number
            )


def _in_sales(year: _Year) -> Iterator[Mistake]:
    yield from _in_wages(year)
    rows = [row for row in year.rows() if row.basis != row.amt_basis]
    if not rows:
        return
    equity = year.equity
    yield from year.mistake(
        "no_amt_basis",
        wrong=0.0,
        right=year.line("form_6251", "2k"),
        equity=equity._replace(
            income_left_out_of_amt=0.0,
            amt_short_term_gain=equity.short_term_gain,
            amt_long_term_gain=equity.long_term_gain,
        ),
        carried=year.inputs.carried._replace(amt_capital_loss=year.inputs.carried.capital_loss),
    )
    moved = [(row.part.long_term, row.amt_gain - row.gain) for row in rows]
    yield from year.mistake(
        "amt_basis_as_basis",
        wrong=total_of(row.amt_basis for row in rows),
        right=total_of(row.basis for row in rows),
        equity=equity._replace(
            short_term_gain=equity.short_term_gain
            + total_of(m for is_long, m in moved if not is_long),
            long_term_gain=equity.long_term_gain + total_of(m for is_long, m in moved if is_long),
        ),
    )


def _in_carryovers(year: _Year) -> Iterator[Mistake]:
    carried = year.inputs.carried
    own = carried.amt_capital_loss

    def entered(kind: str, loss: CapitalLoss) -> Iterator[Mistake]:
        return year.mistake(
            kind,
            wrong=_whole(loss),
            right=_whole(own),
            carried=carried._replace(amt_capital_loss=loss),
        )

    if not _whole(own):
        return
    yield from entered("no_amt_carryover", NO_LOSS)
    if _whole(carried.capital_loss) and not _same(own, carried.capital_loss):
        yield from entered("amt_carryover_as_regular", carried.capital_loss)
    limit = year.inputs.law.gains.amt_loss_limit
    if _whole(own) > limit:
        long_term = smaller_of(own.long_term, limit)
        only = CapitalLoss(
            short_term=smaller_of(own.short_term, limit - long_term), long_term=long_term
        )
        yield from entered("amt_carryover_at_the_limit", only)


def _same(one: CapitalLoss, other: CapitalLoss) -> bool:
    return bool(one.short_term == other.short_term and one.long_term == other.long_term)


def _in_items(year: _Year) -> Iterator[Mistake]:
    facts = year.inputs.facts
    interest, refund = facts.private_activity_bond_interest, facts.state_tax_refund
    if interest:
        without = replace(facts, private_activity_bond_interest=0.0)
        yield from year.mistake("bond_interest_left_out", wrong=0.0, right=interest, facts=without)
    if refund:
        other = replace(facts, other_amt_exclusion_items=facts.other_amt_exclusion_items + refund)
        yield from year.mistake("refund_left_in", wrong=0.0, right=-refund, facts=other)
    if year.line("form_6251", "8"):
        without = replace(facts, amt_foreign_tax_credit=0.0)
        right = year.line("form_6251", "8")
        yield from year.mistake("no_amt_foreign_credit", wrong=0.0, right=right, facts=without)


def _in_form_6251(year: _Year) -> Iterator[Mistake]:
    line_2k = year.line("form_6251", "2k")
    if not line_2k:
        return
    limit = year.inputs.law.gains.amt_loss_limit
    if line_2k < -limit:
        yield from year.with_line_2k("limit_as_cap", -limit)
    unlimited = (
        year.line("amt_schedule_d", "16")
        - year.line("schedule_d", "16")
        - year.equity.income_left_out_of_amt
    )
    if abs(float(unlimited - line_2k)) > A_DOLLAR:
        yield from year.with_line_2k("limit_left_out", unlimited)
    if any(row.basis != row.amt_basis for row in year.rows()):
        yield from year.with_line_2k("adjustment_twice", 2.0 * line_2k)


def _in_credit(year: _Year) -> Iterator[Mistake]:
    carried, available = year.inputs.carried, year.result.credit_available
    if available:
        none = carried._replace(minimum_tax_credit=0.0, prior_year=None)
        yield from year.mistake("no_form_8801", wrong=0.0, right=available, carried=none)
    forward = carried.minimum_tax_credit
    if forward and year.line("form_8801", "18"):
        none = carried._replace(minimum_tax_credit=0.0)
        yield from year.mistake("no_carryforward", wrong=0.0, right=forward, carried=none)
    taken_off = year.line("form_8801", "15")
    if taken_off:
        more = carried._replace(minimum_tax_credit=forward + taken_off)
        yield from year.mistake("no_exclusion_items", wrong=0.0, right=taken_off, carried=more)


def _none(year: _Year) -> Iterator[Mistake]:
    del year
    return iter(())


_OF: dict[str, Callable[[_Year], Iterator[Mistake]]] = {
    WAGES: _none,
    EXERCISES: _in_exercises,
    SALES: _in_sales,
    CARRYOVERS: _in_carryovers,
    ITEMS: _in_items,
    FORM_6251: _in_form_6251,
    CREDIT: _in_credit,
}
