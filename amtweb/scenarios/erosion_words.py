"""Why the credit shrank without lowering any tax, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import counts, dollars, listed

if TYPE_CHECKING:
    from calculator.analysis.erosion import Erosion, Item


def reasons(found: Erosion) -> list[str]:
    """From what happened to what would have helped, a sentence or two each."""
    said = [_what_happened(found), _two_kinds(found), _on_exclusion_items_alone(found)]
    said.append(_what_was_avoided(found))
    said.append(_what_would_help(found))
    return said


def _what_happened(found: Erosion) -> str:
    return (
        f"In {found.year} the credit shrinks by {dollars(found.credit_eroded)} without lowering any"
        f" tax: {dollars(found.credit_before)} was carried forward, {dollars(found.credit_after)}"
        " is left."
    )


def _two_kinds(found: Erosion) -> str:
    here = ", here the sale of shares whose cost is higher for AMT," if _has(found, "2k") else ""
    return (
        f"AMT differs from regular tax in two ways. Deferral items{here} only move tax from one"
        " year to another: the AMT they cause comes back as a credit. Exclusion items"
        f"{_named(found.exclusion_items)} change tax for good: the AMT they cause never comes back."
    )


def _has(found: Erosion, line: str) -> bool:
    return any(item.line == line for item in found.deferral_items)


def _named(items: tuple[Item, ...]) -> str:
    if not items:
        return ""
    return f", here {listed([f'{item.words} of {dollars(item.amount)}' for item in items])},"


def _on_exclusion_items_alone(found: Erosion) -> str:
    exempt = ""
    if counts(found.full_exemption) and found.income > found.phaseout_start:
        left = (
            f"leaves only {dollars(found.exemption)}"
            if counts(found.exemption)
            else "leaves nothing"
        )
        exempt = (
            f" That is above {dollars(found.phaseout_start)}, where the exemption begins to phase"
            f" out, and {left} of the {dollars(found.full_exemption)}."
        )
    return (
        f"So Form 8801 works {found.year} out once more with exclusion items alone, on an income of"
        f" {dollars(found.income)}.{exempt} The tentative minimum tax is then"
        f" {dollars(found.tentative_tax)} against a regular tax of {dollars(found.regular_tax)}:"
        f" {dollars(found.net_minimum_tax)} of AMT."
    )


def _what_was_avoided(found: Erosion) -> str:
    due = f"Only {dollars(found.amt)} of AMT was due" if counts(found.amt) else "No AMT was due"
    why = "deferral items made AMT income lower"
    lower = found.income - found.amti
    if lower > 0:
        why = f"deferral items made AMT income {dollars(lower)} lower"
    return (
        f"{due} in {found.year}, because {why}. AMT that was avoided in this way is taken off the"
        " credit instead (line 18 of the next year’s Form 8801 is negative)."
    )


def _what_would_help(found: Erosion) -> str:
    way = found.divided
    if way is None:
        return (
            "Dividing the year’s sales and gains over later years would not save any of it: the"
            " exclusion items alone keep the income too high."
        )
    saved = found.as_it_is.credit_eroded - way.credit_eroded
    tax = found.as_it_is.federal_tax - way.federal_tax
    lost = f"save {dollars(saved)} of it" if counts(way.credit_eroded) else "lose none of it"
    less = f"{dollars(abs(tax))} {'less' if tax > 0 else 'more'}"
    return (
        f"The same sales and gains in equal parts in {listed([str(year) for year in way.years])}"
        f" would {lost}; federal tax of all years would be {less}"
        f" and {dollars(way.credit_left)} of credit left at the end, instead of"
        f" {dollars(found.as_it_is.credit_left)}."
    )
