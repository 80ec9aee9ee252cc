"""The inputs in which two scenarios differ, each with what it changes by itself."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from calculator.document.consistency import problems_of_sense
from calculator.document.reading import joined
from calculator.fields import document_fields
from calculator.scenario import Household, Scenario, YearFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.fields import DocumentField

Steps: TypeAlias = "tuple[tuple[str, object], ...]"
"""The way to an input: attributes, each with the id or year of an item if it is a list."""

WITHOUT_EFFECT = {"title", "notes", "label", "id", "schema_version", "year"}


class InputDifference(NamedTuple):
    """One input; None where it is missing."""

    path: str
    """In the later document, or in the earlier one if it is missing there."""
    before: Any
    after: Any
    steps: Steps


def differing_inputs(before: Scenario, after: Scenario) -> list[InputDifference]:
    """The inputs of two scenarios that differ, in the order of the document."""
    return list(_differences(before, after, "", (), (before.household, after.household)))


def differing_facts(before: YearFacts, after: YearFacts, path: str) -> list[InputDifference]:
    """The facts of two years that differ; ``path`` is the document's of the later year."""
    return list(_differences(before, after, path, (("years", before.year),), None))


def with_input(scenario: Scenario, difference: InputDifference) -> Scenario | None:
    """The earlier scenario with one input of the later; None if the two do not go together."""
    changed: Scenario = _replaced(scenario, difference.steps, difference.after)
    if difference.steps[0][0] == "household":
        changed = _inherited(scenario, changed)
    sound = next(problems_of_sense(changed, arrays_fit=True), None) is None
    return changed if sound else None


def plain(value: Any) -> Any:
    """An input as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {field.key: plain(getattr(value, field.attribute)) for field in _fields_of(value)}
    return value


def _differences(
    before: Any, after: Any, path: str, steps: Steps, common: tuple[Household, Household] | None
) -> Iterator[InputDifference]:
    for field in _fields_of(before):
        if field.attribute in WITHOUT_EFFECT:
            continue
        pair = getattr(before, field.attribute), getattr(after, field.attribute)
        place = joined(path, field.key)
        here = (*steps, (field.attribute, None))
        if field.many is not None:
            yield from _differing_items(*pair, place, here, common)
        elif field.nested is None or None in pair:
            if pair[0] != pair[1]:
                yield InputDifference(place, *pair, here)
        elif field.overrides and common is not None:
            yield from _own(_differences(*pair, place, here, None), common)
        else:
            yield from _differences(*pair, place, here, common)


def _differing_items(
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    path: str,
    steps: Steps,
    common: tuple[Household, Household] | None,
) -> Iterator[InputDifference]:
    places = {_name(item): place for place, item in enumerate(before)}
    later = {_name(item) for item in after}
    for place, item in enumerate(after):
        name = _name(item)
        here = (*steps[:-1], (steps[-1][0], name))
        if name in places:
            earlier = before[places[name]]
            yield from _differences(earlier, item, f"{path}[{place}]", here, common)
        else:
            yield InputDifference(f"{path}[{place}]", None, item, here)
    for name, place in places.items():
        if name not in later:
            here = (*steps[:-1], (steps[-1][0], name))
            yield InputDifference(f"{path}[{place}]", before[place], None, here)


def _own(
    found: Iterator[InputDifference], common: tuple[Household, Household]
) -> Iterator[InputDifference]:
    """Without what a year only inherits from the scenario's household."""
    for each in found:
        name = each.steps[-1][0]
        inherited = tuple(getattr(household, name) for household in common)
        if (each.before, each.after) != inherited:
            yield each


def _fields_of(item: object) -> tuple[DocumentField, ...]:
    of: type = item.__class__
    return document_fields(of)


def _name(item: Any) -> object:
    return item.year if isinstance(item, YearFacts) else item.id


def _replaced(of: Any, steps: Steps, value: Any) -> Any:
    (attribute, name), *rest = steps
    now = getattr(of, attribute)
    if name is None:
        inner = _replaced(now, tuple(rest), value) if rest else value
        return replace(of, **{attribute: inner})
    if rest:
        items = tuple(
            _replaced(item, tuple(rest), value) if _name(item) == name else item for item in now
        )
    else:
        kept = tuple(item for item in now if _name(item) != name)
        items = kept if value is None else (*kept, value)
    return replace(of, **{attribute: items})


def _inherited(before: Scenario, changed: Scenario) -> Scenario:
    """With the changed household in every year that had the common one's value."""
    years = []
    for facts in changed.years:
        own = {
            field.name: getattr(changed.household, field.name)
            for field in fields(Household)
            if getattr(facts.household, field.name) == getattr(before.household, field.name)
        }
        years.append(replace(facts, household=replace(facts.household, **own)))
    return replace(changed, years=tuple(years))
