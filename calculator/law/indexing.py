"""Indexed amounts: a statutory value, grown with the price index and rounded as the statute says.

An index table (``tables/indexing.toml`` and ``tables/sunset.toml``) has a section for each rule,
with the index ratio of its anchor year, and the growth of the years after as far as it is
estimated.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from calculator.law.groups import Group, check_citation, groups_in
from calculator.law.published import read_table
from calculator.scenario import FILING_STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable

_BRACKETS: Final = "income_tax."
_TOPS: Final = "income_tax.bracket_tops"
_GROWTH: Final = "growth.estimated"
# In decimal arithmetic, since a float could fall just short of a multiple.
_ROUNDING: Final = {"down": ROUND_FLOOR, "nearest": ROUND_HALF_UP}


@cache
def index_table(name: str) -> dict[str, Any]:
    """An index table as it stands in its file, numbers with a point as decimals."""
    return read_table(name, parse_float=Decimal)


def indexed_groups(name: str, year: int, indexing_rate: float) -> dict[str, Group]:
    """Every indexed amount of a year, by filing status; in the anchor year, as published.

    Args:
        name: The index table.
        year: Not before the anchor year of the table.
        indexing_rate: Yearly growth of the price index after the last estimated year.
    """
    growth = _growth_since_anchor(index_table(name), year, indexing_rate)
    groups: dict[str, Group] = {
        rule: _indexed_group(how, growth) for rule, how in _rules(name).items()
    }
    brackets = [rule for rule in groups if rule.startswith(_BRACKETS)]
    groups[_TOPS] = _stacked([groups.pop(rule) for rule in brackets])
    return groups


def indexed_rules(name: str) -> frozenset[str]:
    """The groups that an index table has an amount for."""
    return frozenset(_TOPS if rule.startswith(_BRACKETS) else rule for rule in _rules(name))


def _stacked(sections: list[Group]) -> Group:
    """The bracket tops of the sections that hold some of them each, lowest first."""
    cited = sections[-1]
    tops = {
        status: [top for section in sections for top in _as_list(section[status])]
        for status in FILING_STATUSES
    }
    return {**cited, **tops}


def _as_list(amounts: Any) -> Iterable[float]:
    return amounts if isinstance(amounts, list) else [amounts]


def _growth_since_anchor(table: Group, year: int, indexing_rate: float) -> Decimal:
    estimated = table["growth"]["estimated"]
    assumed = 1 + Decimal(str(indexing_rate))
    growth = Decimal(1)
    for grown in range(table["anchor_year"] + 1, year + 1):
        growth *= estimated.get(str(grown), assumed)
    return growth


def _indexed_group(rule: Group, growth: Decimal) -> Group:
    amounts: dict[str, list[Decimal]] = {}
    for status in (key for key in rule if isinstance(rule[key], dict)):
        how = rule[status]
        if "of" in how:
            amounts[status] = [_share(amount, how) for amount in amounts[how["of"]]]
        else:
            ratio = how.get("ratio", rule["ratio"]) * growth
            bases = how["base"] if isinstance(how["base"], list) else [how["base"]]
            amounts[status] = [_grown(base, rule, ratio, how["multiple"]) for base in bases]
    group: dict[str, Any] = {"unit": rule["unit"], "source": rule["source"]}
    for status, (*several, last) in amounts.items():
        group[status] = [*map(float, several), float(last)] if several else float(last)
    return group


def _grown(base: int, rule: Group, ratio: Decimal, multiple: int) -> Decimal:
    increase = base * max(ratio - 1, Decimal(0))
    if rule["rounds"] == "increase":
        return base + _rounded(increase, multiple, rule["direction"])
    return max(Decimal(base), _rounded(base + increase, multiple, rule["direction"]))


def _share(amount: Decimal, how: Group) -> Decimal:
    share = amount * how["times"]
    return _rounded(share, how["down_to"], "down") if "down_to" in how else share


def _rounded(amount: Decimal, multiple: int, direction: str) -> Decimal:
    return (amount / multiple).to_integral_value(_ROUNDING[direction]) * multiple


@cache
def _rules(name: str) -> dict[str, Group]:
    """The sections of indexed amounts, each with its unit and source."""
    groups = groups_in(index_table(name))
    for rule, group in groups.items():
        check_citation(rule, group)
    del groups[_GROWTH]
    return groups
