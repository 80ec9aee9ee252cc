"""What would bring the credit back sooner, or could be done before AMT begins, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from django.utils import timezone

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.line_links import Sentence
from calculator import evaluate
from calculator.analysis.attention import attention
from calculator.analysis.pairing import absorbing_gain_of
from calculator.analysis.what_if import with_extra_gain

if TYPE_CHECKING:
    from datetime import date

    from calculator import Scenario, ScenarioResult

LEAST_WORTH_SAYING = 1_000.0
"""Dollars, of credit or of spread: what is below a year's rounding of wages is no plan to make.  A
plan that exercises whole options up to the AMT line always leaves a few dollars of room."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def what_would_bring_it_sooner(scenario: Scenario, result: ScenarioResult) -> Sentence | None:
    """The gain that the largest AMT capital loss would absorb, and what it would do."""
    gains = {year.year: absorbing_gain_of(year) for year in result.years}
    year = max(gains, key=lambda each: gains[each])
    gain = gains[year]
    if gain < LEAST_WORTH_SAYING:
        return None
    other = evaluate(with_extra_gain(scenario, year, gain))
    more = _used_in(other, year) - _used_in(result, year)
    if more < LEAST_WORTH_SAYING:
        return None
    words = (
        f"Realizing {dollars(gain)} of other long-term gains in {year} would bring back"
        f" {dollars(more)} more of the credit that year{_sooner(result, other)}."
    )
    sentence = Sentence.of(words)
    sentence.question = f"pairing?year={year}"
    sentence.asks = "See what it costs"
    return sentence


def _used_in(result: ScenarioResult, year: int) -> float:
    return next(float(each.credit_used) for each in result.years if each.year == year)


def _sooner(result: ScenarioResult, other: ScenarioResult) -> str:
    before = float(result.totals.first_year_without_credit)
    after = float(other.totals.first_year_without_credit)
    if math.isnan(after):
        less = float(result.totals.credit_left) - float(other.totals.credit_left)
        last = result.years[-1].year
        return f", and leave {dollars(less)} less of it after {last}" if counts(less) else ""
    if math.isnan(before):
        return f", and all of it by {int(after)}"
    years = int(before - after)
    return f", and all of it {years_in_words(years)} sooner, by {int(after)}" if years > 0 else ""


def years_in_words(years: int) -> str:
    """``one year``, ``two years``, ``12 years``."""
    number = NUMBERS[years] if years < len(NUMBERS) else str(years)
    return f"{number} year{'' if years == 1 else 's'}"


def what_could_be_exercised(scenario: Scenario) -> Sentence | None:
    """The room before AMT in the year that is nearest to today, where there are ISOs left."""
    if not any(grant.kind == "iso" for grant in scenario.grants):
        return None
    today: date = timezone.localdate()
    found = attention(scenario, today)
    room = found.room_before_amt or 0.0
    if room < LEAST_WORTH_SAYING or found.options_left < 1:
        return None
    sentence = Sentence.of(
        f"In {found.year}, options with a spread of {dollars(room)} more could be"
        " exercised before AMT begins."
    )
    sentence.question = "crossover"
    sentence.asks = "How many that is"
    return sentence
