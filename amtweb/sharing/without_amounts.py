"""A result without its amounts: what happens when, and the credit and the AMT as shares.

Only the credit and the AMT are shown, each year's as whole percents of the largest credit or of
all AMT.  Everything else that a result has would give the amounts away, because the law is in
dollars: a loss that falls by 3,000 a year, or taxes beside incomes, tell the scale of all others.
For the same reason nothing can be tried out: each try would be another equation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.bench import result_of, selected
from amtweb.scenarios.charts.credit import COLUMNS, TITLE
from amtweb.scenarios.charts.figure import Figure as Chart
from amtweb.scenarios.charts.figure import Row, bars, empty_spec, layout, line, spec_of
from amtweb.scenarios.charts.money_words import in_years, whole
from amtweb.scenarios.charts.palette import (
    ERODED_BAR,
    GENERATED_BAR,
    INK,
    OPENING_BAR,
    USED_BAR,
)
from amtweb.scenarios.editor.plain_names import exercise_called
from amtweb.scenarios.editor.wording import read_day
from amtweb.scenarios.headline import Figure, Headline
from amtweb.scenarios.lots.by_calendar import days_by_calendar
from amtweb.scenarios.year_table import Cell, Column, RowGroup, TableRow, YearTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amtweb.scenarios.models import Document

SEEN = 0.5
"""Dollars; what is less is nothing."""
KINDS = {"iso": "ISO", "nso": "NSO"}
ENDS = {"sale": "Sold", "worthless": "Worthless"}
CREDIT_ROWS = (
    ("credit_available", "Available"),
    ("credit_used", "Used"),
    ("credit_generated", "Added"),
    ("credit_eroded", "Eroded"),
    ("credit_balance", "Left at year end"),
)


class Shares(NamedTuple):
    """The credit and the AMT of the years in whole percents; a trace of something is 0.5."""

    years: tuple[int, ...]
    law: tuple[str, ...]
    amt: tuple[float, ...]
    credit: dict[str, tuple[float, ...]]
    unused_amt_loss: bool


class Happening(NamedTuple):
    """A grant, an exercise, a holding or a sale."""

    date: str
    what: str
    of: str


def context_without_amounts(
    document: Document, wanted_year: str | None, *, hides_names: bool
) -> dict[str, Any]:
    """What the page shows; nothing in it is computed from more than `Shares` and the dates.

    Without names, no more dates than those of the events: grants can be known by theirs.
    """
    result = result_of(document)
    shares = _shares(result)
    year = selected(result, wanted_year).year
    return {
        "selected_year": year,
        "first_year": shares.years[0],
        "last_year": shares.years[-1],
        "headline": _headline(shares, year),
        "figures": (_chart(shares),),
        "year_table": _table(shares),
        "happenings": _happenings(document, hides_names=hides_names),
    }


def _shares(result: Any) -> Shares:
    years = result.years
    rows = {key: [float(getattr(year, key)) for year in years] for key, _ in CREDIT_ROWS}
    held = [a + g for a, g in zip(rows["credit_available"], rows["credit_generated"], strict=True)]
    amt = [float(year.amt) for year in years]
    loss = years[-1].amt_capital_loss_carryforward
    return Shares(
        tuple(year.year for year in years),
        tuple(year.law for year in years),
        _percents(amt, sum(amt)),
        {key: _percents(amounts, max(held)) for key, amounts in rows.items()},
        float(loss.short_term) + float(loss.long_term) >= 1,
    )


def _percents(amounts: Sequence[float], of: float) -> tuple[float, ...]:
    if of < SEEN:
        return (0.0,) * len(amounts)
    return tuple(_percent(amount, of) for amount in amounts)


def _percent(amount: float, of: float) -> float:
    if amount < SEEN:
        return 0.0
    return float(whole(100 * amount / of)) or 0.5


def _words(percent: float) -> str:
    if percent == 0.5:
        return "under 1%"
    return f"{percent:.0f}%"


def _headline(shares: Shares, year: int) -> Headline:
    number = shares.years.index(year)
    return Headline(
        _sentence(shares),
        tuple(_remarks(shares)),
        (
            Figure("AMT, of all years’", "amt", _words(shares.amt[number])),
            *(
                Figure(label, key, _words(shares.credit[key][number]))
                for key, label in (
                    ("credit_used", "Credit used"),
                    ("credit_balance", "Credit left"),
                )
            ),
        ),
    )


def _sentence(shares: Shares) -> str:
    left = shares.credit["credit_balance"]
    there = [*shares.credit["credit_available"], *left]
    if not any(there):
        if any(shares.amt):
            return "None of the AMT comes back: exclusion items alone cause it."
        return "No AMT is due in these years, and there is no credit to recover."
    if left[-1]:
        part = _words(left[-1])
        return f"{part} of the largest AMT credit is still to come back after {shares.years[-1]}."
    last = max(n for n, percent in enumerate(shares.credit["credit_available"]) if percent)
    return f"The AMT credit is used up in {shares.years[last]}."


def _remarks(shares: Shares) -> list[str]:
    said = []
    paid = [year for year, percent in zip(shares.years, shares.amt, strict=True) if percent]
    if paid:
        said.append(f"AMT is due {in_years(paid)}.")
    lost = zip(shares.years, shares.credit["credit_eroded"], strict=True)
    eroding = [year for year, percent in lost if percent]
    if eroding:
        said.append(f"Some of the credit is lost to exclusion items {in_years(eroding)}.")
    if shares.unused_amt_loss:
        said.append(f"Some AMT capital loss is still unused after {shares.years[-1]}.")
    return said


def _chart(shares: Shares) -> Chart:
    credit = shares.credit
    columns = ("credit_available", "credit_generated", "credit_used", "credit_eroded")
    rows = zip(*(credit[key] for key in (*columns, "credit_balance")), strict=True)
    return Chart(
        id="credit",
        title=TITLE,
        sentence=f"{_sentence(shares)} All in percent of the largest credit held in a year.",
        spec=_spec(shares),
        columns=COLUMNS,
        rows=tuple(
            Row(year, tuple(map(_words, cells)), _readout(year, cells))
            for year, cells in zip(shares.years, rows, strict=True)
        ),
    )


def _readout(year: int, cells: tuple[float, ...]) -> str:
    if not any(cells):
        return f"{year}: no credit"
    named = zip(COLUMNS, cells, strict=True)
    said = (f"{name.lower()} {_words(cell)}" for name, cell in named if cell)
    return f"{year}: {', '.join(said)}"


def _spec(shares: Shares) -> dict[str, Any]:
    years = shares.years
    opening, used, generated, eroded, closing = (
        tuple(float(math.floor(percent)) for percent in shares.credit[key])
        for key, _ in CREDIT_ROWS
    )
    if not any((*opening, *generated, *closing)):
        return empty_spec("There is no AMT credit in these years.")
    taken = max(u + e for u, e in zip(used, eroded, strict=True))
    held = max(o + g for o, g in zip(opening, generated, strict=True))
    spec = spec_of(
        [
            bars("Opening", years, opening, OPENING_BAR),
            bars("Added", years, generated, GENERATED_BAR),
            bars("Used", years, used, USED_BAR, below=True),
            bars("Eroded", years, eroded, ERODED_BAR, below=True),
            line("Closing", years, closing, INK),
        ],
        layout(years, -taken, held, barmode="relative"),
    )
    for trace in spec["data"]:
        trace["hovertemplate"] = "%{y}%" if trace["type"] == "scatter" else "%{customdata}%"
    axis = spec["layout"]["yaxis"]
    axis["ticktext"] = [f"{tick:g}%" for tick in axis["tickvals"]]
    return spec


def _table(shares: Shares) -> YearTable:
    def row(key: str, label: str, hint: str, percents: tuple[float, ...]) -> TableRow:
        cells = zip(shares.years, percents, strict=True)
        return TableRow(
            key, label, hint, tuple(Cell(year, _words(cell), cell == 0) for year, cell in cells)
        )

    hint = "Of the largest credit"
    credit = tuple(row(key, label, hint, shares.credit[key]) for key, label in CREDIT_ROWS)
    columns = zip(shares.years, shares.law, strict=True)
    return YearTable(
        tuple(Column(*column) for column in columns),
        (
            RowGroup("AMT", (row("amt", "AMT", "Of the AMT of all years", shares.amt),)),
            RowGroup("AMT credit", credit),
        ),
    )


def _happenings(document: Document, *, hides_names: bool) -> list[Happening]:
    grants = {
        row["id"]: row.get("label") or f"Grant {n}"
        for n, row in enumerate(document.get("grants", ()), start=1)
    }
    lots = {
        row["id"]: row.get("label") or f"Holding {n}"
        for n, row in enumerate(document.get("holdings", ()), start=1)
    }
    lots |= {
        row["id"]: exercise_called(grants[row["grant"]], read_day(row["date"]))
        for row in document.get("exercises", ())
    }
    kinds = {row["id"]: KINDS[row["kind"]] for row in document.get("grants", ())}
    found = [
        *(
            Happening(row["date"], f"{kinds[row['id']]} granted", grants[row["id"]])
            for row in document.get("grants", ())
        ),
        *(
            Happening(row["date"], "Exercised", grants[row["grant"]])
            for row in document.get("exercises", ())
        ),
        *(
            Happening(row["acquired"], "Acquired", lots[row["id"]])
            for row in document.get("holdings", ())
        ),
        *(
            Happening(row["date"], ENDS[row.get("kind", "sale")], lots[row["from"]])
            for row in document.get("sales", ())
        ),
    ]
    if not hides_names:
        named = grants | lots
        found += [Happening(d.date, d.what, named[d.of]) for d in days_by_calendar(document)]
    return sorted(found)
