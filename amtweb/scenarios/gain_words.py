"""What a gain does to the credit and to tax, in words that add up to the dollar.

One rule for all of them: an amount is rounded to whole dollars before it is subtracted, so that
the difference is that of the figures on the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars, listed, whole

if TYPE_CHECKING:
    from calculator.analysis.credit_sooner import Effect, Standing

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

BRINGS_BACK = "bring all of the credit back", "brings all of the credit back"
USES_UP = "use up the credit", "uses up the credit"


def more_than(before: float, more: float) -> int:
    """How much more an amount is, in whole dollars: that of the two amounts as they are shown."""
    # To the cent first: half a dollar is not left to the last bit of a sum.
    return whole(round(before + more, 2)) - whole(round(before, 2))


class Added(NamedTuple):
    """What comes with a gain, in whole dollars."""

    credit_used: int
    """In the year of the gain, as the next five."""
    credit_eroded: int
    regular_tax: int
    amt: int
    net_investment_income_tax: int
    tax_this_year: int
    tax: int
    """Federal tax of all years."""
    eroded_in_all: int
    less_left: int
    """Of the credit, at the end of the scenario."""

    @classmethod
    def of(cls, effect: Effect) -> Added:
        def more(name: str) -> int:
            before: float = getattr(effect.before, name)
            return more_than(before, getattr(effect.after, name) - before)

        return cls(
            credit_used=more("credit_used"),
            credit_eroded=more("credit_eroded"),
            regular_tax=more("regular_tax"),
            amt=more("amt"),
            net_investment_income_tax=more("net_investment_income_tax"),
            tax_this_year=more("tax_this_year"),
            tax=more("federal_tax"),
            eroded_in_all=more("eroded_in_all"),
            less_left=-more("credit_left"),
        )

    @property
    def other(self) -> int:
        """Tax of the year that is none of those named."""
        named = self.regular_tax + self.amt + self.net_investment_income_tax
        return self.tax_this_year - (named - self.credit_used)


def years_in_words(years: int) -> str:
    """``one year``, ``two years``, ``12 years``."""
    number = NUMBERS[years] if years < len(NUMBERS) else str(years)
    return f"{number} year{'' if years == 1 else 's'}"


def through_words(first: int, last: int) -> str:
    """The years whose tax is meant: ``federal tax through 2034``."""
    return f"federal tax of {last}" if first == last else f"federal tax through {last}"


def higher(amount: int) -> str:
    """``$29,516 higher``, ``$120 lower`` or ``the same``."""
    if not amount:
        return "the same"
    return f"{dollars(abs(amount))} {'higher' if amount > 0 else 'lower'}"


def back_words(effect: Effect, last: int) -> str:
    """When all of the credit is back, as what a gain does: ``brings all of the credit back …``."""
    lost = Added.of(effect).eroded_in_all
    if lost > 0:
        return f"{_back(effect, last)}, but loses {dollars(lost)} of it without lowering any tax"
    if lost < 0:
        return f"{_back(effect, last)}, and keeps {dollars(-lost)} of it from being lost"
    return _back(effect, last)


def _back(effect: Effect, last: int) -> str:
    before, after = effect.before.back_in, effect.after.back_in
    # What erodes is gone too, but it did not come back.
    erodes = counts(max(effect.before.eroded_in_all, effect.after.eroded_in_all))
    do, does = USES_UP if erodes else BRINGS_BACK
    if before is None or after is None:
        return _left_words(effect, does, last)
    if before == after:
        return f"does not {do} sooner: that is in {before} either way"
    if after > before:
        return f"{does} later, in {after} instead of {before}"
    return f"{does} {years_in_words(before - after)} sooner, in {after} instead of {before}"


def _left_words(effect: Effect, does: str, last: int) -> str:
    left = whole(effect.before.credit_left), whole(effect.after.credit_left)
    if left[0] == left[1]:
        return f"leaves as much of the credit after {last} as without it, {dollars(left[0])}"
    if effect.after.back_in is not None:
        return (
            f"{does} by {effect.after.back_in}, where {dollars(left[0])} would be left after {last}"
        )
    return f"leaves {dollars(left[1])} of the credit after {last} instead of {dollars(left[0])}"


def year_words(effect: Effect) -> str:
    """What the year of the gain pays, and what the years after it."""
    added = Added.of(effect)
    taxes = [
        f"{dollars(amount)} of {name}"
        for amount, name in (
            (added.regular_tax, "regular tax"),
            (added.amt, "AMT"),
            (added.net_investment_income_tax, "net investment income tax"),
            (added.other, "other tax"),
        )
        if amount > 0
    ]
    used = added.credit_used
    frees = f"{dollars(abs(used))} {'more' if used > 0 else 'less'} of the credit comes back then"
    if not used:
        frees = "no more of the credit comes back then"
    said = f"It adds {listed(taxes) or 'no tax'} in {effect.year}, and {frees}"
    said += f": tax of {effect.year} is {higher(added.tax_this_year)}"
    return f"{said}{_later_words(added)}."


def _later_words(added: Added) -> str:
    later = added.tax - added.tax_this_year
    if not later:
        return ", that of later years the same"
    because = ""
    if later > 0 and later == added.credit_used:
        because = ", because that much of the credit is used already"
    return f", that of later years {higher(later)}{because}"


def worth_words(effect: Effect, last: int) -> str:
    """Whether the gain is worth taking only for the credit."""
    added = Added.of(effect)
    if added.tax <= 0:
        return "It is worth taking for the credit alone: no more tax is paid in all."
    if effect.before.back_in is not None and not counts(effect.before.eroded_in_all):
        return (
            "It is not worth taking for the credit alone: without it, all of the credit comes back"
            f" by {effect.before.back_in}, and no tax is paid on the gain."
        )
    if added.less_left > 0:
        return (
            f"Taken for the credit alone, it costs {dollars(added.tax)} to have"
            f" {dollars(added.less_left)} less of the credit left after {last}."
        )
    return "It is not worth taking for the credit alone: it costs more tax than it saves."


def anyway_words(effect: Effect, later: Standing, last: int) -> str:
    """A gain that is taken in any case: in its year, rather than in the last one."""
    less = whole(later.federal_tax) - whole(effect.after.federal_tax)
    costs = "the same tax in all"
    if less:
        costs = f"{dollars(abs(less))} {'less' if less > 0 else 'more'} tax in all"
    sooner = ", and the credit sooner" if effect.is_sooner else ""
    return (
        f"A gain that you would take anyway: in {effect.year} rather than in {last}, it means"
        f" {costs}{sooner}."
    )
