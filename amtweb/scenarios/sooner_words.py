"""What would bring the credit back sooner, or could be done before AMT begins, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.gain_words import Added, higher, through_words, years_in_words
from amtweb.scenarios.line_links import Linked, Sentence
from amtweb.scenarios.ways_words import ways_words
from calculator import evaluate
from calculator.analysis.attention import attention
from calculator.analysis.credit_sooner import effect_of, ways_sooner
from calculator.analysis.pairing import absorbing_gain_of, whole_dollars
from calculator.analysis.what_if import with_extra_gain

if TYPE_CHECKING:
    from datetime import date

    from calculator import Scenario, ScenarioResult
    from calculator.analysis.credit_sooner import Effect

LEAST_WORTH_SAYING = 1_000.0
"""Dollars, of credit or of spread: what is below a year's rounding of wages is no plan to make.  A
plan that exercises whole options up to the AMT line always leaves a few dollars of room."""


def what_would_bring_it_sooner(scenario: Scenario, result: ScenarioResult) -> list[Sentence]:
    """The gain that the largest AMT capital loss would absorb, or what else would help."""
    year, gain = most_absorbed(result)
    if gain < LEAST_WORTH_SAYING:
        return _without_an_amt_loss(scenario, result)
    effect = effect_of(result, evaluate(with_extra_gain(scenario, year, gain)), year)
    added = Added.of(effect)
    if added.credit_used < LEAST_WORTH_SAYING:
        return []
    last = result.years[-1].year
    words = (
        f"Realizing {dollars(gain)} of other long-term gains in {year} would bring back"
        f" {dollars(added.credit_used)} more of the credit that year{_sooner(effect, last)};"
        f" {through_words(result.years[0].year, last)} would be {higher(added.tax)}."
    )
    return [_asking(words, year, "Is it worth it?")]


def most_absorbed(result: ScenarioResult) -> tuple[int, float]:
    """The year whose AMT capital loss would absorb the largest gain, and that in whole dollars."""
    gains = {year.year: absorbing_gain_of(year) for year in result.years}
    year = max(gains, key=lambda each: gains[each])
    return year, whole_dollars(gains[year])


def _asking(words: str, year: int, asks: str) -> Sentence:
    sentence = Sentence.of(words)
    sentence.question = f"pairing?year={year}"
    sentence.asks = asks
    return sentence


def _sooner(effect: Effect, last: int) -> str:
    lost = Added.of(effect).eroded_in_all
    if lost > 0:
        gone = effect.after.back_in
        rest = f", and none is left after {gone}" if gone else ""
        return f", but lose {dollars(lost)} of it without lowering any tax{rest}"
    before, after = effect.before.back_in, effect.after.back_in
    if after is None:
        less = Added.of(effect).less_left
        return f", and leave {dollars(less)} less of it after {last}" if less > 0 else ""
    if before is None:
        return f", and all of it by {after}"
    years = before - after
    return f", and all of it {years_in_words(years)} sooner, by {after}" if years > 0 else ""


def year_to_act_in(result: ScenarioResult) -> int | None:
    """The first year that is not over and does not use up the credit there is; None without one."""
    today = timezone.localdate().year
    return next(
        (
            year.year
            for year in result.years
            if year.year >= today
            and float(year.credit_available) >= LEAST_WORTH_SAYING
            and counts(float(year.credit_balance))
        ),
        None,
    )


def _without_an_amt_loss(scenario: Scenario, result: ScenarioResult) -> list[Sentence]:
    """For a credit that nothing in the scenario moves but the tax of each year."""
    year = year_to_act_in(result)
    if year is None or scenario.exercises or scenario.sales:
        return []
    ways = ways_sooner(scenario, year)
    first, *others = ways_words(ways, scenario)
    said = [_asking(first, year, "Compare the ways"), *(Sentence.of(each) for each in others)]
    if not scenario.holdings:
        add = Linked("Add shares you hold")
        add.leads_on = True
        add.href, add.words = "#holdings-title", "Add shares you hold: to the holdings"
        said[-1] = Sentence.of(*said[-1].pieces, " ", add)
    return said


def what_could_be_exercised(scenario: Scenario) -> list[Sentence]:
    """The room before AMT in the year that is nearest to today, where there are ISOs left."""
    if not any(grant.kind == "iso" for grant in scenario.grants):
        return []
    today: date = timezone.localdate()
    found = attention(scenario, today)
    room = found.room_before_amt or 0.0
    if room < LEAST_WORTH_SAYING or found.options_left < 1:
        return []
    sentence = Sentence.of(
        f"In {found.year}, options with a spread of {dollars(room)} more could be"
        " exercised before AMT begins."
    )
    sentence.question = "crossover"
    sentence.asks = "How many that is"
    return [sentence]
