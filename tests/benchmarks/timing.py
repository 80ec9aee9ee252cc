"""How long something takes, and a row of the table that says so.

Time is that of the processor, all threads together: what else the machine does is left out, and
every figure is for one core.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple


class Row(NamedTuple):
    """A figure that was measured."""

    what: str
    measured: str
    aim: str = ""
    """What the figure should be, or what it is compared with."""


def seconds(work: Callable[[], Any], *, within: float = 2.0, least: int = 5) -> float:
    """The median time of a piece of work, repeated for a while after a first time."""
    work()
    taken: list[float] = []
    while len(taken) < least or sum(taken) < within:
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def milliseconds(duration: float) -> str:
    return f"{duration * 1e3:,.3f} ms"


def a_second(count: float, duration: float) -> str:
    return f"{count / duration:,.0f} a second"
