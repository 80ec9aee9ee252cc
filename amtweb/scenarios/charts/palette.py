"""The hues of the charts, named by what they stand for; a thing has its hue in every chart.

The colours themselves, for light and for dark pages, are custom properties of
``static/css/charts.css``.  The script that draws the charts puts them in the places of these
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
"""Tentative minimum tax, AMT, and the capital losses that AMT has of its own."""
MINIMUM_TINT = "var(--chart-minimum-tint)"
NET_INVESTMENT = "var(--chart-investment)"
MEDICARE = "var(--chart-medicare)"
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
NET_INVESTMENT_BAR = BarLook(NET_INVESTMENT, pattern="x")
MEDICARE_BAR = BarLook(MEDICARE, pattern="-")

HUE = re.compile(r"var\(--chart-([a-z-]+)\)")


def name_of(hue: str) -> str:
    """What the hue is called in the names of classes: ``used-tint``."""
    match = HUE.fullmatch(hue)
    if match is None:
        raise ValueError(f"{hue!r} is no hue of the charts")
    return match[1]
