"""The charts of a couple: joint returns beside separate ones, by year."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.comparing.charts import BESIDE, DASHES, SYMBOLS
from amtweb.comparing.totals import signed
from amtweb.couples.rows import amounts_of
from amtweb.scenarios.charts.figure import Figure, Row, empty_spec, layout, line, note, spec_of
from amtweb.scenarios.charts.money_words import counts, dollars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.scenarios.charts.figure import Spec
    from calculator.analysis.joint_or_separate import JointOrSeparate

LEAST_APART = 0.09
"""Of the height of a chart: the names at the ends of two lines keep that far apart."""
COLUMNS = ("Joint", "Separate", "Yours", "Your spouse’s")


class Line(NamedTuple):
    """A line of a chart."""

    name: str
    letter: str
    hue: str
    amounts: Sequence[float]


def figures(compared: JointOrSeparate) -> list[Figure]:
    """All charts."""
    return [
        _course(compared, "federal_tax", "Federal tax of each year"),
        _so_far(compared),
        _course(compared, "credit_balance", "AMT credit left at the end of the year"),
        _course(compared, "amt", "AMT of each year"),
    ]


def _course(compared: JointOrSeparate, key: str, title: str) -> Figure:
    years = [year.year for year in compared.years]
    taken = [amounts_of(year, key) for year in compared.years]
    lines = (
        Line("Joint", "J", "compared-a", [own.joint for own in taken]),
        Line("Separate", "S", "compared-b", [own.separate for own in taken]),
    )
    at_end = key == "credit_balance"
    joint, separate = (each.amounts[-1] if at_end else sum(each.amounts) for each in lines)
    when = f"At the end of {years[-1]}" if at_end else "Over all years"
    return Figure(
        id=f"couple-{key.replace('_', '-')}",
        title=title,
        sentence=f"{when}: joint {dollars(joint)}, separate {dollars(separate)}.",
        spec=_spec(years, lines),
        columns=COLUMNS,
        rows=tuple(
            _row(year, (own.joint, own.separate, own.yours, own.spouses))
            for year, own in zip(years, taken, strict=True)
        ),
    )


def _so_far(compared: JointOrSeparate) -> Figure:
    years = [year.year for year in compared.years]
    sums = list(accumulate(year.joint_saves for year in compared.years))
    words = "more" if sums[-1] > 0 else "less"
    paid = f"{dollars(abs(sums[-1]))} {words}" if counts(sums[-1]) else "as much"
    own = [year.joint_saves for year in compared.years]
    return Figure(
        id="couple-so-far",
        title="What separate returns have cost more so far",
        sentence=f"By {years[-1]} they have cost {paid}.",
        spec=_spec(
            years,
            (Line("Separate less joint", "S − J", "compared-b", sums),),
            without="They do not differ.",
        ),
        columns=("In the year", "So far"),
        rows=tuple(
            Row(
                year,
                (signed(this), signed(total)),
                f"{year}: {signed(this)}, so far {signed(total)}",
            )
            for year, this, total in zip(years, own, sums, strict=True)
        ),
    )


def _row(year: int, amounts: Sequence[float]) -> Row:
    cells = tuple(map(dollars, amounts))
    joint, separate, yours, spouses = cells
    said = f"{year}: joint {joint}, separate {separate} ({yours} and {spouses})"
    return Row(year, cells, said)


def _spec(years: Sequence[int], lines: Sequence[Line], *, without: str = "There is none.") -> Spec:
    every = [amount for each in lines for amount in each.amounts]
    if not any(map(counts, every)):
        return empty_spec(without)
    axes = layout(years, min(every), max(every), barmode="overlay")
    traces = [
        line(
            each.name,
            years,
            each.amounts,
            f"var(--chart-{each.hue})",
            symbol=SYMBOLS[place],
            dash=DASHES[place],
        )
        for place, each in enumerate(lines)
    ]
    bottom, top = axes["yaxis"]["range"]
    y = -float("inf")
    axes["annotations"] = []
    for each in sorted(lines, key=lambda each: each.amounts[-1]):
        y = max(each.amounts[-1], y + LEAST_APART * (top - bottom))
        place: dict[str, Any] = {"x": years[-1] + BESIDE, "xanchor": "left", "yanchor": "middle"}
        hue = f"var(--chart-{each.hue})"
        axes["annotations"].append(note(each.letter, y=y, hue=hue, **place))
    return spec_of(traces, axes)
