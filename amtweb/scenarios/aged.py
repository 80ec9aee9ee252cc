"""Figures that age: what a revision showed on its day, what it shows now, and why.

Figures are computed anew each time; beside a revision stand only those of its day.  Where they
differ the page says so, with the lines that explain it, instead of quietly showing others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import calculator
from amtweb.scenarios.charts.money_words import dollars, in_years
from amtweb.scenarios.headline import figures_of
from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.kept_lines import differ, since_then
from calculator.law import law_label, law_version
from calculator.law.version import changes_since, last_published_year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from amtweb.scenarios.models import Revision
    from calculator import ScenarioResult
    from calculator.analysis.kept_lines import Since
    from calculator.law.version import TableChange

AMOUNTS = {"amt": "AMT", "credit_left": "Credit left", "federal_tax": "Federal tax"}
GONE = "first_year_without_credit"
NEVER = "not in these years"


class ThenAndNow(NamedTuple):
    """A figure of the headline."""

    label: str
    then: str
    now: str


class Aged(NamedTuple):
    """What there is to say about a revision whose figures are others today."""

    number: int
    shown_at: datetime
    figures: tuple[ThenAndNow, ...]
    """Those of the headline; an amount that differs only in a year is told by ``lines``."""
    reasons: tuple[str, ...]
    lines: tuple[str, ...]
    """Sentences on the first year that differs; none for a revision that kept no lines."""
    refused: tuple[str, ...]
    """Why it cannot be computed any more, if so."""


def aged(revision: Revision | None) -> Aged | None:
    """What has become of a revision's figures; None if they are what they were."""
    if revision is None:
        return None
    then: Mapping[str, Any] = revision.headline
    try:
        scenario = parse_scenario(revision.document)
    except InvalidScenario as refusal:
        refused = tuple(problem.message for problem in refusal.problems)
        return _aged(revision, (), (), refused=refused)
    result = evaluate(scenario)
    since = since_then(then["kept"], result) if "kept" in then else None
    figures = tuple(_figures(then, figures_of(result)))
    if not figures and since is None:
        return None
    return _aged(revision, figures, _tables(revision, result, scenario.law.path), since)


def versions_of_today() -> tuple[str, str]:
    """Of the calculator and of the tables: what figures of today are kept with."""
    return calculator.ENGINE_VERSION, law_version()


def note_of_new_figures() -> str:
    """What a revision that takes the figures of today says of itself."""
    return f"Same inputs, new figures: calculator {calculator.ENGINE_VERSION}, {law_label()}"


def _aged(
    revision: Revision,
    figures: tuple[ThenAndNow, ...],
    tables: tuple[str, ...],
    since: Since | None = None,
    *,
    refused: tuple[str, ...] = (),
) -> Aged:
    lines = () if since is None else tuple(_lines(since))
    reasons = (*_engine(revision), *tables)
    if not reasons and not refused:
        reasons = ("The calculator was corrected since.",)
    return Aged(revision.number, revision.created_at, figures, reasons, lines, refused)


def _figures(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[ThenAndNow]:
    for key, label in AMOUNTS.items():
        if key in then and differ(then[key], now[key]):
            yield ThenAndNow(label, dollars(then[key]), dollars(now[key]))
    if GONE in then and then[GONE] != now[GONE]:
        yield ThenAndNow("Credit used up", str(then[GONE] or NEVER), str(now[GONE] or NEVER))


def _engine(revision: Revision) -> Iterator[str]:
    if revision.engine_version != calculator.ENGINE_VERSION:
        yield (
            f"The calculator changed from version {revision.engine_version} to"
            f" {calculator.ENGINE_VERSION}: what changed in its figures stands under Results in"
            " the changelog."
        )


def _tables(revision: Revision, result: ScenarioResult, path: str) -> tuple[str, ...]:
    """What changed in the tables that the scenario is computed with."""
    years = result.years[0].year, result.years[-1].year
    if "tables" in revision.headline:
        changes = changes_since(revision.headline["tables"], *years, path)
        return tuple(map(_change, changes))
    if revision.law_version == law_version():
        return ()
    last = last_published_year_of(revision.law_version)
    known = f" They went up to {last} then." if last else ""
    return (f"The tables of the law have changed since.{known}",)


def _change(change: TableChange) -> str:
    if change.year is None:
        return "The estimates of the years that are not published yet changed."
    if change.newly_published:
        return (
            f"The amounts of {change.year} are published now ({change.source}); before they were"
            " estimated."
        )
    return f"The table of {change.year} was corrected ({change.source})."


def _lines(since: Since) -> Iterator[str]:
    for explained in (since.federal_tax, since.credit):
        if differ(explained.before, explained.after):
            yield explained.headline
            yield from explained.sentences
    later = [year.year for year in since.years if year.year != since.year]
    if later:
        yield f"Figures differ {in_years(later)} too."
