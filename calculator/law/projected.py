"""The years after the last published one: indexing, statutory rounding, scheduled changes.

A projected year is the last published table with some of its groups replaced: by the changes that
the statute itself dates (``tables/scheduled.toml``), and by the indexed amounts, each grown from
its statutory value and rounded as its section says (``tables/indexing.toml``).  What is neither
indexed nor scheduled stays.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from calculator.law.assembly import year_law
from calculator.law.groups import (
    Group,
    Groups,
    check_citation,
    check_group,
    check_groups,
    groups_in,
)
from calculator.law.published import published_groups, published_years, read_table
from calculator.scenario import FILING_STATUSES

if TYPE_CHECKING:
    from calculator.law.parameters import YearLaw

_TOPS: Final = "income_tax.bracket_tops"
_LOWER_TOPS: Final = "income_tax.lower_bracket_tops"
_UPPER_TOPS: Final = "income_tax.upper_bracket_tops"
_GROWTH: Final = "growth.estimated"
# In decimal arithmetic, since a float could fall just short of a multiple.
_ROUNDING: Final = {"down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


def last_projected_year() -> int:
    """The last year that is projected at all."""
    return int(_indexing()["last_year"])


def projected_law(year: int, filing_status: str, indexing_rate: float) -> YearLaw:
    """The law of a year after the last published one; IRC 1(f), 1(j), 55(d), 63(c).

    ``indexing_rate`` is the yearly growth of the price index after the last estimated year.
    """
    groups = _projected_groups(year, indexing_rate)
    return year_law(groups, year=year, filing_status=filing_status, origin="projected")


def indexed_groups(year: int, indexing_rate: float) -> dict[str, Group]:
    """Every indexed amount of a year, by filing status; in the anchor year, as published."""
    growth = _growth_since_anchor(year, indexing_rate)
    groups = {name: _indexed_group(rule, growth) for name, rule in _rules().items()}
    lower, upper = groups.pop(_LOWER_TOPS), groups.pop(_UPPER_TOPS)
    tops = {status: lower[status] + upper[status] for status in FILING_STATUSES}
    return {**groups, _TOPS: {**upper, **tops}}


@lru_cache(maxsize=512)
def _projected_groups(year: int, indexing_rate: float) -> Groups:
    last = published_years()[-1]
    groups = dict(published_groups(last))
    for change, changed in sorted(_scheduled().items()):
        if last < change <= year:
            groups |= changed
    groups |= indexed_groups(year, indexing_rate)
    check_groups(groups)
    return groups


def _growth_since_anchor(year: int, indexing_rate: float) -> Decimal:
    estimated = _indexing()["growth"]["estimated"]
    assumed = 1 + Decimal(str(indexing_rate))
    growth = Decimal(1)
    for grown in range(_indexing()["anchor_year"] + 1, year + 1):
        growth *= estimated.get(str(grown), assumed)
    return growth


def _indexed_group(rule: Group, growth: Decimal) -> dict[str, Any]:
    amounts: dict[str, list[Decimal]] = {}
    for status in (key for key in rule if key in FILING_STATUSES):
        how = rule[status]
        if "of" in how:
            amounts[status] = [_share(amount, how) for amount in amounts[how["of"]]]
        else:
            bases = how["base"] if isinstance(how["base"], list) else [how["base"]]
            amounts[status] = [_grown(base, rule, growth, how["multiple"]) for base in bases]
    group: dict[str, Any] = {"unit": rule["unit"], "source": rule["source"]}
    for status, (*several, last) in amounts.items():
        group[status] = [*map(float, several), float(last)] if several else float(last)
    return group


def _grown(base: int, rule: Group, growth: Decimal, multiple: int) -> Decimal:
    increase = base * max(rule["ratio"] * growth - 1, Decimal(0))
    if rule["rounds"] == "increase":
        return base + _rounded(increase, multiple, rule["direction"])
    return max(Decimal(base), _rounded(base + increase, multiple, rule["direction"]))


def _share(amount: Decimal, how: Group) -> Decimal:
    share = amount * how["times"]
    return _rounded(share, how["down_to"], "down") if "down_to" in how else share


def _rounded(amount: Decimal, multiple: int, direction: str) -> Decimal:
    return (amount / multiple).to_integral_value(_ROUNDING[direction]) * multiple


@cache
def _indexing() -> dict[str, Any]:
    return read_table("indexing.toml", parse_float=Decimal)


@cache
def _rules() -> dict[str, Group]:
    """The sections of indexed amounts, each with its unit and source."""
    groups = groups_in(_indexing())
    for name, group in groups.items():
        check_citation(name, group)
    del groups[_GROWTH]
    return groups


@cache
def _scheduled() -> dict[int, dict[str, Group]]:
    """The groups that change, by the year from which they do."""
    changes = {
        int(year): groups_in(sections) for year, sections in read_table("scheduled.toml").items()
    }
    for groups in changes.values():
        for name, group in groups.items():
            check_group(name, group)
    return changes
