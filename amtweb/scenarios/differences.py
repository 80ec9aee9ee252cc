"""What differs between two documents, in the words of the page.

Years are matched by year and rows by id, so that a row added in front changes nothing else.  What
is left out of a document counts as its default: two documents without differences say the same.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import places
from amtweb.scenarios.editor.pending import REFERENCES
from amtweb.scenarios.input_words import (
    BLANK,
    lots_in_words,
    row_in_words,
    specs,
    text_of,
    year_in_words,
)
from calculator import Scenario
from calculator.fields import Text, Version, document_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calculator.fields import DocumentField

    Document = Mapping[str, Any]

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
AS_ABOVE = "as above"
LONGEST_TEXT = 80
MOST_IN_A_SUMMARY = 3


class Difference(NamedTuple):
    """One input, or one row that only one of the documents has."""

    kind: str
    """``changed``, ``added``, ``removed``, or ``moved`` for rows in another order."""
    path: str
    """In the later document, or in the earlier one if it is missing there."""
    place: str
    """Where it is on the page: ``Sale 2, Sold`` or ``Wages 2026``."""
    label: str
    """The name of the input or the kind of row alone: ``Sold``."""
    before: str
    after: str
    year: int | None = None
    """The first year that it is of, and the last: one, unless they are gathered."""
    last_year: int | None = None

    @property
    def sentence(self) -> str:
        """All of it: ``Wages 2026: $200,000 → $300,000``."""
        if self.kind == CHANGED:
            return f"{self.place}: {self.before} → {self.after}"
        if self.kind == MOVED:
            return f"{self.place}: in another order"
        what = self.after or self.before
        return f"{self.place} {self.kind}{': ' if what else ''}{what}"


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """What differs, in the order of the document."""
    sides = _Sides(_Side(before), _Side(after))
    return tuple(_of_object(sides, _Here(Scenario, "", ""), before, after))


def gathered(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """With one change made to successive years told once: ``Wages 2026–2030``."""
    fields: dict[Any, list[Difference]] = {}
    for each in found:
        name = (each.path.partition("]")[2], each.before, each.after) if each.year else each.path
        fields.setdefault((each.kind, name), []).append(each)
    return tuple(_joined(run) for same in fields.values() for run in _runs(same))


def summary(found: Sequence[Difference]) -> str:
    """One line: the first few, and how many more there are."""
    told = gathered(found)
    if not told:
        return "Nothing changed"
    first = [each.sentence for each in told[:MOST_IN_A_SUMMARY]]
    more = len(told) - len(first)
    return "; ".join([*first, f"and {more} more"] if more else first)


@dataclass(frozen=True)
class _Side:
    document: Document

    @cached_property
    def lots(self) -> dict[Any, str]:
        """What rows refer to, in words; found once, for there can be many rows."""
        return lots_in_words(self.document)


class _Sides(NamedTuple):
    before: _Side
    after: _Side


class _Here(NamedTuple):
    """An object of the document that is being compared."""

    of: type
    path: str
    name: str
    """The path without numbers: ``years.itemized``."""
    year: int | None = None
    overrides: bool = False

    def inner(self, field: DocumentField) -> _Here:
        return self._replace(
            of=field.nested,
            path=_joined_path(self.path, field.key),
            name=_joined_path(self.name, field.key),
            overrides=self.overrides or field.overrides,
        )


def _of_object(
    sides: _Sides, here: _Here, before: Document, after: Document
) -> Iterator[Difference]:
    for field in document_fields(here.of):
        pair = before.get(field.key), after.get(field.key)
        if pair[0] == pair[1] or isinstance(field.kind, Version):
            continue
        if field.many is not None:
            yield from _of_rows(sides, here.inner(field), *(value or () for value in pair))
        elif field.kind is None:
            yield from _of_object(sides, here.inner(field), *(value or {} for value in pair))
        else:
            values = tuple(_given(field, value, here) for value in pair)
            if values[0] != values[1]:
                yield _change(sides, here, field, values)


def _given(field: DocumentField, value: Any, here: _Here) -> Any:
    """The value, or what stands if there is none."""
    if value is not None or here.overrides or field.default is MISSING:
        return value
    return field.default


def _change(
    sides: _Sides, here: _Here, field: DocumentField, values: tuple[Any, ...]
) -> Difference:
    path = _joined_path(here.path, field.key)
    spec = specs().get(_joined_path(here.name, field.key))
    if spec is not None and field.key in REFERENCES.values():
        texts = _references(sides, values)
    elif isinstance(field.kind, Text):
        texts = _excerpts(*(value or "" for value in values))
    else:
        before, after = (
            AS_ABOVE if here.overrides and value is None else text_of(field, value, spec)
            for value in values
        )
        texts = before, after
    place = (
        places.place_of(path, dict(sides.after.document))
        or field.key.replace("_", " ").capitalize()
    )
    for prefix, panel in _PANELS.items():
        if path.startswith(prefix):
            place = f"{panel}, {place}"
    label = spec.label if spec else place
    return Difference(CHANGED, path, place, label, *texts, here.year, here.year)


def _of_rows(
    sides: _Sides, here: _Here, before: Sequence[Document], after: Sequence[Document]
) -> Iterator[Difference]:
    key = "year" if here.name == "years" else "id"
    earlier = {row.get(key): (number, row) for number, row in enumerate(before)}
    later = {row.get(key) for row in after}
    for number, row in enumerate(after):
        path = f"{here.path}[{number}]"
        year = row.get("year") if key == "year" else None
        if row.get(key) in earlier:
            there = here._replace(path=path, year=year)
            yield from _of_object(sides, there, earlier[row.get(key)][1], row)
        else:
            yield _row(ADDED, path, here, sides.after, row)
    for name, (number, row) in earlier.items():
        if name not in later:
            yield _row(REMOVED, f"{here.path}[{number}]", here, sides.before, row)
    if [k for k in earlier if k in later] != [r.get(key) for r in after if r.get(key) in earlier]:
        label = here.name.capitalize()
        yield Difference(MOVED, here.path, label, label, "", "")


def _row(kind: str, path: str, here: _Here, side: _Side, row: Document) -> Difference:
    """A row that only one of the documents has, and what it is."""
    if here.name == "years":
        place = str(row.get("year"))
        described = year_in_words(row)
    else:
        place = places.place_of(path, dict(side.document))
        described = row_in_words(here.name, row, side.lots)
    texts = ("", described) if kind == ADDED else (described, "")
    return Difference(kind, path, place, place.partition(" ")[0], *texts)


def _references(sides: _Sides, values: tuple[Any, ...]) -> tuple[str, str]:
    earlier, later = (side.lots for side in sides)
    before, after = earlier.get(values[0], BLANK), later.get(values[1], BLANK)
    if before == after:
        return f"{before} ({values[0]})", f"{after} ({values[1]})"
    return before, after


def _excerpts(before: str, after: str) -> tuple[str, str]:
    """Two texts, if they are long only from a little before where they part."""
    same = next(
        (i for i, pair in enumerate(zip(before, after, strict=False)) if len({*pair}) > 1),
        min(len(before), len(after)),
    )
    start = max(0, same - LONGEST_TEXT // 4) if max(len(before), len(after)) > LONGEST_TEXT else 0
    return _excerpt(before, start), _excerpt(after, start)


def _excerpt(text: str, start: int) -> str:
    if not text:
        return BLANK
    shown = " ".join(text[start : start + LONGEST_TEXT].split())
    end = "…" if len(text) > start + LONGEST_TEXT else ""
    return f"“{'…' if start else ''}{shown}{end}”"


def _runs(same: Sequence[Difference]) -> Iterator[list[Difference]]:
    """Those of one change that are of successive years."""
    for _, run in groupby(enumerate(same), lambda pair: (pair[1].year or 0) - pair[0]):
        yield [each for _, each in run]


def _joined(run: Sequence[Difference]) -> Difference:
    first, last = run[0], run[-1]
    if len(run) == 1 or not first.year:
        return first
    place = f"{first.place.removesuffix(str(first.year))}{first.year}\N{EN DASH}{last.year}"
    return first._replace(place=place, last_year=last.year)


def _joined_path(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


_PANELS = {"opening.": "Carried in", "law.flat.": "Flat rates"}
"""Said where the label alone could be of another input, too."""
