"""Every lot of a scenario with all its events, as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.editor.wording import write_day, write_dollars
from amtweb.scenarios.input_words import lots_in_words
from amtweb.scenarios.templatetags.money import shares
from amtweb.worksheets.lot_words import TERMS, event_in_words, left_in_words
from calculator import parse_scenario
from calculator.analysis.lot_ledger import ACQUIRED, EXERCISED, SALES, SOLD, lot_ledgers

if TYPE_CHECKING:
    from amtweb.exchange.subjects import Subject
    from calculator import Scenario
    from calculator.amounts import Dollars
    from calculator.analysis.lot_ledger import LotEvent, LotLedger

COLUMNS = (
    ("Shares", ""),
    ("Left", "shares"),
    ("Basis", "a share"),
    ("AMT basis", "a share"),
    ("Wages", "income of options"),
    ("Gain", ""),
    ("AMT gain", ""),
    ("Line 2i", "counted by AMT"),
    ("Left in AMT", "comes off AMT income later"),
)
"""Of the amounts, and what they mean."""


class Cell(NamedTuple):
    """An amount of an event."""

    heading: str
    text: str
    note: str = ""


class EventRow(NamedTuple):
    """What happened on a day."""

    id: str
    """``sales-0``: where it stands in the document; empty for all but one row of an event."""
    day: str
    year: int | None
    """With a page of forms; None for years that are not the scenario's."""
    words: str
    kind: str
    cells: tuple[Cell, ...]


class LotSection(NamedTuple):
    """A lot."""

    id: str
    name: str
    left: str
    rows: tuple[EventRow, ...]
    totals: tuple[Cell, ...]
    """Of a lot from which shares were sold."""


class LotsPage(NamedTuple):
    """All lots."""

    columns: tuple[tuple[str, str], ...]
    lots: tuple[LotSection, ...]


def lots_page(subject: Subject) -> LotsPage:
    """The lots of a subject, exercises first."""
    scenario = parse_scenario(subject.document)
    years = {facts.year for facts in scenario.years}
    names = lots_in_words(subject.document)
    ledgers = lot_ledgers(scenario)
    rows = _Rows(scenario)
    return LotsPage(
        COLUMNS,
        tuple(
            LotSection(
                id=f"lot-{number}",
                name=names.get(ledger.source, ledger.source),
                left=left_in_words(ledger),
                rows=tuple(_row(event, years, rows.id_of(event)) for event in ledger.events),
                totals=_totals(ledger) if ledger.shares_sold else (),
            )
            for number, ledger in enumerate(ledgers, 1)
        ),
    )


class _Rows:
    """What the rows of events are called, so that the results can lead to them."""

    def __init__(self, scenario: Scenario) -> None:
        named = {
            EXERCISED: ("exercises", [each.id for each in scenario.exercises]),
            ACQUIRED: ("holdings", [each.id for each in scenario.holdings]),
            SOLD: ("sales", [each.id for each in scenario.sales]),
        }
        self._ids = {
            (kind, row): f"{name}-{place}"
            for kind, (name, rows) in named.items()
            for place, row in enumerate(rows)
        }

    def id_of(self, event: LotEvent) -> str:
        """An event's, once: a sale of shares of several lots has several rows."""
        kind = SOLD if event.kind in SALES else event.kind
        return self._ids.pop((kind, event.of), "")


def _row(event: LotEvent, years: set[int], row_id: str) -> EventRow:
    year = event.date.year
    return EventRow(
        id=row_id,
        day=write_day(event.date),
        year=year if year in years else None,
        words=event_in_words(event),
        kind=event.kind,
        cells=_cells(event),
    )


def _cells(event: LotEvent) -> tuple[Cell, ...]:
    left = float(event.left)
    adjustment = float(event.amt_adjustment)
    is_sale = event.kind in SALES
    sold = -float(event.shares or 0.0) if is_sale else float(event.shares or 0.0)
    texts = (
        _count(sold) if event.shares is not None else "",
        shares(left) if event.kind != "granted" else "",
        _a_share(float(event.basis), left),
        _a_share(float(event.amt_basis), left),
        _amount(event.income),
        _amount(event.gain, always=is_sale),
        _amount(event.amt_gain, always=is_sale),
        _amount(event.line_2i),
        dollars(adjustment) if counts(adjustment) else "",
    )
    notes = {5: TERMS[event.long_term], 6: TERMS[event.amt_long_term]} if is_sale else {}
    return tuple(
        Cell(heading, text, notes.get(place, ""))
        for place, ((heading, _), text) in enumerate(zip(COLUMNS, texts, strict=True))
    )


def _totals(ledger: LotLedger) -> tuple[Cell, ...]:
    summed = {4: "income", 5: "gain", 6: "amt_gain", 7: "line_2i"}
    return tuple(
        Cell(heading, _amount(ledger.total(summed[place])) if place in summed else "")
        for place, (heading, _) in enumerate(COLUMNS)
    )


def _count(number: float) -> str:
    return f"−{shares(-number)}" if number < 0 else shares(number)


def _a_share(basis: float, left: float) -> str:
    return write_dollars(round(basis / left, 4)) if left else ""


def _amount(amount: Dollars | None, *, always: bool = False) -> str:
    if amount is None:
        return ""
    value = float(amount)
    return dollars(value) if always or counts(value) else ""
