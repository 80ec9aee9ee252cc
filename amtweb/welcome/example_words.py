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
            f"Because of the gain, {dollars(worked.eroded)} of the credit is lost to exclusion"
            " items: a smaller gain, or one divided over years, would keep it."
        )
    if (more := worked.added_in_all) >= SEEN:
        cost = f"Through {LAST_YEAR} you pay {dollars(more)} more than if you never took that gain"
        helps = worked.added("credit_used") >= SEEN
        said.append(
            f"{cost}: pairing suits a gain that you would take anyway." if helps else f"{cost}."
        )
    return said


def end_words(result: ScenarioResult, year: int) -> str:
    """That no credit is left after the year: it is back, unless a part of it was lost."""
    return f"none left after {year}" if lost(result) >= SEEN else f"back in {year}"


def lost(result: ScenarioResult) -> float:
    """Of the credit, to exclusion items."""
    return float(result.totals.credit_eroded)


def _when(result: ScenarioResult) -> str:
    year = year_back(result)
    if year is None:
        left = dollars(float(result.totals.credit_left))
        return f"{left} of it is still to come back after {LAST_YEAR}"
    if (gone := lost(result)) >= SEEN:
        return f"none is left after {year}, but {dollars(gone)} of it is lost, not back"
    return f"it is back in {year}"


def _pairing(worked: Worked) -> str:
    paired, alone = year_back(worked.paired), year_back(worked.alone)
    gain = f"Pairing {dollars(worked.asked.gain)} of other gains in {SOLD}"
    if worked.eroded >= SEEN:
        return f"{gain} loses {dollars(worked.eroded)} of it."
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
    said = (
        f"For AMT, the sale of {SOLD} is a loss of {dollars(worked.amt_loss)};"
        f" only {dollars(worked.yearly_loss)} of it a year counts against other income."
    )
    taken_up = worked.amt_loss - worked.yearly_loss
    if 0 < taken_up < worked.asked.gain:
        said += (
            f" It takes up {dollars(taken_up)} of other gains: beyond that, they raise both taxes."
        )
    return said


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
