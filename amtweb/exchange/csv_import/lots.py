"""Finds the grant or the lot that a cell names: by its id, by its name, or by its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import import cells
from amtweb.exchange.csv_import.table_text import CellError, short
from amtweb.scenarios.editor import typed, wording
from amtweb.scenarios.editor.lot_words import choices_of_lots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Document = Mapping[str, Any]

MOST_LISTED = 5
LONGEST_NAME = 80
A_GRANT = "grant"
A_LOT = "exercise or holding"
NOTHING_THERE = {
    A_GRANT: "The scenario has no grants yet: bring those in first.",
    A_LOT: "The scenario has no exercises and no holdings to sell from yet: bring those in first.",
}


class Named(NamedTuple):
    """Something that a row can refer to."""

    id: str
    words: str
    """As the pages of the scenario call it."""
    day: str
    """Of the grant, or on which the shares were acquired."""
    once: str
    """As pages and files called it earlier, which older files still say."""


def grants_of(document: Document) -> list[Named]:
    """The grants of a scenario."""
    words, once = _words(document, "grant"), _grants_once(document)
    return [
        Named(row["id"], words[row["id"]], row["date"], once[row["id"]])
        for row in _rows(document, "grants")
    ]


def lots_of(document: Document) -> list[Named]:
    """What shares can be sold from."""
    words = _words(document, "from")
    grants = _grants_once(document)
    exercises = (
        (row, row["date"], f"{grants[row['grant']]}, exercised {row['date']}")
        for row in _rows(document, "exercises")
    )
    holdings = (
        (row, _acquired(row), row.get("label") or f"Held since {row['acquired']}")
        for row in _rows(document, "holdings")
    )
    return [
        Named(row["id"], words[row["id"]], day, once) for row, day, once in (*exercises, *holdings)
    ]


def find(text: str, among: Sequence[Named], what: str) -> Named:
    """What a text names; ``what`` is ``A_GRANT`` or ``A_LOT``.

    Raises:
        CellError: It names nothing, or more than one.
    """
    if not among:
        raise CellError(NOTHING_THERE[what])
    same_id = [each for each in among if each.id == text]
    same_words = [each for each in among if each.words.casefold() == text.casefold()]
    once = [each for each in among if each.once.casefold() == text.casefold()]
    found = same_id or same_words or once or _of_day(text, among)
    if not found:
        raise CellError(f"“{short(text)}” names no {what} of the scenario. It has {listed(among)}.")
    return _only(found, f"“{short(text)}” names", what)


def find_by_day(day: str, among: Sequence[Named], what: str) -> Named:
    """What was granted or acquired on a day.

    Raises:
        CellError: Nothing was, or more than one.
    """
    if not among:
        raise CellError(NOTHING_THERE[what])
    found = [each for each in among if each.day == day]
    if not found:
        raise CellError(f"No {what} of the scenario is of {day}. It has {listed(among)}.")
    return _only(found, f"{day} is the day of", what)


def listed(named: Iterable[Named]) -> str:
    """In words, the first few of them, with the ids to write."""
    every = list(named)
    first = [f"“{short(each.words, LONGEST_NAME)}” (id {each.id})" for each in every[:MOST_LISTED]]
    more = len(every) - len(first)
    if more:
        return f"{', '.join(first)} and {more:,} more"
    *others, last = first
    return f"{', '.join(others)} and {last}" if others else last


def _only(found: list[Named], begins: str, what: str) -> Named:
    if len(found) > 1:
        several = what.replace(" or", "s or") + "s"
        raise CellError(
            f"{begins} {len(found)} {several}: {listed(found)}. Name one of them by its id."
        )
    return found[0]


def _of_day(text: str, among: Sequence[Named]) -> list[Named]:
    try:
        day = cells.date(text).value
    except CellError:
        return []
    return [each for each in among if each.day == day]


def _words(document: Document, kind: str) -> dict[str, str]:
    return dict(choices_of_lots(typed.from_document(document))[kind])


def _grants_once(document: Document) -> dict[str, str]:
    """``ISO of 2024-01-01 at $1.5``, by id: files that were made then are still brought in."""
    return {
        row["id"]: row.get("label")
        or f"{row['kind'].upper()} of {row['date']} at ${wording.write_amount(row['strike'])}"
        for row in _rows(document, "grants")
    }


def _rows(document: Document, kind: str) -> list[Any]:
    return list(document.get(kind) or ())


def _acquired(holding: Mapping[str, Any]) -> str:
    iso = holding.get("iso")
    return str(iso["exercised"] if iso else holding["acquired"])
