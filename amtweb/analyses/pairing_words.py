"""What pairing finds, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from amtweb.scenarios.charts.money_words import dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculator.analysis.pairing import Pairing
    from calculator.analysis.spread import Spread


def sentences(found: Pairing) -> list[str]:
    """What the marks mean."""
    said = []
    if found.absorbing_gain > 0:
        gain = min(found.absorbing_gain, float(found.gain[-1]))
        more = float(np.interp(gain, found.gain, found.credit_used) - found.credit_used[0])
        said.append(
            f"A gain of {dollars(gain)} in {found.year} would bring back {dollars(more)} more of"
            " the credit that year: the AMT capital loss absorbs it, so that regular tax rises and"
            " tentative minimum tax does not."
        )
    if found.free_gain > 0:
        at_free = float(np.interp(found.free_gain, found.gain, found.net_cost_this_year))
        said.append(
            f"Up to {dollars(found.free_gain)} of gain, the credit pays all the added regular tax;"
            f" what it costs in {found.year} is {dollars(at_free)} of other tax."
        )
    eroded = float(found.credit_eroded.max() - found.credit_eroded[0])
    if eroded >= 1:
        start = found.gain[np.flatnonzero(found.credit_eroded > found.credit_eroded[0] + 1)[0]]
        said.append(
            f"From about {dollars(float(start))} on, the gain erodes the credit, by up to"
            f" {dollars(eroded)}."
        )
    if found.best_gain > 0:
        at_best = float(np.interp(found.best_gain, found.gain, found.net_cost))
        said.append(
            f"All taxes together are least, {dollars(-at_best)} lower, with a gain of"
            f" {dollars(found.best_gain)}."
        )
    if not said:
        more = float(found.credit_used[-1] - found.credit_used[0])
        said.append(
            f"No gain up to {dollars(float(found.gain[-1]))} pays for itself in {found.year}: with"
            f" all of it, {dollars(more)} more of the credit comes back that year, and the taxes of"
            f" all years together are {dollars(float(found.net_cost[-1]))} higher."
        )
    return said


def spread_words(divided: Spread) -> Iterator[str]:
    """What dividing the gain over years saves."""
    lump, best = divided.ways[0], divided.best
    saves = lump.net_cost - best.net_cost
    if saves < 1:
        return
    years = len(best.years)
    yield (
        f"Divided over {years} years from {best.years[0]}, a gain of {dollars(divided.gain)} costs"
        f" {dollars(saves)} less than in one year"
        + (
            f" and erodes {dollars(lump.credit_eroded - best.credit_eroded)} less of the credit."
            if lump.credit_eroded - best.credit_eroded >= 1
            else "."
        )
    )
