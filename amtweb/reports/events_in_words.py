"""What happens in a scenario, day by day, in sentences."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.wording import write_dollars
from amtweb.scenarios.input_words import lots_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculator import ScenarioResult

KINDS = {"iso": "incentive stock option", "nso": "nonstatutory option"}
DISPOSITIONS = {
    "qualifying": "qualifying disposition",
    "disqualifying_same_year": "disqualifying disposition in the year of exercise",
    "disqualifying": "disqualifying disposition",
    "not_iso": "",
}

Row = "Mapping[str, Any]"


class Event(NamedTuple):
    """A sentence about a day; the name in it is the person's own word."""

    day: str
    kind: str
    before: str
    name: str
    after: str


def events_in_words(document: Mapping[str, Any], result: ScenarioResult) -> list[Event]:
    """Grants, exercises, holdings and sales in the order of their days."""
    lots = lots_in_words(document)
    found = [
        *_grants(document),
        *_exercises(document, lots),
        *_holdings(document),
        *_sales(document, lots, _dispositions(result)),
    ]
    # Of one day's events, in the order of their kinds: a grant before its exercise.
    return [event for _, event in sorted(found, key=lambda dated: dated[0])]


Dated = tuple[str, Event]


def _grants(document: Mapping[str, Any]) -> Iterator[Dated]:
    for row in document.get("grants") or ():
        after = f"{_shares(row)} at a strike of {write_dollars(row['strike'])}"
        if row.get("fair_market_value") is not None:
            after += f", worth {write_dollars(row['fair_market_value'])} a share that day"
        name = row.get("label", "")
        before = f"Grant of an {KINDS[row['kind']]}" if row["kind"] == "iso" else "Grant of a "
        before = before if row["kind"] == "iso" else before + KINDS[row["kind"]]
        link = ", " if name else ""
        yield _dated(row["date"], "Grant", f"{before}{link}", name, f": {after}.")


def _exercises(document: Mapping[str, Any], lots: Mapping[Any, str]) -> Iterator[Dated]:
    for row in document.get("exercises") or ():
        value = write_dollars(row["fair_market_value"])
        before = f"Exercise of {_shares(row)} of "
        after = f", worth {value} a share that day."
        yield _dated(row["date"], "Exercise", before, lots.get(row["grant"], ""), after)


def _holdings(document: Mapping[str, Any]) -> Iterator[Dated]:
    for row in document.get("holdings") or ():
        iso = row.get("iso")
        if iso:
            after = (
                f": {_shares(row)} from an incentive stock option granted on {iso['granted']} and"
                f" exercised on {iso['exercised']} at {write_dollars(iso['strike'])}, worth"
                f" {write_dollars(iso['fair_market_value'])} a share that day."
            )
        else:
            after = f": {_shares(row)} with a basis of {write_dollars(row['basis'])} a share"
            if row.get("amt_basis") is not None:
                after += f", for AMT {write_dollars(row['amt_basis'])}"
            after += "."
        name = row.get("label", "")
        yield _dated(row["acquired"], "Holding", "Acquired" + (", " if name else ""), name, after)


def _sales(
    document: Mapping[str, Any], lots: Mapping[Any, str], dispositions: Mapping[str, str]
) -> Iterator[Dated]:
    for row in document.get("sales") or ():
        after = f" at {write_dollars(row['price'])} a share"
        words = DISPOSITIONS[dispositions.get(row["id"], "not_iso")]
        after += f": a {words}" if words else ""
        after += "." if row.get("loss_recognized", True) else "; a loss is not recognized."
        before = f"Sale of {_shares(row)} of "
        yield _dated(row["date"], "Sale", before, lots.get(row["from"], ""), after)


def _dispositions(result: ScenarioResult) -> dict[str, str]:
    years = result.to_dict()["years"]
    return {sale["id"]: sale["disposition"] for year in years for sale in year["equity"]["sales"]}


def _shares(row: Mapping[str, Any]) -> str:
    count = wording.write_amount(row["shares"])
    return f"{count} share{'' if row['shares'] == 1 else 's'}"


def _dated(date: str, kind: str, before: str, name: str, after: str) -> Dated:
    day = wording.write_day(datetime.date.fromisoformat(date))
    return date, Event(day, kind, before, name, after)
