"""What happened to the options: what each exercise and sale counted as, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars, listed
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.determinations import (
    AS_ISO,
    EXERCISE,
    FORFEITED,
    SALE,
)
from calculator.equity.dispositions import DISQUALIFYING_SAME_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from amtweb.scenarios.lots.names import Names
    from calculator import Scenario
    from calculator.analysis.determinations import Determination, Part
    from calculator.analysis.reasons import Reason

VERDICTS = {
    "iso": "ISO",
    "nso": "NSO",
    "forfeited": "Forfeited",
    "qualifying": "Qualifying",
    "disqualifying": "Disqualifying",
    "disqualifying_same_year": "Disqualifying, same year",
    "not_iso": "Not an ISO’s",
}
LOOKS = {
    "qualifying": "good",
    "disqualifying": "early",
    "disqualifying_same_year": "early",
    "nso": "early",
    "forfeited": "early",
}
NOTABLE = ("IRC 422(d)", "IRC 422(a)(2)", "IRC 422(c)", "IRC 83(b)", "IRC 1091")
"""Rules that a person should see without asking why."""


class Verdict(NamedTuple):
    """What some of the shares counted as."""

    word: str
    look: str
    """``good``, ``early``, or empty for neither."""
    figures: str
    why: tuple[Reason, ...]


class InForms(NamedTuple):
    """A place in the forms of a year."""

    year: int
    name: str
    id: str


class Happened(NamedTuple):
    """An exercise or a sale, and what came of it."""

    key: str
    """``exercises-0``: where it stands in the editor."""
    row: str
    """The same in the document, which has no rows that are only begun."""
    day: str
    what: str
    name: str
    """Of the grant or the lot."""
    input_id: str
    verdicts: tuple[Verdict, ...]
    is_notable: bool
    """Whether the reasons are more than the usual ones."""
    in_forms: tuple[InForms, ...]
    """Where its figures are in the forms."""


def happened(
    scenario: Scenario, names: Names, determined: Iterable[Determination]
) -> tuple[Happened, ...]:
    """The exercises and sales that are determined, in words."""
    grants = {exercise.id: exercise.grant for exercise in scenario.exercises}
    kinds = {sale.id: sale.kind for sale in scenario.sales}
    rows = {(EXERCISE, e.id): f"exercises-{i}" for i, e in enumerate(scenario.exercises)}
    rows |= {(SALE, e.id): f"sales-{i}" for i, e in enumerate(scenario.sales)}
    found = []
    for each in determined:
        is_exercise = each.event == EXERCISE
        row = names["lots" if is_exercise else "sales", each.id]
        name = names["grants", grants[each.id]].name if is_exercise else row.name
        what = "Exercised" if is_exercise else "Sold"
        if kinds.get(each.id) == "worthless" and not is_exercise:
            what = "Worthless"
        found.append(
            Happened(
                row.path.replace("[", "-").removesuffix("]"),
                rows[each.event, each.id],
                write_day(each.date),
                what,
                name,
                row.input_id("date"),
                tuple(_verdicts(each)),
                any(_is_notable(part) for part in each.parts),
                tuple(_in_forms(each, rows[each.event, each.id], scenario)),
            )
        )
    return tuple(found)


def _verdicts(of: Determination) -> Iterator[Verdict]:
    """A reason that holds for several parts is told once."""
    told: set[Reason] = set()
    for part in of.parts:
        figures = _of_exercise(part) if of.event == EXERCISE else _of_sale(part)
        why = tuple(reason for reason in part.why if reason not in told)
        told |= set(why)
        yield Verdict(VERDICTS[part.outcome], LOOKS.get(part.outcome, ""), figures, why)


def _in_forms(of: Determination, row: str, scenario: Scenario) -> Iterator[InForms]:
    """The spread of an exercise in the years in which it counts; a sale among the sales."""
    years = {facts.year for facts in scenario.years}
    if of.event != EXERCISE:
        if of.date.year in years:
            yield InForms(of.date.year, "Schedule D", f"schedule_d-{row}")
        return
    counted = {(day.year, part.outcome == AS_ISO) for part in of.parts for day in part.counted}
    for year, is_iso in sorted(counted):
        if year in years and is_iso:
            yield InForms(year, "Form 6251 line 2i", "form_6251-2i")
        elif year in years:
            yield InForms(year, "Form 1040 line 1z", "form_1040-1z")


def _is_notable(part: Part) -> bool:
    return part.outcome == FORFEITED or any(
        reason.citation.startswith(NOTABLE) for reason in part.why
    )


def _of_exercise(part: Part) -> str:
    told = _shares(part)
    spread = dollars(float(part.spread))
    if part.outcome == FORFEITED:
        counted = f"; the {spread} that the election counted stay" if part.counted else ""
        return f"{told} go back for what was paid{counted}"
    if not part.counted:
        return told
    years = sorted({day.year for day in part.counted})
    when = f"in {years[0]}" if len(years) == 1 else f"from {years[0]} to {years[-1]}"
    if part.outcome == AS_ISO:
        return f"{told}: {spread} count for AMT {when}"
    return f"{told}: {spread} of wages {when}"


def _of_sale(part: Part) -> str:
    """What each system sees: ``100 shares: $4,000 ordinary income, $1,000 short-term gain``."""
    seen = []
    if counts(float(part.ordinary_income)):
        seen.append(f"{dollars(float(part.ordinary_income))} of ordinary income")
    seen.append(_gain(float(part.gain), long_term=part.long_term))
    regular = listed(seen)
    amt = _gain(float(part.amt_gain), long_term=part.amt_long_term)
    same = regular == amt or (
        # In the year that counts the spread, AMT has the ordinary income too.
        part.outcome == DISQUALIFYING_SAME_YEAR
        and part.long_term == part.amt_long_term
        and not counts(float(part.gain) - float(part.amt_gain))
    )
    if same:
        return f"{_shares(part)}: {regular}"
    return f"{_shares(part)}: {regular}; for AMT {amt}"


def _gain(amount: float, *, long_term: bool) -> str:
    if not counts(amount):
        return "no gain"
    kind = "long-term" if long_term else "short-term"
    return f"{kind} {'gain' if amount > 0 else 'loss'} of {dollars(abs(amount))}"


def _shares(part: Part) -> str:
    count = round(float(part.shares), 4)
    return f"{wording.write_amount(count)} share{'' if count == 1 else 's'}"
