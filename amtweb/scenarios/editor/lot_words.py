"""Grants and lots in the words by which people choose them, and what is left of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.plain_names import exercise_called, grant_called, holding_called

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from amtweb.scenarios.editor.typed import Tree

Lot = tuple[str, str]
"""The field that refers to it, and its id."""
_TAKEN_BY = (("exercises", "grant"), ("sales", "from"))
_VERBS = {"grant": ("granted", "exercises"), "from": ("there", "sales")}


class Left(NamedTuple):
    """The shares of a grant or lot, and those that rows take of it."""

    total: float
    taken: Mapping[int, float]
    """By the number of the row that takes them."""

    def beside(self, number: int | None = None) -> float:
        """How many are left, not counting what one row takes."""
        others = sum(shares for row, shares in self.taken.items() if row != number)
        return max(0.0, round(self.total - others, 6))


def choices_of_lots(tree: Tree) -> dict[str, list[tuple[str, str]]]:
    """What exercises and sales can refer to, as ids and words, by the field that refers."""
    exercise_words = _exercise_words(tree)
    return {
        "grant": [_named(row, _grant_words) for row in tree.get("grants") or ()],
        "from": [
            *(_named(row, exercise_words) for row in tree.get("exercises") or ()),
            *(_named(row, _holding_words) for row in tree.get("holdings") or ()),
        ],
    }


def choices_with_left(tree: Tree) -> dict[str, list[tuple[str, str]]]:
    """The same, with what is left: ``Astra, exercised Mar 2, 2026 (200 of 500 left)``."""
    lefts = shares_left(tree)
    return {
        field: [(lot, _with_left(named, lefts.get((field, lot)))) for lot, named in lots]
        for field, lots in choices_of_lots(tree).items()
    }


def own_choices(tree: Tree) -> dict[str, tuple[str, str]]:
    """What each exercise and sale refers to, with what is left beside it; by path, id and words.

    To the row itself what it takes is not gone.
    """
    lefts, named = shares_left(tree), choices_of_lots(tree)
    names = {field: dict(lots) for field, lots in named.items()}
    own = {}
    for kind, field in _TAKEN_BY:
        for number, row in enumerate(tree.get(kind) or ()):
            lot = str(row.get(field, ""))
            if lot in names[field]:
                words = _with_left(names[field][lot], lefts.get((field, lot)), number)
                own[f"{kind}[{number}].{field}"] = (lot, words)
    return own


def _with_left(named: str, left: Left | None, number: int | None = None) -> str:
    if left is None:
        return named
    remaining, total = (wording.write_amount(each) for each in (left.beside(number), left.total))
    return f"{named} ({remaining} of {total} left)"


def shares_left(tree: Tree) -> dict[Lot, Left]:
    """What is left of each grant and lot whose shares can be read.

    Of none after a split: old and new shares are not counted together here.
    """
    if tree.get("splits"):
        return {}
    taken: dict[Lot, dict[int, float]] = {}
    for kind, field in _TAKEN_BY:
        for number, row in enumerate(tree.get(kind) or ()):
            shares = _shares(row)
            if shares:
                taken.setdefault((field, str(row.get(field, ""))), {})[number] = shares
    return {lot: Left(total, taken.get(lot, {})) for lot, total in _totals(tree)}


def too_many(tree: Tree, path: str) -> str:
    """Of how many shares a row takes more than there are, as a sentence; empty if it does not."""
    kind, _, rest = path.partition("[")
    field = dict(_TAKEN_BY).get(kind)
    if field is None or not rest.endswith("].shares"):
        return ""
    number = int(rest.removesuffix("].shares"))
    row = tree[kind][number]
    left = shares_left(tree).get((field, str(row.get(field, ""))))
    if left is None or (_shares(row) or 0.0) <= left.beside(number):
        return ""
    there, others = _VERBS[field]
    remaining, total = (wording.write_amount(each) for each in (left.beside(number), left.total))
    if len(left.taken) == 1:
        return f"Only {total} {'options were' if field == 'grant' else 'shares are'} {there}."
    return f"Of {total} shares, {remaining} are left beside the other {others}."


def _totals(tree: Tree) -> Iterator[tuple[Lot, float]]:
    for field, kinds in (("grant", ("grants",)), ("from", ("exercises", "holdings"))):
        for kind in kinds:
            for row in tree.get(kind) or ():
                total = _shares(row)
                if total is not None:
                    yield (field, str(row.get("id", ""))), total


def _shares(row: Tree) -> float | None:
    return wording.read_amount(str(row.get("shares", "")))


def _named(row: Tree, words: Any) -> tuple[str, str]:
    return str(row.get("id", "")), words(row)


def _grant_words(row: Tree) -> str:
    granted, strike = _day(row, "date"), wording.read_amount(str(row.get("strike", "")))
    return row.get("label") or grant_called(str(row.get("kind", "")), granted, strike)


def _exercise_words(tree: Tree) -> Any:
    grants = {row.get("id"): _grant_words(row) for row in tree.get("grants") or ()}

    def words(row: Tree) -> str:
        return exercise_called(grants.get(row.get("grant"), "Option"), _day(row, "date"))

    return words


def _holding_words(row: Tree) -> str:
    return row.get("label") or holding_called(_day(row, "acquired"))


def _day(row: Tree, field: str) -> date | None:
    return wording.read_day(row.get(field, ""))
