"""What a change of the inputs does to tax and to the credit, in one sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import counts, dollars, span
from amtweb.scenarios.gain_words import years_in_words

if TYPE_CHECKING:
    from calculator import ScenarioResult


def what_changed(before: ScenarioResult, after: ScenarioResult) -> str:
    """``$4,200 less federal tax from 2026 to 2035, and the credit is back …``; empty for nothing.

    Nothing either where the years are not the same, because sums of them cannot be compared.
    """
    years = [year.year for year in after.years]
    if [year.year for year in before.years] != years:
        return ""
    parts = [*_tax(before, after, span(years)), *_credit(before, after)]
    if not parts:
        return ""
    return f"This change: {', and '.join(parts)}."


def _tax(before: ScenarioResult, after: ScenarioResult, when: str) -> list[str]:
    more = float(after.totals.federal_tax) - float(before.totals.federal_tax)
    if not counts(more):
        moved = any(
            counts(float(one.federal_tax) - float(other.federal_tax))
            for one, other in zip(before.years, after.years, strict=True)
        )
        return [f"the same federal tax {when}, in other years"] if moved else []
    return [f"{dollars(abs(more))} {_more(more)} federal tax {when}"]


def _more(amount: float) -> str:
    return "more" if amount > 0 else "less"


def _credit(before: ScenarioResult, after: ScenarioResult) -> list[str]:
    was, is_now = (float(each.totals.first_year_without_credit) for each in (before, after))
    last = after.years[-1].year
    left = float(after.totals.credit_left)
    more = left - float(before.totals.credit_left)
    if math.isnan(is_now):
        if not math.isnan(was) and counts(left):
            return [f"not all of the credit is back by {last}: {dollars(left)} is left"]
        return [f"{dollars(abs(more))} {_more(more)} credit left after {last}"] * counts(more)
    if math.isnan(was):
        had = counts(float(before.totals.credit_left))
        return [f"all of the credit is back {'already ' * had}by {int(is_now)}"]
    years = int(is_now - was)
    if not years:
        return []
    sooner = "later" if years > 0 else "sooner"
    return [f"the credit is gone {years_in_words(abs(years))} {sooner}, after {int(is_now)}"]
