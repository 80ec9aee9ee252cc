"""Adding, copying and removing years, grants, exercises, sales and the like.

Works on what was typed, valid or not, so that nothing typed elsewhere is touched.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor.fields import YEAR_GROUPS
from amtweb.scenarios.editor.new_rows import new_exercise, new_sale
from amtweb.scenarios.editor.wording import read_day
from calculator.fields import MOST_YEARS

if TYPE_CHECKING:
    from collections.abc import Callable

    from amtweb.scenarios.editor.typed import Tree


MOST_YEARS_BACK = 30
YEAR_FIELDS = {spec.field for _, _, specs in YEAR_GROUPS for spec in specs}


class Kind(NamedTuple):
    """A kind of row."""

    name: str
    """As a person calls one."""
    prefix: str
    """Of the ids given to new rows."""
    new: Callable[[Tree], Tree]
    """What a new row holds."""
    first_field: str
    """Where typing begins."""


class Change(NamedTuple):
    """The tree after a change of rows, the path to go on at, and what happened in words."""

    tree: Tree
    focus: str
    said: str


def change_rows(tree: Tree, operation: str) -> Change:
    """Carries out ``add:grants``, ``copy:sales:2``, ``earlier:years`` or ``fill:years:wages``.

    ``exercise:grants:0`` and ``sell:exercises:0`` add an exercise or a sale of just that,
    ``reach:exercises:0`` the years before the first one back to its date, ``add:years:3`` three.

    Raises:
        ValueError: It is no such operation, or there is no such row.
    """
    verb, _, rest = operation.partition(":")
    name, _, number = rest.partition(":")
    changed = copy.deepcopy(tree)
    if name == "years":
        return (
            _fill_right(changed, number) if verb == "fill" else _change_years(changed, verb, number)
        )
    if verb == "reach":
        return _reach(changed, _rows(changed, name)[int(number)])
    kind = KINDS.get(name)
    if kind is None or (verb not in ("add", "copy", "remove") and (verb, name) not in TAKINGS):
        raise ValueError(operation)
    rows = _rows(changed, name)
    if verb == "add":
        return _add(changed, name)
    place = _index(number, rows)
    if (verb, name) in TAKINGS:
        return _take(changed, TAKINGS[verb, name], rows[place])
    if verb == "copy":
        rows.insert(place + 1, rows[place] | {"id": free_id(changed, kind.prefix)})
        return Change(changed, f"{name}[{place + 1}].{kind.first_field}", f"Copied {kind.name}.")
    del rows[place]
    next_place = min(place, len(rows) - 1)
    focus = f"{name}[{next_place}].{kind.first_field}" if rows else f"add:{name}"
    return Change(changed, focus, f"Removed {kind.name}.")


def _add(tree: Tree, name: str) -> Change:
    """Adds a row at the end; to a first sale of options, the exercise that has to come before."""
    kind, rows = KINDS[name], _rows(tree, name)
    if (
        name == "sales"
        and tree.get("grants")
        and not (tree.get("exercises") or tree.get("holdings"))
    ):
        exercised = _take(tree, "exercises", {"id": new_exercise(tree)["grant"]})
        rows.append({"id": free_id(tree, kind.prefix)} | new_sale(tree))
        said = "Added an exercise and a sale: options are exercised before they are sold."
        return Change(tree, exercised.focus, said)
    rows.append({"id": free_id(tree, kind.prefix)} | kind.new(tree))
    return Change(tree, f"{name}[{len(rows) - 1}].{kind.first_field}", f"Added {kind.name}.")


def _take(tree: Tree, name: str, of: Tree) -> Change:
    """Adds an exercise of a grant or a sale of a lot, of which all is known but the price."""
    kind, rows = KINDS[name], _rows(tree, name)
    source = str(of.get("id", ""))
    new = new_exercise(tree, source) if name == "exercises" else new_sale(tree, source)
    rows.append({"id": free_id(tree, kind.prefix)} | new)
    return Change(tree, f"{name}[{len(rows) - 1}].date", f"Added {kind.name}.")


def _change_years(tree: Tree, verb: str, count: str) -> Change:
    years = _rows(tree, "years")
    if verb == "remove" and len(years) > 1:
        gone = years.pop()
        return Change(tree, f"years[{len(years) - 1}].wages", f"Removed {gone.get('year', '')}.")
    if verb == "remove_first" and len(years) > 1:
        gone = years.pop(0)
        return Change(tree, "years[0].wages", f"Removed {gone.get('year', '')}.")
    if verb not in ("add", "earlier") or not years:
        raise ValueError(verb)
    if verb == "add" and count:
        return _add_years(tree, years, int(count))
    beside = years[-1] if verb == "add" else years[0]
    number = int(beside["year"]) + (1 if verb == "add" else -1)
    new = copy.deepcopy(beside) | {"year": str(number)}
    place = len(years) if verb == "add" else 0
    years.insert(place, new)
    return Change(tree, f"years[{place}].wages", f"Added {number}, a copy of {beside['year']}.")


def _add_years(tree: Tree, years: list[Any], count: int) -> Change:
    """Several copies of the last year, asked for beside the results, where one stays."""
    last = int(years[-1]["year"])
    if not 0 < count <= MOST_YEARS - len(years):
        raise ValueError(count)
    added = [str(last + later) for later in range(1, count + 1)]
    years += [copy.deepcopy(years[-1]) | {"year": year} for year in added]
    named = added[0] if count == 1 else f"{added[0]} to {added[-1]}"
    copies = "a copy" if count == 1 else "copies"
    return Change(tree, "headline", f"Added {named}, {copies} of {last}.")


def _reach(tree: Tree, row: Tree) -> Change:
    """Adds copies of the first year back to that of a row."""
    years, day = _rows(tree, "years"), read_day(row.get("date"))
    first = int(years[0]["year"])
    if day is None or not 0 < first - day.year <= MOST_YEARS_BACK:
        raise ValueError(row)
    years[:0] = [
        copy.deepcopy(years[0]) | {"year": str(number)} for number in range(day.year, first)
    ]
    added = str(day.year) if day.year == first - 1 else f"{day.year} to {first - 1}"
    copies = "a copy" if day.year == first - 1 else "copies"
    return Change(tree, "years[0].wages", f"Added {added}, {copies} of {first}.")


def _fill_right(tree: Tree, field: str) -> Change:
    """The first year's value of a field, in all years after it."""
    if field not in YEAR_FIELDS:
        raise ValueError(field)
    years = _rows(tree, "years")
    *outer, last = field.split(".")
    value: Any = years[0]
    for key in (*outer, last):
        value = value.get(key, "") if isinstance(value, dict) else ""
    for year in years[1:]:
        place = year
        for key in outer:
            place = place.setdefault(key, {})
        place[last] = str(value)
    return Change(
        tree, f"years[0].{field}", f"Copied from {years[0].get('year', '')} to all years."
    )


def _rows(tree: Tree, name: str) -> list[Any]:
    rows = tree.setdefault(name, [])
    if not isinstance(rows, list):
        raise ValueError(name)
    return rows


def _index(number: str, rows: list[Any]) -> int:
    place = int(number)
    if not 0 <= place < len(rows):
        raise ValueError(number)
    return place


def free_id(tree: Tree, prefix: str) -> str:
    """An id that no row has."""
    taken = {row.get("id") for name in KINDS for row in tree.get(name, ()) if isinstance(row, dict)}
    number = 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _first_id(tree: Tree, *names: str) -> str:
    for name in names:
        for row in tree.get(name) or ():
            return str(row.get("id", ""))
    return ""


TAKINGS = {
    ("exercise", "grants"): "exercises",
    ("sell", "exercises"): "sales",
    ("sell", "holdings"): "sales",
}
"""Which row is added to take shares of a row."""
KINDS = {
    "grants": Kind("a grant", "g", lambda _: {"kind": "iso"}, "label"),
    "vestings": Kind("a vesting", "v", lambda tree: {"grant": _first_id(tree, "grants")}, "grant"),
    "exercises": Kind("an exercise", "e", new_exercise, "grant"),
    "holdings": Kind("a holding", "h", lambda _: {}, "label"),
    "sales": Kind("a sale", "s", new_sale, "from"),
    "splits": Kind("a split", "x", lambda _: {}, "stock"),
}
