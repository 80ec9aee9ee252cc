"""The figures of a proposal in tables: the headline, and every year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.totals import AMOUNTS, delta, had_credit, present_value, without_credit
from amtweb.scenarios.charts.money_words import counts, dollars, whole
from calculator.equity.splits import after_splits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from amtweb.comparing.columns import Column
    from calculator import YearResult

NONE = "\N{EN DASH}"
INCOME = ("wages", "interest", "qualified_dividends", "other_income")
"""What a year brings in cash by itself."""
LATEST = math.inf
"""In place of the year that does not come."""
TAKEN = {key: of for key, _, _, of in AMOUNTS}


class Measure(NamedTuple):
    """A figure of every scenario, of which less or more may be better."""

    key: str
    label: str
    hint: str
    of: Callable[[Column], float]
    better: int
    """-1: less; 1: more; 0: neither is."""


def _total(key: str, label: str, hint: str, better: int) -> Measure:
    taken = TAKEN[key]
    return Measure(key, label, hint, lambda column: taken(column.result.years), better)


def cash_left(column: Column) -> float:
    """Income and what sales bring, less what exercises cost and all federal tax of the years."""
    facts = after_splits(column.facts)
    years = {str(year) for year in column.years}
    strikes = {grant.id: float(grant.strike) for grant in facts.grants}
    paid = math.fsum(
        float(each.shares) * strikes[each.grant]
        for each in facts.exercises
        if str(each.date.year) in years
    )
    brought = math.fsum(
        float(each.shares) * float(each.price)
        for each in facts.sales
        if str(each.date.year) in years
    )
    income = math.fsum(float(getattr(year, name)) for year in facts.years for name in INCOME)
    return income + brought - paid - TAKEN["federal_tax"](column.result.years)


MEASURES = (
    _total("federal_tax", "Federal tax", "Of all years, after credits, with AMT", -1),
    _total("amt", "AMT in all", "Of all years", -1),
    _total("credit_used", "AMT credit that comes back", "Used against later taxes", 0),
    _total("credit_left", "AMT credit left", "At the end of the last year", 0),
    _total("credit_eroded", "AMT credit eroded", "Lost to exclusion items", -1),
    _total("amt_loss_left", "AMT capital loss left", "At the end of the last year", 0),
)
CASH = Measure(
    "cash",
    "Cash left after tax",
    "Income and sales, less strike and federal tax; shares still held are not counted",
    cash_left,
    1,
)
VALUE = Measure(
    "present_value",
    "Present value of taxes",
    "In the first year, less what the credit left is worth",
    present_value,
    -1,
)
ALWAYS = ("federal_tax", "amt")


def headline_rows(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """The figures that tell the scenarios apart, the best of each marked.

    Where they cover different years, totals are each one's own, and none is better.
    """
    comparable = len({column.years for column in columns}) < 2
    rows = [_row(measure, columns, comparable=comparable) for measure in _measures(columns)]
    if any(map(had_credit, columns)):
        rows.insert(3, _used_up(columns, comparable=comparable))
    return rows


def _measures(columns: Sequence[Column]) -> Iterator[Measure]:
    for measure in MEASURES:
        if measure.key in ALWAYS or any(counts(measure.of(column)) for column in columns):
            yield measure
    if any(column.facts.exercises or column.facts.sales for column in columns):
        yield CASH
    if any(
        whole(VALUE.of(column)) != whole(TAKEN["federal_tax"](column.result.years))
        for column in columns
    ):
        yield VALUE


def _row(measure: Measure, columns: Sequence[Column], *, comparable: bool) -> dict[str, Any]:
    amounts = [measure.of(column) for column in columns]
    best = _best([whole(each) for each in amounts], measure.better if comparable else 0)
    cells = [
        {
            "text": dollars(amount),
            "differs": "" if not place or not comparable else _differs(amount - amounts[0]),
            "best": place in best,
        }
        for place, amount in enumerate(amounts)
    ]
    return {"label": measure.label, "hint": measure.hint, "cells": cells}


def _differs(amount: float) -> str:
    change = delta(amount)
    if change.nothing:
        return "the same"
    return f"{dollars(abs(amount))} {'more' if amount > 0 else 'less'}"


def _used_up(columns: Sequence[Column], *, comparable: bool) -> dict[str, Any]:
    years = [_year_without(column) for column in columns]
    best = _best(years, -1 if comparable else 0)
    cells = [
        {
            "text": _when(column, year),
            "differs": "" if not place or not comparable else _sooner(years[0], year),
            "best": place in best,
        }
        for place, (column, year) in enumerate(zip(columns, years, strict=True))
    ]
    return {"label": "AMT credit all back in", "hint": "The year that uses it up", "cells": cells}


def _year_without(column: Column) -> float:
    """When the credit is used up; NaN for a scenario that never had one."""
    if not had_credit(column):
        return math.nan
    year = without_credit(column)
    return LATEST if year is None else year


def _when(column: Column, year: float) -> str:
    if math.isnan(year):
        return "no credit"
    return f"not by {column.years[-1]}" if year == LATEST else str(int(year))


def _sooner(before: float, after: float) -> str:
    if not (math.isfinite(before) and math.isfinite(after)):
        return ""
    years = int(abs(before - after))
    if not years:
        return "the same"
    return f"{years} year{'s' * (years > 1)} {'sooner' if after < before else 'later'}"


def _best(amounts: Sequence[float], better: int) -> set[int]:
    """The places of the best, if not all are as good."""
    told = [each for each in amounts if not math.isnan(each)]
    if not better or len(told) < len(amounts) or len({*told}) < 2:
        return set()
    best = max(told) if better > 0 else min(told)
    return {place for place, each in enumerate(amounts) if each == best}


OF_YEARS: tuple[tuple[str, str, Callable[[YearResult], float]], ...] = (
    ("federal_tax", "Federal tax", lambda year: float(year.federal_tax)),
    ("amt", "AMT, in the federal tax", lambda year: float(year.amt)),
    ("credit_used", "AMT credit used", lambda year: float(year.credit_used)),
    ("credit_eroded", "AMT credit eroded", lambda year: float(year.credit_eroded)),
    ("credit_balance", "AMT credit left at the end", lambda year: float(year.credit_balance)),
)


def year_tables(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """A table a figure, a row a year, a column a scenario; what is nowhere is left out."""
    years = sorted({year for column in columns for year in column.years})
    by_year = [{year.year: year for year in column.result.years} for column in columns]
    tables = []
    for key, label, of in OF_YEARS:
        found = [
            [None if year not in results else of(results[year]) for results in by_year]
            for year in years
        ]
        if key in ALWAYS or any(counts(each or 0.0) for row in found for each in row):
            rows = [
                {"year": year, "cells": [_cell(each) for each in row]}
                for year, row in zip(years, found, strict=True)
            ]
            tables.append({"label": label, "rows": rows})
    return tables


def _cell(amount: float | None) -> str:
    return NONE if amount is None else dollars(amount)
