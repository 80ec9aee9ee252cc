"""The charts of a proposal: one a scenario, side by side, on the same scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.charts.figure import Figure, Row, bars, empty_spec, layout, spec_of
from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.charts.palette import AMT_BAR, GENERATED_BAR, REGULAR_BAR, BarLook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from amtweb.comparing.columns import Column
    from calculator import YearResult

MOST_LABELS = 4
"""On the axis of years of a small chart."""


class Part(NamedTuple):
    """What a bar of a year is made of, from below."""

    name: str
    look: BarLook
    of: Callable[[YearResult], float]


def _other_tax(year: YearResult) -> float:
    return max(0.0, float(year.federal_tax) - float(year.amt))


def _amt(year: YearResult) -> float:
    return min(float(year.amt), max(0.0, float(year.federal_tax)))


CHARTS = (
    (
        "tax",
        "Federal tax of each year",
        (Part("Other federal tax", REGULAR_BAR, _other_tax), Part("AMT", AMT_BAR, _amt)),
    ),
    (
        "credit",
        "AMT credit left at the end of each year",
        (Part("AMT credit left", GENERATED_BAR, lambda year: float(year.credit_balance)),),
    ),
)


def charts_of(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Each kind of chart with a figure a scenario, as plain data."""
    years = sorted({year for column in columns for year in column.years})
    return [
        {
            "key": key,
            "title": title,
            "legend": [part.name for part in parts] if len(parts) > 1 else [],
            "figures": _figures(key, title, parts, columns, years),
        }
        for key, title, parts in CHARTS
        if any(counts(part.of(year)) for part in parts for c in columns for year in c.result.years)
    ]


def figure_of(kept: Mapping[str, Any]) -> Figure:
    """A figure that was kept as plain data."""
    rows = tuple(Row(row[0], tuple(row[1]), row[2]) for row in kept["rows"])
    return Figure(
        kept["id"], kept["title"], kept["sentence"], kept["spec"], tuple(kept["columns"]), rows
    )


def _figures(
    key: str, title: str, parts: Sequence[Part], columns: Sequence[Column], years: Sequence[int]
) -> list[dict[str, Any]]:
    highest = max(sum(part.of(year) for part in parts) for c in columns for year in c.result.years)
    return [
        _figure(key, title, parts, column, years, highest)._asdict() | {"letter": column.letter}
        for column in columns
    ]


def _figure(
    key: str,
    title: str,
    parts: Sequence[Part],
    column: Column,
    years: Sequence[int],
    highest: float,
) -> Figure:
    results = column.result.years
    covered = [year.year for year in results]
    traces = [
        bars(part.name, covered, [part.of(year) for year in results], part.look) for part in parts
    ]
    spec = spec_of(traces, _axes(years, highest))
    if not spec["data"]:
        spec = empty_spec("None")
    return Figure(
        id=f"{key}-{column.letter.lower()}",
        title=f"{column.letter}: {title}",
        sentence=_sentence(parts, column),
        spec=spec,
        columns=tuple(part.name for part in parts),
        rows=tuple(
            Row(year.year, tuple(dollars(part.of(year)) for part in parts), str(year.year))
            for year in results
        ),
    )


def _axes(years: Sequence[int], highest: float) -> dict[str, Any]:
    axes = layout(years, 0.0, highest, barmode="relative")
    step = -(-len(years) // MOST_LABELS)
    labelled = list(years)[::step]
    axes["xaxis"] |= {"tickvals": labelled, "ticktext": [str(year) for year in labelled]}
    return axes


def _sentence(parts: Sequence[Part], column: Column) -> str:
    """The years with the most, for those who do not see the bars."""

    def height(year: YearResult) -> float:
        return sum(part.of(year) for part in parts)

    most = max(column.result.years, key=height)
    if not counts(height(most)):
        return "None in any year."
    last = column.result.years[-1]
    return f"Most in {most.year}, {dollars(height(most))}; {dollars(height(last))} in {last.year}."
