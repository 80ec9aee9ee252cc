"""The hues of the charts, named by what they stand for; a thing has its hue in every chart.

The colours themselves, for light and for dark pages, are custom properties of
``static/css/site.css``.  The script that draws the charts puts them in the places of these
names, and the inline pictures reach them through classes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

CREDIT = "var(--chart-credit)"
CREDIT_TINT = "var(--chart-credit-tint)"
USED = "var(--chart-used)"
USED_TINT = "var(--chart-used-tint)"
ERODED = "var(--chart-eroded)"
REGULAR = "var(--chart-regular)"
MINIMUM = "var(--chart-minimum)"
"""Tentative minimum tax, and AMT, which is what of it is above the regular tax."""
MINIMUM_TINT = "var(--chart-minimum-tint)"
NET_INVESTMENT = "var(--chart-investment)"
MEDICARE = "var(--chart-medicare)"
STATE = "var(--chart-state)"
TOTAL = "var(--chart-total)"
"""Federal tax of all kinds after credits, and costs that sum up several taxes."""
REGULAR_LOSS = "var(--chart-regular-loss)"
AMT_LOSS = "var(--chart-amt-loss)"
"""Capital losses carried forward, which AMT has of its own."""
COMPARED = tuple(f"var(--chart-compared-{letter})" for letter in "abcd")
"""What is compared and is no kind of tax, in its order."""
INK = "var(--chart-ink)"
QUIET = "var(--chart-quiet)"
"""Ticks and notes."""
GRID = "var(--chart-grid)"
PAPER = "var(--chart-paper)"


class BarLook(NamedTuple):
    """How a bar is told from its neighbours, by more than its hue."""

    hue: str
    outline: str | None = None
    """For a pale hue, which does not stand out by itself."""
    pattern: str | None = None
    """A hatching of Plotly's: / \\ x -"""


OPENING_BAR = BarLook(CREDIT_TINT, outline=CREDIT)
GENERATED_BAR = BarLook(CREDIT)
USED_BAR = BarLook(USED)
ERODED_BAR = BarLook(ERODED, pattern="/")
ROOM_BAR = BarLook(USED_TINT, outline=USED)
AMT_GAP_BAR = BarLook(MINIMUM_TINT, outline=MINIMUM, pattern="\\")
REGULAR_BAR = BarLook(REGULAR)
AMT_BAR = BarLook(MINIMUM, pattern="\\")
REGULAR_LOSS_BAR = BarLook(REGULAR_LOSS)
AMT_LOSS_BAR = BarLook(AMT_LOSS, pattern="\\")
NET_INVESTMENT_BAR = BarLook(NET_INVESTMENT, pattern="x")
MEDICARE_BAR = BarLook(MEDICARE, pattern="-")

HUE = re.compile(r"var\(--chart-([a-z-]+)\)")


def name_of(hue: str) -> str:
    """What the hue is called in the names of classes: ``used-tint``."""
    match = HUE.fullmatch(hue)
    if match is None:
        raise ValueError(f"{hue!r} is no hue of the charts")
    return match[1]
