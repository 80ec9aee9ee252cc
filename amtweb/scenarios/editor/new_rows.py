"""What a new exercise or sale begins with: what is left, and the day that suits it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.lot_words import shares_left
from amtweb.scenarios.editor.wording import read_day
from calculator.equity.holding_period import first_qualifying_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from amtweb.scenarios.editor.typed import Tree


def new_exercise(tree: Tree, grant: str = "") -> Tree:
    """All that is left of the grant, today; of none that is named, of the first with options."""
    grant = grant or _first_with_shares(tree, "grant", "grants")
    granted = read_day(_row(tree, "grants", grant).get("date"))
    today = datetime.now(tz=UTC).date()
    day = _within_years(tree, max(granted, today)) if granted else {}
    return {"grant": grant} | day | _left(tree, "grant", grant)


def new_sale(tree: Tree, lot: str = "") -> Tree:
    """All that is left of the lot, on the first day on which that is best, or today if later."""
    lot = lot or _first_with_shares(tree, "from", "exercises", "holdings")
    exercise = _row(tree, "exercises", lot)
    granted = read_day(_row(tree, "grants", str(exercise.get("grant", ""))).get("date"))
    exercised = read_day(exercise.get("date"))
    day = {}
    if granted and exercised:
        today = datetime.now(tz=UTC).date()
        day = _within_years(tree, max(first_qualifying_day(granted, exercised), today))
    return {"from": lot} | day | _left(tree, "from", lot)


def with_new_sources(before: Tree, tree: Tree) -> Tree:
    """The tree where each row that was just given another source begins anew with that.

    What a person typed stays: only what the row had from its old source is replaced.
    """
    result = dict(tree)
    for taking in _TAKING:
        was = {str(row.get("id", "")): row for row in before.get(taking.kind) or ()}
        rows = [
            row | _fresh(taking, before, tree, was.get(str(row.get("id", "")), {}), row)
            for row in tree.get(taking.kind) or ()
        ]
        if rows:
            result[taking.kind] = rows
    return result


def _fresh(taking: _Taking, before: Tree, tree: Tree, was: Tree, row: Tree) -> Tree:
    """What a row begins anew with; nothing if its source is the same, or was none."""
    old, source = (str(each.get(taking.field, "")) for each in (was, row))
    if not old or not source or old == source:
        return {}
    begun, begins = (
        taking.new(_without(each, taking.kind, row), lot)
        for each, lot in ((before, old), (tree, source))
    )
    return {
        name: begins[name]
        for name in _TAKEN_FROM_SOURCE
        if name in begins and str(row.get(name, "")).strip() in ("", begun.get(name))
    }


def _without(tree: Tree, kind: str, row: Tree) -> Tree:
    return tree | {kind: [other for other in tree[kind] if other.get("id") != row.get("id")]}


def begun_anew(post: Mapping[str, str], tree: Tree) -> dict[str, tuple[str, str]]:
    """By path, what the page still has of rows that began anew: what was sent, and what is."""
    paths = {
        f"{kind}[{number}].{name}": str(row.get(name, ""))
        for kind in (taking.kind for taking in _TAKING)
        for number, row in enumerate(tree.get(kind) or ())
        for name in _TAKEN_FROM_SOURCE
    }
    return {
        path: (post[path], text)
        for path, text in paths.items()
        if path in post and post[path] != text
    }


def _first_with_shares(tree: Tree, field: str, *kinds: str) -> str:
    """The first that has some left, else the first."""
    ids = [str(row.get("id", "")) for kind in kinds for row in tree.get(kind) or ()]
    lefts = shares_left(tree)
    some = (each for each in ids if (left := lefts.get((field, each))) and left.beside() > 0)
    return next(some, ids[0] if ids else "")


def _left(tree: Tree, field: str, lot: str) -> Tree:
    left = shares_left(tree).get((field, lot))
    return {"shares": wording.write_amount(left.beside())} if left and left.beside() > 0 else {}


def _within_years(tree: Tree, day: date) -> Tree:
    """The day, if it lies in the years that are planned."""
    years = [str(row.get("year", "")) for row in tree.get("years") or ()]
    return {"date": day.isoformat()} if str(day.year) in years else {}


def _row(tree: Tree, kind: str, wanted: str) -> Tree:
    rows = (row for row in tree.get(kind) or () if wanted and str(row.get("id", "")) == wanted)
    return next(rows, {})


class _Taking(NamedTuple):
    """A kind of row that takes shares of another."""

    kind: str
    field: str
    """That names the source."""
    new: Callable[[Tree, str], Tree]


_TAKING = (_Taking("exercises", "grant", new_exercise), _Taking("sales", "from", new_sale))
_TAKEN_FROM_SOURCE = ("shares", "date")
