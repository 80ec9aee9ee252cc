"""The way from federal tax and from the credit down the lines of the forms that make them.

A ``Step`` is a line with the lines that it is made of.  A difference in a line is handed down to
them in proportion to their own differences; where a line is not their sum, as a tax is not its
income, the proportion is the average rate of the change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from calculator.federal.form_1040 import Form1040
from calculator.federal.form_6251 import (
    AlternativeMinimumTax,
    AlternativeMinimumTaxableIncome,
    MaximumGainsRates,
)
from calculator.federal.form_8801 import MinimumTaxCredit
from calculator.federal.form_8959 import Form8959
from calculator.federal.form_8960 import Form8960
from calculator.federal.schedule_a import ScheduleA
from calculator.federal.schedule_d import ScheduleD
from calculator.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculator.results import YearResult

FORMS: dict[str, tuple[str, tuple[type[tuple[Any, ...]], ...]]] = {
    "form_1040": ("Form 1040", (Form1040,)),
    "schedule_a": ("Schedule A", (ScheduleA,)),
    "schedule_d": ("Schedule D", (ScheduleD,)),
    "amt_schedule_d": ("Schedule D for AMT", (ScheduleD,)),
    "form_6251": (
        "Form 6251",
        (AlternativeMinimumTaxableIncome, AlternativeMinimumTax, MaximumGainsRates),
    ),
    "form_8801": ("Form 8801", (MinimumTaxCredit,)),
    "form_8959": ("Form 8959", (Form8959,)),
    "form_8960": ("Form 8960", (Form8960,)),
}
STEEPEST = 1.5
"""Dollars that a dollar of a line can make of the line above it; what is steeper is no cause."""
NOTHING = 1e-6
"""Dollars."""


class FilledIn:
    """A year with its forms as printed."""

    def __init__(self, year: YearResult) -> None:
        self.year = year
        self._lines = year.forms.printed_lines()

    def line(self, form: str, number: str) -> float | None:
        """A printed line; None where the taxpayer does not fill it in."""
        amount = self._lines.get(form, {}).get(number)
        return None if amount is None else float(amount)

    def amount(self, form: str, number: str) -> float:
        """A printed line; zero where the taxpayer does not fill it in."""
        return self.line(form, number) or 0.0

    def read(self, step: Step) -> float | None:
        """What a step comes to; None where the taxpayer does not fill in the form."""
        return step.read(self)


class Readable(Protocol):
    """A year whose steps can be read: filled in now, or as it was once kept."""

    def read(self, step: Step) -> float | None:
        """What a step comes to; None where the taxpayer does not fill in the form."""
        ...


class Citation(NamedTuple):
    """A line as it is printed, or several lines taken together."""

    form: str
    line: str
    caption: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line, and the lines that it is made of."""

    cited: Citation
    read: Callable[[FilledIn], float | None]
    """None where the taxpayer does not fill in the form."""
    sign: int = 1
    """−1 where it is subtracted from the line above."""
    made_of: tuple[Step, ...] = ()
    smaller: bool = False
    """The line is the smaller of those that it is made of."""
    where_filed: bool = False
    """Counts only if the form is filled in both times; elsewhere a missing line is zero."""

    def amount(self, year: Readable) -> float:
        """The line's amount; zero where the taxpayer does not fill it in."""
        return year.read(self) or 0.0


@dataclass(slots=True)
class Passed:
    """What of a difference passes through a line.  Dollars."""

    before: float
    after: float
    share: float = 0.0
    ends: float = 0.0
    """The part that no line below it accounts for."""


def hand_down(step: Step, before: Readable, after: Readable) -> dict[Citation, Passed]:
    """What of the difference in the line passes through each line below it."""
    passed: dict[Citation, Passed] = {}
    _hand_down(step, (before, after), 1.0, passed)
    return passed


def _hand_down(
    step: Step, years: tuple[Readable, Readable], rate: float, passed: dict[Citation, Passed]
) -> None:
    before, after = (step.amount(year) for year in years)
    difference = after - before
    if abs(difference) < NOTHING:
        return
    here = passed.setdefault(step.cited, Passed(before, after))
    here.share += rate * difference
    below = [each for each in step.made_of if _matters(each, step, years)]
    sum_of_effects = sum(
        each.sign * (each.amount(years[1]) - each.amount(years[0])) for each in below
    )
    part = difference / sum_of_effects if abs(sum_of_effects) >= NOTHING else 0.0
    if not 0.0 < part <= STEEPEST:
        here.ends += rate * difference
        return
    for each in below:
        _hand_down(each, years, rate * part * each.sign, passed)


def _matters(below: Step, step: Step, years: tuple[Readable, Readable]) -> bool:
    if below.where_filed and any(year.read(below) is None for year in years):
        return False
    return not step.smaller or any(
        below.amount(year) <= step.amount(year) + NOTHING for year in years
    )


def step(form: str, number: str, *made_of: Step, sign: int = 1, smaller: bool = False) -> Step:
    """A printed line, and the lines that it is made of."""
    title, parts = FORMS[form]
    caption = next(
        line.caption for part in parts for line in lines_of(part).values() if line.number == number
    )
    cited = Citation(title, number, caption)
    return Step(cited, lambda year: year.line(form, number), sign, made_of, smaller)


def several(
    citation: tuple[str, str, str], read: Callable[[FilledIn], Any], *made_of: Step, sign: int = 1
) -> Step:
    """Several lines taken together: form, lines and caption, and what they come to."""
    return Step(Citation(*citation), lambda year: float(read(year)), sign, made_of)
