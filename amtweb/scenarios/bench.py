"""From what is typed to everything that a page shows of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import places, typed
from amtweb.scenarios.editor.lot_words import choices_of_lots, too_many
from amtweb.scenarios.editor.pending import Counted, complete_rows
from calculator import (
    InvalidScenario,
    Problem,
    ScenarioResult,
    cautions,
    evaluate,
    parse_scenario,
)
from calculator.cautions import BEFORE_THE_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.scenarios.editor.typed import Tree
    from calculator import Scenario, YearResult


class Mistake(NamedTuple):
    """A problem as the page names it."""

    path: str
    place: str
    """Where it is, in the words of the page."""
    message: str
    kind: str = ""
    """Of a caution, what it is about."""

    @property
    def input_id(self) -> str:
        """The input it stands beside."""
        return places.id_of(self.path)


class Bench(NamedTuple):
    """What was typed, and what came of it: a result, or mistakes."""

    tree: Tree
    document: dict[str, Any] | None
    result: ScenarioResult | None
    mistakes: tuple[Mistake, ...]
    pending: tuple[str, ...]
    """Rows that are begun and left out: ``Sale 2``."""
    cautions: tuple[Mistake, ...] = ()
    """What to look at although it was computed."""
    scenario: Scenario | None = None
    """What the result is of."""
    counted: Counted | None = None
    """The rows of what is typed that it has."""

    @property
    def errors(self) -> dict[str, str]:
        """The mistakes by path."""
        return {mistake.path: mistake.message for mistake in self.mistakes}


def work(tree: Tree, last_good: Mapping[str, Any]) -> Bench:
    """Reads what is typed and computes it, or says all that is wrong with it.

    A row that is begun, and was not in the last good document, is left out until it is complete.
    """
    counted = complete_rows(tree, last_good)
    reading = typed.to_document(counted.tree)
    try:
        scenario = parse_scenario(reading.document)
        result = evaluate(scenario)
    except InvalidScenario as refusal:
        mistakes = _mistakes(refusal.problems, reading.unread, counted, tree)
        return Bench(tree, None, None, mistakes, counted.pending)
    told = _cautions(scenario, reading.document, counted, tree)
    return Bench(tree, reading.document, result, (), counted.pending, told, scenario, counted)


def _cautions(
    scenario: Scenario, document: Mapping[str, Any], counted: Counted, tree: Tree
) -> tuple[Mistake, ...]:
    """What to look at.  A credit entered as none is an answer too, which no figure shows."""
    is_answered = (document.get("opening") or {}).get("minimum_tax_credit") is not None
    noticed = [
        each for each in cautions(scenario) if not (is_answered and each.kind == BEFORE_THE_YEARS)
    ]
    if not noticed:
        return ()
    problems = tuple(Problem(path=each.path, message=each.message) for each in noticed)
    told = _mistakes(problems, {}, counted, tree)
    return tuple(
        mistake._replace(kind=each.kind) for mistake, each in zip(told, noticed, strict=True)
    )


def result_of(document: Mapping[str, Any]) -> ScenarioResult:
    """The result of a document that was valid when it was kept."""
    return evaluate(parse_scenario(document))


def selected(result: ScenarioResult, wanted: str | None) -> YearResult:
    """The year to look at: the one wanted or the nearest; at first the one with the most AMT."""
    if wanted and re.fullmatch(r"[0-9]{4}", wanted):
        return min(result.years, key=lambda year: abs(year.year - int(wanted)))
    return max(result.years, key=lambda year: float(year.amt))


def _mistakes(
    problems: tuple[Problem, ...], unread: Mapping[str, str], counted: Counted, tree: Tree
) -> tuple[Mistake, ...]:
    """The calculator's problems, in the page's words where the page knows better."""
    lots = [lot for choices in choices_of_lots(tree).values() for lot in choices]
    mistakes = []
    for problem in problems:
        path = counted.path_on_page(problem.path)
        message = unread.get(problem.path, problem.message)
        for lot_id, words in lots:
            message = message.replace(f"\u201c{lot_id}\u201d", f"\u201c{words}\u201d")
        if problem.message.startswith("More shares are"):
            message = f"{message} {too_many(tree, path)}".strip()
        mistakes.append(Mistake(path, places.place_of(path, tree), message))
    return tuple(sorted(mistakes, key=lambda mistake: places.order_on_page(mistake.path)))
