"""Many years at once: a value or a whole year copied to later years, cells from a spreadsheet."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.fields import YEAR_GROUPS
from amtweb.scenarios.editor.rows import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.scenarios.editor.typed import Tree

FILL_RIGHT = "fill_right"
PASTE = "paste"
PASTE_ACROSS = "paste_across"
SPECS = {spec.field: spec for _, _, specs in YEAR_GROUPS for spec in specs}
"""By field, in the order of the page."""
MOST_CELLS = 2_000
_AT = re.compile(r"years\[(?P<place>[0-9]{1,4})\]\.(?P<field>[a-z0-9_.]+)")


class _Growth(NamedTuple):
    """Of amounts, by the year; ``words`` are the person's."""

    rate: float
    words: str

    def of(self, text: str, years: int) -> str:
        amount = wording.read_amount(text) if self.rate else None
        if amount is None:
            return text
        return wording.write_amount(float(round(amount * (1 + self.rate) ** years)))


def fill_right(tree: Tree, post: Mapping[str, str]) -> Change:
    """Copies what a year holds to the years after it.

    Of the form: ``fill_what`` names the field and is blank for the whole year, ``fill_from`` is
    the year, ``fill_amount`` is put there first, and ``fill_growth`` is added for each year.

    Raises:
        ValueError: There is no such field or year.
    """
    field = post.get("fill_what", "")
    changed = copy.deepcopy(tree)
    years = _years(changed)
    names = [str(year.get("year", "")) for year in years]
    first = names.index(post.get("fill_from", ""))
    if field and field not in SPECS:
        raise ValueError(field)
    is_amount = bool(field) and SPECS[field].control == "amount"
    typed = post.get("fill_amount", "").strip() if is_amount else ""
    amount = wording.read_amount(typed) if typed else None
    rate = wording.read_percentage(post.get("fill_growth", "").strip() or "0")
    if typed and amount is None:
        why = wording.why_unread(typed) or "Enter an amount, such as 12,500 or 1.2m."
        return Change(tree, "fill_amount", f"Nothing was filled. {why}")
    if rate is None:
        why = "Enter the growth as a percentage, such as 3 or 2.5."
        return Change(tree, "fill_growth", f"Nothing was filled. {why}")
    focus = f"years[{first}].{field or next(iter(SPECS))}"
    if amount is not None:
        _put(years[first], field, wording.write_amount(amount))
    elif _is_blank(years[first], field):
        what = f"{SPECS[field].label} {names[first]}" if field else names[first]
        why = f"{what} is blank. Fill it in first, or choose another year."
        return Change(tree, focus, f"Nothing was filled: {why}")
    growth = _Growth(rate, wording.write_percentage(rate))
    _copy_right(years[first:], [field] if field else list(SPECS), growth)
    return Change(changed, focus, _told(field, names[first:], growth))


def _is_blank(year: Tree, field: str) -> bool:
    """Whether there is nothing to copy; of a choice, blank is one like the others."""
    if field and SPECS[field].control == "choice":
        return False
    return not any(_text(year, each).strip() for each in ([field] if field else SPECS))


def _copy_right(years: list[Tree], fields: list[str], growth: _Growth) -> None:
    for later, year in enumerate(years[1:], start=1):
        for field in fields:
            text = _text(years[0], field)
            if text or _text(year, field):
                grows = SPECS[field].control == "amount"
                _put(year, field, growth.of(text, later) if grows else text)


def _told(field: str, years: list[str], growth: _Growth) -> str:
    what = f"{SPECS[field].label} {years[0]}" if field else f"All of {years[0]}"
    if len(years) == 1:
        return f"{what}: there is no later year to fill."
    grown = f", growing {growth.words}% a year" if growth.rate else ""
    return f"{what} copied to {_span(years[1:])}{grown}."


def paste(tree: Tree, post: Mapping[str, str], *, across: bool = False) -> Change:
    """Puts the cells of a spreadsheet into the years, from the field ``pasted_at`` on.

    A row goes over the years, a column down the fields; ``across`` turns a column into a row.

    Raises:
        ValueError: There is no such field or year, or there are too many cells.
    """
    match = _AT.fullmatch(post.get("pasted_at", ""))
    if match is None or match["field"] not in SPECS:
        raise ValueError(post.get("pasted_at"))
    cells = cells_of(post.get("pasted", ""))
    if across:
        cells = [[cell for row in cells for cell in row]]
    if sum(len(row) for row in cells) > MOST_CELLS:
        raise ValueError(PASTE)
    changed = copy.deepcopy(tree)
    years = _years(changed)[int(match["place"]) :]
    fields = list(SPECS)[list(SPECS).index(match["field"]) :]
    beyond = 0
    for field, row in zip(fields, cells, strict=False):
        for year, cell in zip(years, row, strict=False):
            _put(year, field, _shown(field, cell))
        beyond += max(0, len(row) - len(years))
    beyond += sum(len(row) for row in cells[len(fields) :])
    return Change(changed, match[0], _told_of_cells(cells, fields, years, beyond))


def cells_of(text: str) -> list[list[str]]:
    """The cells that a spreadsheet puts on the clipboard."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def _told_of_cells(
    cells: list[list[str]], fields: list[str], years: list[Tree], beyond: int
) -> str:
    rows = fields[: len(cells)]
    names = [str(year.get("year", "")) for year in years][: max(len(row) for row in cells)]
    labels = [SPECS[field].label for field in (rows[0], rows[-1])]
    what = labels[0] if len(rows) == 1 else f"{labels[0]} to {labels[1].lower()}"
    out = f" {beyond} beyond the last left out." if beyond else ""
    count = sum(len(row) for row in cells) - beyond
    return f"Pasted {count} cell{'' if count == 1 else 's'}: {what} {_span(names)}.{out}"


def _shown(field: str, cell: str) -> str:
    """What a cell is in a field; what cannot be read stays, to be seen and corrected."""
    spec = SPECS[field]
    if spec.control == "amount":
        amount = wording.read_amount(cell)
        return cell if amount is None else wording.write_amount(amount)
    by_words = {words.casefold(): value for value, words in spec.choices}
    return by_words.get(cell.casefold(), cell)


def _span(years: list[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]}\N{EN DASH}{years[-1]}"


def _years(tree: Tree) -> list[Any]:
    years = tree.get("years")
    if not isinstance(years, list) or not years:
        raise ValueError("years")
    return years


def _text(year: Tree, field: str) -> str:
    value: Any = year
    for key in field.split("."):
        value = value.get(key, "") if isinstance(value, dict) else ""
    return str(value)


def _put(year: Tree, field: str, text: str) -> None:
    *outer, last = field.split(".")
    place = year
    for key in outer:
        place = place.setdefault(key, {})
    place[last] = text
