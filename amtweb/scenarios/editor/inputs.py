"""The inputs of the editor as they are shown: the fields, filled in with what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor.fields import (
    EVENT_KINDS,
    FLAT,
    HOUSEHOLD,
    HOUSEHOLD_MORE,
    LAW,
    METHOD,
    OPENING,
    YEAR_GROUPS,
    Choices,
    EventKind,
    Spec,
)
from amtweb.scenarios.editor.knobs import Knob, Known, knobs_of
from amtweb.scenarios.editor.lot_words import choices_with_left, own_choices
from amtweb.scenarios.editor.pending import REFERENCES, is_incomplete
from amtweb.scenarios.editor.places import id_of
from amtweb.scenarios.editor.summaries import Summaries
from amtweb.scenarios.editor.wording import read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from amtweb.scenarios.editor.typed import Tree
    from amtweb.scenarios.uncounted import Uncounted

MAIN_EVENTS = ("grants", "exercises", "sales")
MOST_CHOICES = 10_000
"""Lots that the rows of one kind repeat, all together: more would make a page of megabytes."""

MAY_BE_NEGATIVE = frozenset(
    {
        "adjustments",
        "collectibles_gain",
        "long_term_gain",
        "other_amt_deferral_items",
        "other_amt_exclusion_items",
        "other_income",
        "prior_year_adjusted_gross_income",
        "short_term_gain",
        "unrecaptured_section_1250_gain",
    }
)


class Input(NamedTuple):
    """One input as it is shown."""

    name: str
    """Its path in the document."""
    label: str
    value: str
    control: str
    """``amount``, ``text``, ``long_text``, ``date``, ``count`` or ``choice``."""
    choices: Choices
    error: str
    hint: str = ""
    unit: str = ""
    wide: bool = False
    chosen_from: str = ""
    """The list that has all its choices, if there are too many to stand here."""

    @property
    def id(self) -> str:
        """The name as an id that a style sheet can select."""
        return id_of(self.name)

    @property
    def is_unread_day(self) -> bool:
        """Whether it holds what a browser would not keep in an input of a day."""
        return self.control == "date" and bool(self.value) and not read_day(self.value)

    @property
    def takes_a_minus(self) -> bool:
        """Whether it needs the whole keyboard: a phone's digits for amounts have no minus."""
        return self.name.rpartition(".")[2] in MAY_BE_NEGATIVE


class YearRow(NamedTuple):
    """One field over all years."""

    field: str
    label: str
    hint: str
    inputs: tuple[Input, ...]


class YearGroup(NamedTuple):
    """Fields of a year that belong together."""

    title: str
    open: bool
    """Always, if it has no title."""
    rows: tuple[YearRow, ...]


class Event(NamedTuple):
    """A grant, an exercise, a holding or a sale."""

    number: int
    """Its place, from 0."""
    id: str
    id_name: str
    heading: str
    inputs: tuple[Input, ...]
    more: tuple[Input, ...]
    more_title: str
    more_open: bool
    summary: str
    """All of it in a line."""
    outcome: str
    """How long what is sold was held, and what that makes of it."""
    folded: bool
    """Whether it is complete and without a mistake: then its line is enough."""
    knobs: tuple[Knob, ...]
    uncounted: Uncounted | None
    """Of an exercise before the first year."""


class Events(NamedTuple):
    """All events of a kind."""

    name: str
    title: str
    one: str
    none_yet: str
    events: tuple[Event, ...]
    note: str = ""
    lots: tuple[tuple[str, Choices], ...] = ()
    """By the field that refers to them, the lots that are too many to stand at each row."""
    needs: Choices = ()
    """Operations and words of what has to be there first: there is nothing a row could refer to."""


class Editor(NamedTuple):
    """Everything the editor shows on its left side."""

    title: Input
    notes: Input
    household: tuple[Input, ...]
    household_more: tuple[Input, ...]
    household_more_open: bool
    years: tuple[Input, ...]
    """The hidden inputs that say which years there are."""
    year_groups: tuple[YearGroup, ...]
    events: tuple[Events, ...]
    opening: tuple[Input, ...]
    opening_open: bool
    law: tuple[Input, ...]
    law_open: bool
    flat: tuple[Input, ...]
    method: tuple[Input, ...]
    method_open: bool

    @property
    def main_events(self) -> tuple[Events, ...]:
        """What nearly everybody has."""
        return tuple(kind for kind in self.events if kind.name in MAIN_EVENTS)

    @property
    def other_events(self) -> tuple[Events, ...]:
        """What some have: folded until there is one."""
        return tuple(kind for kind in self.events if kind.name not in MAIN_EVENTS)

    @property
    def other_events_open(self) -> bool:
        """Whether some are there."""
        return any(kind.events for kind in self.other_events)

    @property
    def fill_rows(self) -> tuple[YearRow, ...]:
        """All rows of the years, to choose one to fill."""
        return tuple(row for group in self.year_groups for row in group.rows)

    @property
    def is_without_income(self) -> bool:
        """Whether no year has anything yet."""
        return not any(cell.value for cell in self.year_groups[0].rows[0].inputs)


def editor(
    tree: Tree, errors: Mapping[str, str], uncounted: Mapping[int, Uncounted] | None = None
) -> Editor:
    """The inputs that show a tree, with the errors and the exercises not counted beside them."""
    years = tree.get("years") or []
    opening, law = _inputs(OPENING, tree, errors), _inputs(LAW, tree, errors)
    household_more = _inputs(HOUSEHOLD_MORE, tree, errors)
    method = _inputs(METHOD, tree, errors)
    return Editor(
        title=_input(Spec("title", "Title", "text"), "title", tree, "title", errors),
        notes=_input(Spec("notes", "Notes", "long_text"), "notes", tree, "notes", errors),
        household=_inputs(HOUSEHOLD, tree, errors),
        household_more=household_more,
        household_more_open=any(cell.value or cell.error for cell in household_more),
        years=tuple(
            Input(f"years[{i}].year", "Year", str(year.get("year", "")), "hidden", (), "")
            for i, year in enumerate(years)
        ),
        year_groups=tuple(
            _year_group(title, specs, years, errors, is_open=is_open)
            for title, is_open, specs in YEAR_GROUPS
        ),
        events=tuple(_events(kind, tree, errors, uncounted or {}) for kind in EVENT_KINDS),
        opening=opening,
        opening_open=_has_something(OPENING, opening),
        law=law,
        law_open=_has_something(LAW, law),
        flat=_inputs(FLAT, tree, errors),
        method=method,
        method_open=_has_something(METHOD, method),
    )


def _year_group(
    title: str,
    specs: tuple[Spec, ...],
    years: list[Tree],
    errors: Mapping[str, str],
    *,
    is_open: bool,
) -> YearGroup:
    rows = tuple(
        YearRow(
            spec.field,
            spec.label,
            spec.hint,
            tuple(
                _input(
                    spec._replace(label=f"{spec.label} {year.get('year', '')}"),
                    f"years[{i}].{spec.field}",
                    year,
                    spec.field,
                    errors,
                )
                for i, year in enumerate(years)
            ),
        )
        for spec in specs
    )
    filled = any(
        _has_something(specs, column) for column in zip(*(row.inputs for row in rows), strict=True)
    )
    return YearGroup(title, is_open or filled, rows)


def _events(
    kind: EventKind, tree: Tree, errors: Mapping[str, str], uncounted: Mapping[int, Uncounted]
) -> Events:
    rows = tree.get(kind.name) or []
    lots = choices_with_left(tree)
    referring = {spec.field for spec in (*kind.fields, *kind.more)} & lots.keys()
    apart = {field for field in referring if len(lots[field]) * len(rows) > MOST_CHOICES}
    refers_to = REFERENCES.get(kind.name, "")
    own = own_choices(tree) if refers_to else {}
    context = _Context(lots, apart, Summaries(tree), Known.of(tree), errors, uncounted, own)
    return Events(
        kind.name,
        kind.title,
        kind.one,
        kind.none_yet,
        tuple(_event(kind, number, row, context) for number, row in enumerate(rows)),
        kind.note,
        tuple((field, tuple(lots[field])) for field in sorted(apart)),
        _needs(refers_to, lots),
    )


def _needs(refers_to: str, lots: Mapping[str, list[tuple[str, str]]]) -> Choices:
    """What to add first; where there is a grant, a sale brings its exercise with it."""
    if not refers_to or lots["grant"] or lots[refers_to]:
        return ()
    if refers_to == "grant":
        return (("add:grants:first", "Add a grant first"),)
    return (("add:grants:first", "Add a grant first"), ("add:holdings:first", "or a holding"))


class _Context(NamedTuple):
    """What all rows of a kind need; found once, for there can be many."""

    lots: Mapping[str, list[tuple[str, str]]]
    apart: set[str]
    summaries: Summaries
    known: Known
    errors: Mapping[str, str]
    uncounted: Mapping[int, Uncounted]
    own: Mapping[str, tuple[str, str]]


def _event(kind: EventKind, number: int, row: Tree, context: _Context) -> Event:
    choices, apart, errors = context.lots, context.apart, context.errors

    def filled_in(spec: Spec) -> Input:
        name, field = f"{kind.name}[{number}].{spec.field}", spec.field
        if field not in choices:
            return _input(spec, name, row, field, errors)
        current = str(row.get(field, ""))
        own = context.own.get(name)
        lots = [own if own and lot[0] == own[0] else lot for lot in choices[field]]
        if field not in apart:
            spec = spec._replace(choices=_with_current(lots, current))
            return _input(spec, name, row, field, errors)
        only = [lot for lot in lots if lot[0] == current]
        spec = spec._replace(choices=_with_current(only, current))
        return _input(spec, name, row, field, errors)._replace(chosen_from=f"lots-{field}")

    is_wrong = any(path.startswith(f"{kind.name}[{number}]") for path in errors)
    more = tuple(filled_in(spec) for spec in kind.more)
    return Event(
        number=number,
        id=str(row.get("id", "")),
        id_name=f"{kind.name}[{number}].id",
        heading=f"{kind.one.capitalize()} {number + 1}",
        inputs=tuple(filled_in(spec) for spec in kind.fields),
        more=more,
        more_title=kind.more_title,
        more_open=_has_something(kind.more, more),
        summary=context.summaries.of(kind.name, row),
        outcome=context.summaries.outcome(kind.name, row),
        folded=not is_wrong and not is_incomplete(kind.name, row),
        knobs=knobs_of(kind.name, number, row, context.known),
        uncounted=context.uncounted.get(number) if kind.name == "exercises" else None,
    )


def _has_something(specs: tuple[Spec, ...], inputs: Iterable[Input]) -> bool:
    """Whether one of the inputs is filled in, or wrong, and must not be folded away."""
    return any(
        cell.error or (cell.value and cell.value != spec.standing)
        for spec, cell in zip(specs, inputs, strict=True)
    )


def _with_current(choices: list[tuple[str, str]], current: str) -> Choices:
    """The choices, and the one that stands although what it names is gone."""
    if any(value == current for value, _ in choices):
        return tuple(choices)
    return ((current, "Gone: choose another" if current else "Choose"), *choices)


def _with_unread(choices: Choices, value: str) -> Choices:
    """The choices, and what was pasted in place of one: a browser would take the first instead."""
    if not value or not choices or any(value == choice for choice, _ in choices):
        return choices
    return ((value, f"“{value}”: choose one"), *choices)


def _inputs(specs: tuple[Spec, ...], tree: Tree, errors: Mapping[str, str]) -> tuple[Input, ...]:
    return tuple(_input(spec, spec.field, tree, spec.field, errors) for spec in specs)


def _input(spec: Spec, name: str, tree: Tree, field: str, errors: Mapping[str, str]) -> Input:
    value: Any = tree
    for key in field.split("."):
        value = value.get(key, "") if isinstance(value, dict) else ""
    return Input(
        name=name,
        label=spec.label,
        value=str(value) or spec.standing,
        control=spec.control,
        choices=_with_unread(spec.choices, str(value)),
        error=errors.get(name, ""),
        hint=spec.hint,
        unit=spec.unit,
        wide=spec.wide,
    )
