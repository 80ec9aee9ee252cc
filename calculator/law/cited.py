"""The parameters of a year for people: each with caption, value, unit, source and how it stands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from calculator.errors import Problem, UnsupportedSituation
from calculator.law import why_unsupported
from calculator.law.groups import EVERYONE, KEYS, LawTableError
from calculator.law.indexing import indexed_rules
from calculator.law.projected import INDEXING, projected_groups, scheduled_changes
from calculator.law.published import published_groups, published_years
from calculator.law.sunset import first_sunset_year, sunset_groups
from calculator.scenario import FILING_STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculator.law.groups import Group, Groups
    from calculator.scenario import LawChoice

CAPTIONS: Final = Path(__file__).with_name("captions.toml")
SUNSET: Final = "sunset"
"""The law path."""


class CitedParameter(NamedTuple):
    """One rule's numbers, for one filing status."""

    name: str
    """``amt.exemption``."""
    section: str
    caption: str
    values: tuple[tuple[str, Any], ...]
    """Named numbers (``low``, ``high``); one without a name where there is only one.

    A number is in ``unit``; several in a tuple belong to the brackets.  Infinity and zero stand
    for a rule that the year does not have.
    """
    unit: str
    source: str
    url: str
    standing: str
    """``published``; ``projected`` with the price index; ``scheduled`` by the statute for the
    year; ``standing`` since the last table, for it is neither; ``counterfactual``."""


def cited_parameters(
    year: int, filing_status: str, choice: LawChoice
) -> tuple[CitedParameter, ...]:
    """Every parameter that a year is computed with, in the order of a return.

    Raises:
        UnsupportedSituation: The year is not modelled under this choice, or it has no tables
            because it is that of the flat model.
    """
    reason = why_unsupported(year, choice)
    if choice.path == "flat":
        reason = "The flat model has no tables: its rates stand in the scenario."
    if reason:
        raise UnsupportedSituation((Problem(path="law", message=reason, unsupported=True),))
    groups, standings = _groups(year, choice)
    return tuple(
        _cited(name, groups[name], filing_status, standings.get(name, "standing"))
        for name in captions()
    )


@cache
def captions() -> Mapping[str, tuple[str, str]]:
    """The section and the caption of each group.

    Raises:
        LawTableError: The file names other groups than the tables have.
    """
    import tomllib  # only here: importing the calculator should not wait for a parser

    sections = tomllib.loads(CAPTIONS.read_text("utf-8"))
    found = {
        f"{section}.{name}": (names["caption"], caption)
        for section, names in sections.items()
        for name, caption in names.items()
        if name != "caption"
    }
    if odd := found.keys() ^ KEYS.keys():
        raise LawTableError(f"{CAPTIONS.name}: {', '.join(sorted(odd))}")
    return found


def _groups(year: int, choice: LawChoice) -> tuple[Groups, dict[str, str]]:
    """The groups of the year, and how each of them stands."""
    if choice.path == SUNSET and year >= first_sunset_year():
        groups = sunset_groups(year, choice.indexing_rate)
        return groups, dict.fromkeys(groups, "counterfactual")
    last = published_years()[-1]
    if year <= last:
        groups = published_groups(year)
        return groups, dict.fromkeys(groups, "published")
    scheduled = [
        name
        for since, names in scheduled_changes().items()
        if last < since <= year
        for name in names
    ]
    indexed = indexed_rules(INDEXING)
    standings = dict.fromkeys(scheduled, "scheduled") | dict.fromkeys(indexed, "projected")
    return projected_groups(year, choice.indexing_rate), standings


def _cited(name: str, group: Group, filing_status: str, standing: str) -> CitedParameter:
    section, caption = captions()[name]
    keys = KEYS[name]
    values: tuple[tuple[str, Any], ...]
    if keys == (EVERYONE,):
        values = (("", _value(group[EVERYONE])),)
    elif keys == FILING_STATUSES:
        values = (("", _value(group[filing_status])),)
    else:
        values = tuple((key, _value(group[key])) for key in keys)
    return CitedParameter(
        name,
        section,
        caption,
        values,
        # The table that a projected year grows from may name a part of a group only.
        published_groups(published_years()[-1])[name]["unit"],
        group["source"],
        group.get("url", ""),
        standing,
    )


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
