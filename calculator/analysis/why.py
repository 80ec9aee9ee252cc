"""Why it changed: the lines that explain a difference in federal tax and in the credit.

Between two scenarios in one year, or between two years.  What a line accounts for is worked out
along the forms (``form_lines``), so that the parts at the ends of the ways add up to the whole.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from calculator.analysis.differing_inputs import (
    differing_facts,
    differing_inputs,
    plain,
    with_input,
)
from calculator.analysis.form_lines import CREDIT, FEDERAL_TAX
from calculator.analysis.form_walk import FilledIn, Passed, hand_down
from calculator.analysis.what_if import dollars, refuse, refuse_batch, year_index, year_of
from calculator.timeline import evaluate

if TYPE_CHECKING:
    from calculator.analysis.differing_inputs import InputDifference
    from calculator.analysis.form_walk import Citation, Readable, Step
    from calculator.results import ScenarioResult, YearResult
    from calculator.scenario import Scenario

MOST_SENTENCES = 5
MOST_TRIED = 100
"""Inputs that are tried by themselves; more are only listed."""
CENT = 0.01
NAMES = {"Federal tax": "federal tax", "Credit left": "the credit left"}
"""What the two amounts are called within a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """One line.  Dollars."""

    form: str
    line: str
    caption: str
    before: float
    after: float
    difference: float
    share: float
    """What of the whole difference passes through this line."""
    ends: float
    """The part of it for which no further line accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """An amount, and the lines that explain its difference, largest share first."""

    before: float
    after: float
    difference: float
    parts: tuple[LineDifference, ...]
    """The lines that it is the sum of."""
    lines: tuple[LineDifference, ...]
    headline: str
    """One sentence on the whole."""
    sentences: tuple[str, ...]
    """One on each of the largest causes: the lines at which most of it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InputEffect:
    """One input that differs, and what it changes when it is changed alone."""

    path: str
    before: Any
    after: Any
    federal_tax: float | None
    """Of the explained year; None where the input cannot be changed alone."""
    credit: float | None
    """Left at the end of the explained year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer."""

    year_before: int
    year_after: int
    federal_tax: Explained
    credit: Explained
    years: tuple[tuple[int, float, float], ...]
    """Each year of both scenarios with the difference in federal tax and in the credit left."""
    inputs: tuple[InputEffect, ...]

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command line prints it."""
        return {
            "year_before": self.year_before,
            "year_after": self.year_after,
            "federal_tax": asdict(self.federal_tax),
            "credit": asdict(self.credit),
            "years": [
                {"year": year, "federal_tax": tax, "credit": credit}
                for year, tax, credit in self.years
            ],
            "inputs": [asdict(each) for each in self.inputs],
        }


def why(
    before: Scenario, after: Scenario, *, year: int | None = None, to_year: int | None = None
) -> Why:
    """What makes the difference between two scenarios, or between two years.

    ``year`` is by default the one whose federal tax differs most, or else whose credit does;
    ``to_year`` is the year of ``after``, by default the same.

    Raises:
        InvalidScenario: The scenarios have no year in common, or not the one that is asked for.
    """
    refuse_batch(before)
    refuse_batch(after)
    results = evaluate(before), evaluate(after)
    years = _years(*results)
    if year is None:
        year = _most_different(years)
    to_year = year if to_year is None else to_year
    year_index(before, year)
    year_index(after, to_year)
    pair = year_of(results[0], year), year_of(results[1], to_year)
    filled_in = FilledIn(pair[0]), FilledIn(pair[1])
    if year == to_year:
        found = differing_inputs(before, after)
    else:
        place = year_index(after, to_year)
        facts = before.years[year_index(before, year)], after.years[place]
        found = differing_facts(*facts, f"years[{place}]")
    return Why(
        year_before=year,
        year_after=to_year,
        federal_tax=explained(FEDERAL_TAX, filled_in, (year, to_year)),
        credit=explained(CREDIT, filled_in, (year, to_year)),
        years=years,
        inputs=_effects(before, found, pair[0]),
    )


def _years(before: ScenarioResult, after: ScenarioResult) -> tuple[tuple[int, float, float], ...]:
    later = {each.year: each for each in after.years}
    return tuple(
        (
            each.year,
            float(other.federal_tax - each.federal_tax),
            float(other.credit_balance - each.credit_balance),
        )
        for each in before.years
        if (other := later.get(each.year)) is not None
    )


def _most_different(years: tuple[tuple[int, float, float], ...]) -> int:
    if not years:
        raise refuse("year", "The two scenarios have no year in common: choose one of each.")
    by_tax = max(years, key=lambda each: abs(each[1]))
    by_credit = max(years, key=lambda each: abs(each[2]))
    return by_tax[0] if abs(by_tax[1]) >= CENT else by_credit[0]


def explained(
    whole: Step, filled_in: tuple[Readable, Readable], years: tuple[int, int]
) -> Explained:
    """The lines that explain the difference of an amount between two filled-in years."""
    passed = hand_down(whole, *filled_in)
    passed.pop(whole.cited, None)
    lines = [_line(cited, each) for cited, each in passed.items()]
    parts = [_part(each, *filled_in) for each in whole.made_of]
    amounts = whole.amount(filled_in[0]), whole.amount(filled_in[1])
    return Explained(
        before=amounts[0],
        after=amounts[1],
        difference=amounts[1] - amounts[0],
        parts=_by_size(parts, "share"),
        lines=_by_size([line for line in lines if abs(line.share) >= CENT], "share"),
        headline=_headline(whole.cited.caption, amounts, years),
        sentences=tuple(
            _sentence(whole.cited.caption, line)
            for line in _by_size(lines, "ends")[:MOST_SENTENCES]
            if abs(line.ends) >= CENT
        ),
    )


def _part(step: Step, before: Readable, after: Readable) -> LineDifference:
    amounts = step.amount(before), step.amount(after)
    share = step.sign * (amounts[1] - amounts[0])
    return _line(step.cited, Passed(*amounts, share))


def _line(cited: Citation, passed: Passed) -> LineDifference:
    return LineDifference(
        form=cited.form,
        line=cited.line,
        caption=cited.caption,
        before=passed.before,
        after=passed.after,
        difference=passed.after - passed.before,
        share=passed.share,
        ends=passed.ends,
    )


def _by_size(lines: list[LineDifference], by: str) -> tuple[LineDifference, ...]:
    return tuple(sorted(lines, key=lambda line: -abs(float(getattr(line, by)))))


def _headline(name: str, amounts: tuple[float, float], years: tuple[int, int]) -> str:
    before, after = map(dollars, amounts)
    difference = amounts[1] - amounts[0]
    compared = f"{dollars(abs(difference))} {'more' if difference > 0 else 'less'}"
    if years[0] != years[1]:
        said = f"{name} is {after} in {years[1]} and {before} in {years[0]}"
    elif abs(difference) < CENT:
        said = f"{name} of {years[0]} is {after} in both"
    else:
        said = f"{name} of {years[0]} is {after} instead of {before}"
    return f"{said}: {compared}." if abs(difference) >= CENT else f"{said}."


def _sentence(name: str, line: LineDifference) -> str:
    several = " and " in line.line or "," in line.line
    place = f"{line.form}, {'lines' if several else 'line'} {line.line}"
    does = f"adds {dollars(line.ends)} to" if line.ends > 0 else f"takes {dollars(-line.ends)} off"
    amounts = f"{dollars(line.after)} instead of {dollars(line.before)}"
    return f"{line.caption} ({place}): {amounts}. That {does} {NAMES[name]}."


def _effects(
    before: Scenario, found: list[InputDifference], year: YearResult
) -> tuple[InputEffect, ...]:
    effects = [
        _effect(before, each, year if place < MOST_TRIED else None)
        for place, each in enumerate(found)
    ]
    return tuple(
        sorted(effects, key=lambda each: -max(abs(each.federal_tax or 0), abs(each.credit or 0)))
    )


def _effect(before: Scenario, difference: InputDifference, year: YearResult | None) -> InputEffect:
    """What the input changes alone; unknown if no ``year`` is given to compare with."""
    tax = credit = None
    changed = None if year is None else with_input(before, difference)
    if year is not None and changed is not None:
        alone = year_of(evaluate(changed), year.year)
        tax = float(alone.federal_tax - year.federal_tax)
        credit = float(alone.credit_balance - year.credit_balance)
    return InputEffect(
        path=difference.path,
        before=plain(difference.before),
        after=plain(difference.after),
        federal_tax=tax,
        credit=credit,
    )
