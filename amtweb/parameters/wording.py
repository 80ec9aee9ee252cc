"""Parameters in words: amounts, rates, brackets, and how each stands."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.money_words import dollars

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from calculator.law.cited import CitedParameter

STANDINGS = {
    "published": ("", ""),
    "projected": ("projected", "grown with the price index from the last published year"),
    "scheduled": ("by statute", "the statute itself dates the change"),
    "standing": ("unchanged", "neither indexed nor scheduled to change"),
    "counterfactual": ("not the law", "what it would be had the tax cuts of 2017 expired"),
}
NAMES = {
    "low": "lower",
    "middle": "middle",
    "high": "higher",
    "unrecaptured_section_1250": "unrecaptured section 1250 gain",
    "collectibles": "28% gain",
}
NO_RULE = "none"
FRACTION = "fraction"
DOLLARS = "dollars"


class Row(NamedTuple):
    """A parameter as the page shows it."""

    name: str
    caption: str
    value: str
    before: str
    """In the year before, where it was another; empty otherwise."""
    unit: str
    source: str
    url: str
    standing: str
    explained: str


class Section(NamedTuple):
    """The parameters of one part of the law."""

    caption: str
    rows: tuple[Row, ...]


def sections(
    now: Iterable[CitedParameter], before: Iterable[CitedParameter]
) -> tuple[Section, ...]:
    """The parameters of a year, beside those of the year before as far as they differ."""
    earlier = {each.name: each for each in before}
    rows = ((each.section, _row(each, earlier.get(each.name))) for each in now)
    return tuple(
        Section(caption, tuple(row for _, row in group))
        for caption, group in groupby(rows, lambda pair: pair[0])
    )


def _row(now: CitedParameter, before: CitedParameter | None) -> Row:
    standing, explained = STANDINGS[now.standing]
    value = _value(now)
    was = _value(before) if before else value
    return Row(
        name=now.name.replace(".", "-"),
        caption=now.caption,
        value=value,
        before="" if was == value else was,
        unit=now.unit,
        source=now.source,
        url=now.url,
        standing=standing,
        explained=explained,
    )


def _value(parameter: CitedParameter) -> str:
    if parameter.name == "itemized_limit.fraction":
        (_, numerator), (_, denominator) = parameter.values
        return f"{numerator:g}/{denominator:g}" if numerator else NO_RULE
    return "; ".join(_named(parameter.values, parameter.unit))


def _named(values: Iterable[tuple[str, Any]], unit: str) -> Iterator[str]:
    for name, value in values:
        several = value if isinstance(value, tuple) else (value,)
        text = ", ".join(_number(each, unit) for each in several)
        yield f"{NAMES.get(name, name)} {text}" if name else text


def _number(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if math.isinf(value):
        return NO_RULE
    if unit.startswith(FRACTION):
        return f"{Decimal(str(value)) * 100:f}".rstrip("0").rstrip(".") + "%" if value else "0%"
    if unit.startswith(DOLLARS):
        return dollars(value) if value else NO_RULE
    return f"{value:g}"
