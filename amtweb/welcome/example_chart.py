"""The chart of the worked example: the credit left each year, with the paired gain and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.scenarios.charts.figure import Figure, Row, bars, empty_spec, layout, note, spec_of
from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.charts.palette import CREDIT, GENERATED_BAR, OPENING_BAR, QUIET
from amtweb.welcome.example import SOLD, balances, year_back
from amtweb.welcome.example_words import SEEN, end_words, headline, lost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.welcome.example import Worked

TITLE = "AMT credit left at the end of each year"
ALONE, PAIRED, LEFT = "Left without pairing", "Left with the gain paired", "Credit left"
ROOM_ABOVE = 1.08
"""Over the highest bar, for the words of the second line."""


def example_figure(worked: Worked) -> Figure:
    """As data, for the inline picture and its table."""
    years = [year.year for year in worked.alone.years]
    alone, paired = balances(worked.alone), balances(worked.paired)
    is_paired = worked.asked.gain > 0
    columns = (ALONE, PAIRED) if is_paired else (LEFT,)
    series = (alone, paired) if is_paired else (alone,)
    return Figure(
        id="example",
        title=TITLE,
        sentence=headline(worked),
        spec=_spec(worked, years, alone, paired),
        columns=columns,
        rows=tuple(
            Row(year, tuple(map(dollars, amounts)), "")
            for year, *amounts in zip(years, *series, strict=True)
        ),
    )


def _spec(
    worked: Worked, years: Sequence[int], alone: Sequence[float], paired: Sequence[float]
) -> dict[str, Any]:
    highest = max(*alone, *paired)
    if not counts(highest):
        return empty_spec("No AMT, and no credit to wait for.")
    traces = [bars(PAIRED, years, paired, GENERATED_BAR)]
    if worked.asked.gain:
        # Behind the other, so that what shows of it is what comes back sooner.
        traces.insert(0, bars(ALONE, years, alone, OPENING_BAR))
    else:
        traces[0]["name"] = LEFT
    notes, rules = _marks(worked, highest)
    return spec_of(
        traces,
        layout(
            years,
            0.0,
            highest * ROOM_ABOVE,
            barmode="overlay",
            annotations=notes,
            shapes=[_rule(year) for year in rules],
        ),
    )


def _marks(worked: Worked, highest: float) -> tuple[list[dict[str, Any]], list[int]]:
    """The years in which the credit is back, on two lines, so that they never collide."""
    alone, paired = year_back(worked.alone), year_back(worked.paired)
    notes, rules = [], []
    if paired is not None and paired != alone:
        # Where nothing is lost a year is enough, and the other's words are often near.
        end = end_words(worked.paired, paired) if lost(worked.paired) >= SEEN else paired
        words = f"{end}, paired"
        notes.append(note(words, x=paired + 0.12, y=highest, hue=CREDIT, **_anchor(paired)))
        rules.append(paired)
    if alone is not None:
        words = end_words(worked.alone, alone)
        notes.append(note(words, x=alone, y=1, yref="paper", hue=QUIET, **_anchor(alone)))
        rules.append(alone)
    return notes, rules


def _anchor(year: int) -> dict[str, str]:
    """Turned inwards near the ends."""
    place = (year - SOLD) / 8
    return {"xanchor": "left" if place < 0.3 else "right" if place > 0.7 else "center"}


def _rule(year: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": year,
        "x1": year,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": QUIET, "width": 1, "dash": "dot"},
    }
