"""What AMT costs and when it comes back, in one sentence; and how, in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import all_but, counts, dollars, in_years, whole
from amtweb.scenarios.line_links import Sentence

if TYPE_CHECKING:
    from amtweb.scenarios.line_links import LineLinks
    from calculator import ScenarioResult, YearResult


NEVER = "none of it comes back, because exclusion items alone cause it."


class Fate(NamedTuple):
    """What becomes of AMT and of the credit, over all years.  Dollars."""

    amt: float
    opening: float
    """Credit from earlier years."""
    generated: float
    used: float
    eroded: float
    left: float

    @classmethod
    def of(cls, result: ScenarioResult) -> Fate:
        totals = result.totals
        return cls(
            float(totals.amt),
            float(result.years[0].credit_available),
            sum(float(year.credit_generated) for year in result.years),
            float(totals.credit_used),
            float(totals.credit_eroded),
            float(totals.credit_left),
        )

    def adding_up(self) -> Fate:
        """In whole dollars that add up.

        What is used over all years stands on no line of a form: it is what the others leave.
        """
        credit = whole(self.credit)
        eroded, left = whole(self.eroded), whole(self.left)
        generated = whole(self.generated)
        used = credit - eroded - left if counts(self.used) else 0
        return Fate(whole(self.amt), credit - generated, generated, used, eroded, left)

    @property
    def credit(self) -> float:
        """All that could come back."""
        return self.opening + self.generated

    @property
    def for_good(self) -> float:
        """AMT that exclusion items cause, which is no credit."""
        return self.amt - self.generated


def what_it_costs(result: ScenarioResult, links: LineLinks) -> Sentence:
    """The AMT and the credit there is, and when they come back."""
    fate = Fate.of(result).adding_up()
    if not counts(fate.amt) and not counts(fate.credit):
        return Sentence.of(
            f"No AMT is due {_in_all(result)}, and there is no AMT credit to get back."
        )
    if counts(fate.opening) and counts(fate.amt) and not counts(fate.generated):
        # Two things that have nothing to do with one another.
        alone, credit = fate._replace(opening=0.0), fate._replace(amt=0.0)
        return Sentence.of(
            *_cost(result, alone, links),
            f"{NEVER} ",
            *_cost(result, credit, links),
            *_return(result, credit, links),
        )
    return Sentence.of(*_cost(result, fate, links), *_return(result, fate, links))


def _in_all(result: ScenarioResult) -> str:
    first, last = result.years[0].year, result.years[-1].year
    return f"in {first}" if first == last else f"from {first} to {last}"


def _cost(result: ScenarioResult, fate: Fate, links: LineLinks) -> list[str]:
    first = result.years[0].year
    opening = links.to("credit_available", first, dollars(fate.opening))
    if not counts(fate.amt):
        return ["The AMT credit from earlier years is ", opening, "; "]
    years = [year.year for year in result.years if counts(float(year.amt))]
    amount = dollars(fate.amt)
    cost = ["AMT costs ", links.to("amt", years[0], amount) if len(years) == 1 else amount]
    cost.append(f" {in_years(years)}")
    if counts(fate.opening):
        cost += [", beside ", opening, " of credit from earlier years"]
    return [*cost, "; "]


def _return(result: ScenarioResult, fate: Fate, links: LineLinks) -> list[str]:
    if not counts(fate.credit):
        return [NEVER]
    both = counts(fate.amt) and counts(fate.opening)
    whole = dollars(fate.credit) if both else "it"
    if not any(map(counts, (fate.eroded, fate.left, fate.for_good))):
        return [_all_of_it(result, fate, whole if both else "")]
    if not any(map(counts, (fate.used, fate.eroded, fate.for_good))):
        what = f"all {whole}" if both else "all of it"
        return [f"{what} is still to come back after {result.years[-1].year}."]
    return [*_parts(result, fate, links, whole)]


def _all_of_it(result: ScenarioResult, fate: Fate, whole: str) -> str:
    """When all of it comes back, and when all but a small rest does."""
    until = _until(result, "credit_used")
    years = [year.year for year in result.years]
    early = all_but(years, [float(year.credit_balance) for year in result.years], fate.credit)
    if early is None:
        return f"all {whole or 'of it'} comes back {until}."
    year, rest = early
    used = [each for each in _years_of(result, "credit_used") if each <= year]
    most = f"in {year}" if len(used) == 1 else f"by {year}"
    return f"all but {dollars(rest)} of {whole or 'it'} comes back {most}, the rest {until}."


def _parts(result: ScenarioResult, fate: Fate, links: LineLinks, whole: str) -> list[str]:
    last = result.years[-1].year
    parts = []
    if counts(fate.used):
        parts.append(
            [f"{dollars(fate.used)} of {whole} comes back {_until(result, 'credit_used')}"]
        )
    if counts(fate.left):
        left = links.to("credit_balance", last, dollars(fate.left))
        parts.append([left, f" is still to come back after {last}"])
    if counts(fate.eroded):
        eroded = [dollars(fate.eroded)]
        years = _years_of(result, "credit_eroded")
        if len(years) == 1:
            eroded = [links.to("credit_eroded", years[0], *eroded)]
        parts.append([*eroded, f" is lost {in_years(years)}"])
    if counts(fate.for_good):
        parts.append([f"{dollars(fate.for_good)} never does, because exclusion items cause it"])
    if not counts(fate.used) and not counts(fate.left):
        parts[0] = ["none of it comes back: ", *parts[0]]
    said: list[str] = []
    for place, part in enumerate(parts):
        joint = "" if not place else " and " if place == len(parts) - 1 else ", "
        said += [joint, *part]
    return [*said, "."]


def _years_of(result: ScenarioResult, key: str) -> list[int]:
    return [year.year for year in result.years if counts(float(getattr(year, key)))]


def _until(result: ScenarioResult, key: str) -> str:
    years = _years_of(result, key)
    return f"in {years[0]}" if len(years) == 1 else f"by {years[-1]}"


def how_it_comes_back(result: ScenarioResult, links: LineLinks) -> Sentence | None:
    """The year in which most of it does, and what happens then."""
    years = _years_of(result, "credit_used")
    if len(years) < 2:
        return None
    best = max(result.years, key=lambda year: float(year.credit_used))
    amount = links.to("credit_used", best.year, dollars(float(best.credit_used)))
    return Sentence.of("Most comes back in ", str(best.year), ": ", amount, f"{_with_sales(best)}.")


def _with_sales(year: YearResult) -> str:
    count = len(year.equity.sales)
    if not count:
        return ""
    return ", with the sale" if count == 1 else f", with the {count} sales"
