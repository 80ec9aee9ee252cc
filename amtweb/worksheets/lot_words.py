"""Events of a lot in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from amtweb.scenarios.charts.money_words import counts, dollars
from amtweb.scenarios.editor.wording import write_dollars
from amtweb.scenarios.templatetags.money import shares
from calculator.analysis import lot_ledger

if TYPE_CHECKING:
    from calculator.analysis.lot_ledger import LotEvent, LotLedger

DISPOSITIONS = {
    "qualifying": ", a qualifying disposition",
    "disqualifying": ", too early: a disqualifying disposition",
    "disqualifying_same_year": " in the same year, a disqualifying disposition",
    "not_iso": "",
}
ON_A_DAY = {
    lot_ledger.LONG_TERM: "From this day a sale is long-term",
    lot_ledger.AMT_LONG_TERM: "From this day a sale is long-term for AMT",
    lot_ledger.QUALIFIES: "From this day a sale is a qualifying disposition",
    lot_ledger.RETURNED: "Not vested: back to the company for what was paid",
    lot_ledger.WORTHLESS: "Worthless: counts as sold for nothing",
}


def event_in_words(event: LotEvent) -> str:
    """What happened: ``Sold at $25, a qualifying disposition``."""
    if event.kind in ON_A_DAY:
        return ON_A_DAY[event.kind]
    price = "" if event.price is None else write_dollars(float(event.price))
    if event.kind == lot_ledger.GRANTED:
        return f"Option granted at {price}" if price else "Option granted"
    if event.kind == lot_ledger.SPLIT:
        return _split(float(event.ratio or 1.0))
    if event.kind in (lot_ledger.EXERCISED, lot_ledger.VESTED):
        happened = "Exercised" if event.kind == lot_ledger.EXERCISED else "Vested"
        return f"{happened}, worth {price} a share" if price else happened
    if event.kind == lot_ledger.ACQUIRED:
        return "Acquired"
    return f"Sold at {price}{DISPOSITIONS[event.disposition]}"


def _split(ratio: float) -> str:
    if ratio >= 1.0:
        return f"Split: {shares(ratio)} new shares for each old one"
    return f"Reverse split: one new share for {shares(1.0 / ratio)} old ones"


def left_in_words(ledger: LotLedger) -> str:
    """What there is left of a lot after all that is entered."""
    last = ledger.events[-1]
    left, adjustment = float(last.left), float(last.amt_adjustment)
    if not left:
        return "All sold."
    count = f"{shares(left)} share{'' if left == 1 else 's'} left"
    if counts(adjustment) and adjustment > 0:
        return f"{count}. AMT has counted {dollars(adjustment)} of them that regular tax has not."
    return f"{count}."


TERMS = {None: "", True: "long-term", False: "short-term"}
"""How long shares were held."""
