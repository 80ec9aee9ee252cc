"""The groups of parameters that the table of every year has, and what makes a group acceptable.

A group is one rule's numbers with their unit and source: ``amt.exemption`` by filing status,
``capital_gains.rates`` by name, ``amt.phaseout_rate`` for everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Any, Final, TypeAlias

from calculator.scenario import FILING_STATUSES

Group: TypeAlias = Mapping[str, Any]
Groups: TypeAlias = Mapping[str, Group]

EVERYONE: Final = "everyone"
_CITATION: Final = frozenset({"unit", "source", "url"})

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "income_tax.rates": (EVERYONE,),
    "income_tax.bracket_tops": FILING_STATUSES,
    "capital_gains.zero_rate_ceiling": FILING_STATUSES,
    "capital_gains.middle_rate_ceiling": FILING_STATUSES,
    "capital_gains.rates": (
        "low",
        "middle",
        "high",
        "unrecaptured_section_1250",
        "collectibles",
    ),
    "capital_gains.loss_limit": FILING_STATUSES,
    "standard_deduction.amount": FILING_STATUSES,
    "standard_deduction.aged_or_blind_addition": FILING_STATUSES,
    "senior_deduction.amount": FILING_STATUSES,
    "senior_deduction.phaseout_start": FILING_STATUSES,
    "senior_deduction.phaseout_rate": (EVERYONE,),
    "personal_exemption.amount": (EVERYONE,),
    "personal_exemption.filers": FILING_STATUSES,
    "personal_exemption.phaseout_start": FILING_STATUSES,
    "personal_exemption.phaseout_step": FILING_STATUSES,
    "personal_exemption.phaseout_rate": (EVERYONE,),
    "state_and_local_taxes.cap": FILING_STATUSES,
    "state_and_local_taxes.phasedown_start": FILING_STATUSES,
    "state_and_local_taxes.phasedown_rate": FILING_STATUSES,
    "state_and_local_taxes.floor": FILING_STATUSES,
    "gifts.ceiling": (EVERYONE,),
    "gifts.floor": (EVERYONE,),
    "gifts.nonitemizer_cap": FILING_STATUSES,
    "gifts.nonitemizer_above_the_line": (EVERYONE,),
    "itemized_limit.fraction": ("numerator", "denominator"),
    "itemized_limit.pease_rate": (EVERYONE,),
    "itemized_limit.pease_ceiling": (EVERYONE,),
    "itemized_limit.pease_start": FILING_STATUSES,
    "business_income_deduction.in_force": (EVERYONE,),
    "amt.exemption": FILING_STATUSES,
    "amt.phaseout_start": FILING_STATUSES,
    "amt.phaseout_rate": (EVERYONE,),
    "amt.rates": ("low", "high"),
    "amt.rate_break": FILING_STATUSES,
    "amt.separate_addback_rate": (EVERYONE,),
    "net_investment_income_tax.rate": (EVERYONE,),
    "net_investment_income_tax.threshold": FILING_STATUSES,
    "additional_medicare_tax.rate": (EVERYONE,),
    "additional_medicare_tax.threshold": FILING_STATUSES,
}
_LISTS: Final = frozenset({"income_tax.rates", "income_tax.bracket_tops"})
_FLAGS: Final = frozenset(
    {"gifts.nonitemizer_above_the_line", "business_income_deduction.in_force"}
)


class LawTableError(ValueError):
    """A law table cannot be used: a mistake in the table, not in a scenario."""


def groups_in(sections: Mapping[str, Any]) -> dict[str, Group]:
    """The groups of a document's sections, by ``section.group``; other entries are left out."""
    return {
        f"{section}.{name}": group
        for section, groups in sections.items()
        if isinstance(groups, dict)
        for name, group in groups.items()
    }


def check_citation(name: str, group: Any) -> None:
    """Refuse a group that does not say its unit and its source."""
    for said in ("unit", "source"):
        text = group.get(said) if isinstance(group, Mapping) else None
        if not isinstance(text, str) or not text.strip():
            raise LawTableError(f"{name} has no {said}")


def check_group(name: str, group: Group) -> None:
    """Refuse a group without unit or source, or with other values than every year has."""
    check_citation(name, group)
    if name not in KEYS:
        raise LawTableError(f"{name} is not a group of the law tables")
    if wrong := (group.keys() - _CITATION) ^ set(KEYS[name]):
        raise LawTableError(f"{name} has missing or unknown values: {', '.join(sorted(wrong))}")
    for key in KEYS[name]:
        if not _is_right_kind(name, group[key]):
            raise LawTableError(f"{name}, {key}: {group[key]!r} is not what belongs there")


def check_groups(groups: Groups) -> None:
    """Refuse a year's groups unless every one is there and acceptable."""
    if missing := KEYS.keys() - groups.keys():
        raise LawTableError(f"missing: {', '.join(sorted(missing))}")
    for name, group in groups.items():
        check_group(name, group)


def _is_right_kind(name: str, value: object) -> bool:
    if name in _FLAGS:
        return isinstance(value, bool)
    if name in _LISTS:
        return isinstance(value, list) and all(map(_is_number, value))
    return _is_number(value)


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and not isnan(value)
