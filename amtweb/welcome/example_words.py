"""The worked example in sentences: when the AMT is back, what the pairing changes, and its cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import dollars
from amtweb.welcome.example import EXERCISED, LAST_YEAR, SOLD, year_back

if TYPE_CHECKING:
    from amtweb.welcome.example import Worked
    from calculator import ScenarioResult

SEEN = 0.5
"""What is less is shown as nothing."""


def headline(worked: Worked) -> str:
    """What the page says in large letters."""
    if worked.amt < SEEN:
        return f"No AMT is due in {EXERCISED}, so nothing has to come back."
    paid = f"You pay {dollars(worked.amt)} of AMT in {EXERCISED}; {_when(worked.alone)}."
    return f"{paid} {_pairing(worked)}" if worked.asked.gain >= SEEN else paid


def costs(worked: Worked) -> list[str]:
    """What the loss is, what the gain costs, and what the pairing does not bring."""
    if worked.asked.gain < SEEN:
        return [_loss(worked)]
    said = [_loss(worked)] if worked.amt >= SEEN else []
    said.append(_paid(worked))
    if (amt := worked.added("amt")) >= SEEN:
        said.append(f"The gain also brings AMT of its own: {dollars(amt)}.")
    if worked.eroded >= SEEN:
        said.append(
            f"{dollars(worked.eroded)} of the credit is lost to exclusion items: a smaller gain, or"
            " one divided over years, would keep it."
        )
    if (more := worked.added_in_all) >= SEEN:
        said.append(
            f"Through {LAST_YEAR} you pay {dollars(more)} more than if you never took that gain:"
            " pairing suits a gain that you would take anyway."
        )
    return said


def _when(result: ScenarioResult) -> str:
    year = year_back(result)
    if year is not None:
        return f"it is back in {year}"
    return (
        f"{dollars(float(result.totals.credit_left))} of it is still to come back after {LAST_YEAR}"
    )


def _pairing(worked: Worked) -> str:
    paired, alone = year_back(worked.paired), year_back(worked.alone)
    gain = f"Pairing {dollars(worked.asked.gain)} of other gains in {SOLD}"
    if paired is not None and (alone is None or paired < alone):
        return f"{gain} brings it back in {paired}."
    if paired is not None and alone is not None and paired > alone:
        return f"{gain} delays that to {paired}."
    freed = worked.added("credit_used")
    if freed >= SEEN:
        return f"{gain} brings {dollars(freed)} of that forward to {SOLD}."
    return f"{gain} brings none of it back sooner."


def _loss(worked: Worked) -> str:
    if worked.amt_loss < SEEN:
        return f"At that price the sale of {SOLD} leaves no AMT loss to pair a gain with."
    return (
        f"For AMT, the sale of {SOLD} is a loss of {dollars(worked.amt_loss)};"
        " only $3,000 of it a year counts against other income."
    )


def _paid(worked: Worked) -> str:
    regular, used = worked.added("regular_tax"), worked.added("credit_used")
    surtax = worked.added("net_investment_income_tax")
    said = f"The gain adds {dollars(regular)} of regular tax"
    if used >= regular - SEEN:
        said += "; the credit pays all of it"
    elif used >= SEEN:
        said += f"; the credit pays {dollars(used)} of it"
    else:
        said += ", and the credit pays none of it"
    if surtax < SEEN:
        return f"{said}."
    joint = ", but not" if used >= SEEN else ", nor"
    return f"{said}{joint} {dollars(surtax)} of net investment income tax."
