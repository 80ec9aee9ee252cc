"""Why the credit shrank without lowering any tax, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from amtweb.scenarios.charts.money_words import counts, dollars, listed, whole
from amtweb.scenarios.editor.wording import write_day
from calculator.analysis.erosion import sales_to_divide

if TYPE_CHECKING:
    from calculator import Scenario
    from calculator.analysis.erosion import Erosion, Item


def reasons(found: Erosion, scenario: Scenario) -> list[str]:
    """From what happened to what would have helped, a sentence or two each."""
    return [
        _what_happened(found),
        _step_by_step(found),
        _two_kinds(found),
        _on_exclusion_items_alone(found),
        _what_was_avoided(found),
        f"{_what_would_help(found)}{_that_it_is_past(found, scenario)}",
    ]


def _what_happened(found: Erosion) -> str:
    lost = dollars(found.credit_eroded)
    why = "what exclusion items alone would have cost in AMT is deducted from it"
    if _is_phased_out(found):
        went = "part of" if counts(found.exemption) else "all of"
        why = (
            f"so much income and gain in one year takes away {went} the AMT exemption, and the AMT"
            " that this would have meant without any options is deducted from the credit"
        )
    return f"In {found.year} the credit shrinks by {lost} without lowering any tax: {why}."


def _is_phased_out(found: Erosion) -> bool:
    return (
        counts(found.full_exemption)
        and found.income > found.phaseout_start
        and counts(found.full_exemption - found.exemption)
    )


def _step_by_step(found: Erosion) -> str:
    """The balance, whose last amount is what those before it leave."""
    available, lost = whole(found.credit_available), whole(found.credit_eroded)
    used = whole(found.credit_used)
    generated = whole(found.credit_after) - (available - used - lost)
    # What rounding alone leaves is no credit of the year.
    new = f" + {dollars(generated)} of new credit" if generated > 1 else ""
    left = available - used - lost + (generated if generated > 1 else 0)
    return (
        f"Step by step: {dollars(available)} of credit at the start, \u2212 {dollars(used)} that"
        f" lowered tax, \u2212 {dollars(lost)} deducted{new} = {dollars(left)} left after"
        f" {found.year}."
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


def what_is_past(found: Erosion, scenario: Scenario) -> str:
    """The sale or the year that is over, where dividing it can only be looked back on; or none."""
    today = timezone.localdate()
    sold = [sale.date for sale in sales_to_divide(scenario, found.year) if sale.date < today]
    if sold:
        return f"The sale of {write_day(min(sold))}"
    return str(found.year) if found.year < today.year else ""


def _that_it_is_past(found: Erosion, scenario: Scenario) -> str:
    past = what_is_past(found, scenario)
    if found.divided is None or not past:
        return ""
    return f" {past} is over, so this only shows what it would have meant."
