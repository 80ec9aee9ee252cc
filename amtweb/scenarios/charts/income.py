"""AMT income of every year against the amounts at which the law changes what it costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import (
    Figure,
    Row,
    Trace,
    bars,
    empty_spec,
    layout,
    markers,
    note,
    spec_of,
)
from amtweb.scenarios.charts.money_words import counts, dollars, in_years
from amtweb.scenarios.charts.note_places import Place, Room
from amtweb.scenarios.charts.palette import ERODED, MINIMUM, MINIMUM_TINT, QUIET, REGULAR, BarLook
from calculator.law import law_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculator import Scenario
    from calculator.law.parameters import AmtLaw, GainsLaw
    from calculator.results import ScenarioResult, YearResult

TITLE = "AMT income against its thresholds"
COLUMNS = (
    "AMT income",
    "of it gains",
    "28% begins at",
    "Exemption shrinks from",
    "Exemption gone at",
    "Taxable income",
    "20% on gains from",
)
AT_AMT_RATES, AT_RATES_OF_GAINS = BarLook(MINIMUM), BarLook(MINIMUM_TINT, outline=MINIMUM)
NEAR = 1.15
"""A threshold is drawn if this times an amount reaches it."""


class YearOfIncome(NamedTuple):
    """Amounts of a year, and the thresholds that they are compared with; infinite for none."""

    year: int
    amti: float
    gains: float
    """The part of it that has the rates of gains."""
    taxable: float
    high_rate: float
    """Income other than gains from which AMT takes its higher rate, the exemption included."""
    shrinks: float
    gone: float
    high_gains: float
    """Taxable income from which gains take their highest rate."""
    alone: float | None
    """What Form 8801 counts on exclusion items alone, in a year that erodes the credit."""

    @property
    def other(self) -> float:
        """AMT income that has the rates of AMT."""
        return max(self.amti, 0.0) - self.gains


class Threshold(NamedTuple):
    """A line of the chart."""

    label: str
    levels: tuple[float, ...]
    amounts: tuple[float, ...]
    """What it is compared with."""
    years: tuple[int, ...]
    words: str
    """What changes there, before the years in which it does."""
    hue: str

    @property
    def crossed(self) -> list[int]:
        """Years that are above it."""
        compared = zip(self.years, self.amounts, self.levels, strict=True)
        return [year for year, amount, level in compared if amount > level + 0.5]

    @property
    def sentence(self) -> str:
        """What changes there, and when."""
        crossed = self.crossed
        level = self.levels[self.years.index(crossed[0])]
        amount = dollars(level) if len(crossed) == 1 else "the line"
        return f"{self.words.format(level=amount)} {in_years(crossed)}"

    @property
    def is_near(self) -> bool:
        """Whether some year comes near to it or above it."""
        return any(a * NEAR >= level for a, level in zip(self.amounts, self.levels, strict=True))


def income_figure(result: ScenarioResult, scenario: Scenario) -> Figure:
    """Without a picture in the flat model, which has no thresholds, and without any income."""
    laws = [
        law_for(facts.year, facts.household.filing_status, scenario.law) for facts in scenario.years
    ]
    if not all(math.isfinite(law.amt.rate_break) and law.amt.exemption for law in laws):
        return _only_a_table(result, "This law has no thresholds for AMT income.")
    years = [
        YearOfIncome(
            year.year,
            float(year.amti),
            _gains(year),
            float(year.taxable_income),
            law.amt.rate_break + float(year.amt_exemption),
            law.amt.phaseout_start,
            law.amt.phaseout_start + law.amt.exemption / law.amt.phaseout_rate,
            law.gains.middle_rate_ceiling,
            _alone(year, after),
        )
        for year, after, law in zip(result.years, (*result.years[1:], None), laws, strict=True)
    ]
    if not any(counts(max(each.amti, each.taxable, 0.0)) for each in years):
        return _only_a_table(result, "No year has income that is taxed.")
    lines = thresholds(years, laws[0].amt, laws[0].gains)
    return Figure(
        id="income",
        title=TITLE,
        sentence=_sentence(years, lines),
        spec=_spec(years, lines),
        columns=COLUMNS,
        rows=tuple(Row(each.year, _cells(each), _readout(each)) for each in years),
        is_file=False,
    )


def _gains(year: YearResult) -> float:
    part_iii = year.forms.form_6251.part_iii
    if part_iii is None or not part_iii.needed:
        return 0.0
    return min(float(part_iii.form.preferential), max(float(year.amti), 0.0))


def _only_a_table(result: ScenarioResult, words: str) -> Figure:
    rows = ((each.year, dollars(float(each.amti))) for each in result.years)
    return Figure(
        id="income",
        title=TITLE,
        sentence=words,
        spec=empty_spec(words),
        columns=COLUMNS[:1],
        rows=tuple(Row(year, (amount,), f"{year}: AMT income {amount}") for year, amount in rows),
        is_file=False,
    )


def _alone(year: YearResult, after: YearResult | None) -> float | None:
    """Form 8801 line 4 of the year after, where it takes something off the credit."""
    items = after and after.forms.prior_year_exclusion_items
    return (
        float(items.part_i.exclusion_income)
        if items and counts(float(year.credit_eroded))
        else None
    )


def thresholds(years: Sequence[YearOfIncome], law: AmtLaw, gains: GainsLaw) -> list[Threshold]:
    """The lines in their order from below; each is compared with an amount of its own."""
    low, high, highest = (f"{rate:.0%}" for rate in (law.low_rate, law.high_rate, gains.high_rate))
    numbers = tuple(each.year for each in years)
    income = tuple(max(each.amti, each.alone or 0.0) for each in years)
    return [
        Threshold(
            f"{high} begins",
            tuple(each.high_rate for each in years),
            tuple(each.other for each in years),
            numbers,
            f"AMT takes {high} instead of {low} of what is above {{level}}",
            QUIET,
        ),
        Threshold(
            "exemption shrinks",
            tuple(each.shrinks for each in years),
            income,
            numbers,
            "the exemption shrinks above {level}",
            MINIMUM,
        ),
        Threshold(
            "exemption gone",
            tuple(each.gone for each in years),
            income,
            numbers,
            "nothing is left of it above {level}",
            MINIMUM,
        ),
        Threshold(
            f"{highest} on gains",
            tuple(each.high_gains for each in years),
            tuple(each.taxable for each in years),
            numbers,
            f"gains above {{level}} are taxed at {highest}",
            REGULAR,
        ),
    ]


def _highest(years: Sequence[YearOfIncome]) -> float:
    return max(max(each.amti, each.taxable, each.alone or 0.0) for each in years)


def _sentence(years: Sequence[YearOfIncome], lines: list[Threshold]) -> str:
    said = [line.sentence for line in lines if line.crossed]
    if not said:
        nearest = min(years, key=lambda each: each.shrinks - each.amti)
        room = nearest.shrinks - nearest.amti
        return (
            f"AMT income stays below every threshold; in {nearest.year} it is {dollars(room)} below"
            f" {dollars(nearest.shrinks)}, where the exemption begins to shrink."
        )
    text = "; ".join(said)
    alone = [
        f" In {each.year} that is by exclusion items alone, {dollars(each.alone)}: it makes the"
        " credit shrink."
        for each in years
        if each.alone is not None
    ]
    return f"{text[0].upper()}{text[1:]}.{''.join(alone)}"


def _cells(each: YearOfIncome) -> tuple[str, ...]:
    amounts = (each.amti, each.gains, each.high_rate, each.shrinks, each.gone)
    return tuple(map(dollars, (*amounts, each.taxable, each.high_gains)))


def _readout(each: YearOfIncome) -> str:
    gains = f", of it gains {dollars(each.gains)}" if counts(each.gains) else ""
    exempt = (
        f"the exemption is gone at {dollars(each.gone)}"
        if each.amti > each.gone
        else f"the exemption shrinks from {dollars(each.shrinks)} on"
    )
    alone = "" if each.alone is None else f", on exclusion items alone {dollars(each.alone)}"
    return f"{each.year}: AMT income {dollars(each.amti)}{gains}{alone}; {exempt}"


def _spec(years: Sequence[YearOfIncome], lines: list[Threshold]) -> dict[str, Any]:
    numbers = [each.year for each in years]
    highest = _highest(years)
    drawn = [line for line in lines if line.is_near]
    top = max([highest, *(max(line.levels) for line in drawn)])
    room = Room(
        numbers,
        [each.other + each.gains for each in years],
        [[each.taxable for each in years], [each.alone for each in years]],
        [line.levels for line in drawn],
        top,
    )
    return spec_of(
        [
            bars(
                "Income at AMT rates",
                numbers,
                [each.other for each in years],
                AT_AMT_RATES,
                what="wages, spreads of options",
            ),
            bars(
                "Gains and dividends",
                numbers,
                [each.gains for each in years],
                AT_RATES_OF_GAINS,
                what="at the rates of gains",
            ),
            markers(
                "Taxable income",
                numbers,
                [each.taxable for each in years],
                REGULAR,
                "diamond",
                what="for regular tax",
            ),
            *_alone_markers(years),
        ],
        layout(numbers, 0.0, top, barmode="relative", **_marks(numbers, drawn, room)),
    )


def _alone_markers(years: Sequence[YearOfIncome]) -> list[Trace]:
    alone = [(each.year, each.alone) for each in years if each.alone is not None]
    if not alone:
        return []
    numbers, amounts = zip(*alone, strict=True)
    name, what = "Exclusion items alone", "what Form 8801 counts"
    return [markers(name, numbers, amounts, ERODED, "triangle-up", what=what)]


def _marks(years: Sequence[int], lines: list[Threshold], room: Room) -> dict[str, Any]:
    shapes = [
        {
            "type": "line",
            "x0": year - 0.5,
            "x1": year + 0.5,
            "y0": level,
            "y1": level,
            "layer": "below",
            "line": {"color": line.hue, "width": 1, "dash": "dot"},
        }
        for line in lines
        for year, level in zip(years, line.levels, strict=True)
    ]
    places: list[Place] = []
    lines = sorted(lines, key=lambda line: line.levels[-1], reverse=True)
    for line in lines:
        places.append(room.place_at_an_end(line.label, line.levels, places))
    notes = [
        note(
            line.label,
            x=years[-1] + 0.5 if place.xanchor == "right" else years[0] - 0.5,
            y=place.level,
            hue=QUIET,
            xanchor=place.xanchor,
            yanchor=place.yanchor,
        )
        for line, place in zip(reversed(lines), reversed(places), strict=True)
    ]
    return {"annotations": notes, "shapes": shapes}
