"""What a new exercise or sale begins with: what is left, and the day that suits it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.lot_words import shares_left
from amtweb.scenarios.editor.wording import read_day
from calculator.equity.holding_period import first_qualifying_day

if TYPE_CHECKING:
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
