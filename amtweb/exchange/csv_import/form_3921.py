"""Form 3921: a row for each transfer of ISO shares.

The form names no grant.  Transfers of one grant date and one price are of one grant: that of the
scenario if it has one, else a new one.  How many options a new one had no form says; until somebody
does, it is what was exercised.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from amtweb.exchange.csv_import import lots
from amtweb.exchange.csv_import.rows import Addition, Ids, InScenario, NewGrant, Reading, Shown
from amtweb.exchange.csv_import.table_text import CellError
from amtweb.scenarios.editor import wording
from amtweb.scenarios.editor.plain_names import grant_called
from amtweb.scenarios.editor.wording import read_day, write_dollars
from calculator.scenario import OWN, SPOUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.exchange.csv_import.table_text import Record, Table

    Document = Mapping[str, Any]

SLACK = 1e-9
ROUNDED = 0.01
"""By so much a price may differ that was rounded somewhere."""
SHARES_OF_GRANT = "granted:"
COLUMNS = {"date": "exercised"}
"""Columns that fill in fields of an exercise by other names."""


class _Of(NamedTuple):
    """What transfers of one grant have in common."""

    date: str
    strike: float
    stock: str
    owner: str


class _New(NamedTuple):
    of: _Of
    id: str
    transfers: list[Record]


def transfers_of(
    table: Table, document: Document, granted: Mapping[str, str], *, with_duplicates: bool
) -> Reading:
    """The exercises, and the grants that the scenario has not.

    Args:
        table: The rows with the boxes of the form.
        document: The scenario.
        granted: How many options new grants had, as typed, by the names of the inputs.
        with_duplicates: Whether what is in the scenario already is taken once more.
    """
    work = _Work(table, document, with_duplicates=with_duplicates)
    for record in table.records:
        work.take(record)
    for new in work.new.values():
        work.add_grant(new, granted)
    # A grant stands before its exercises, so that a page of problems begins with it.
    work.reading.additions.sort(key=lambda addition: addition.kind != "grants")
    return work.reading


class _Work:
    def __init__(self, table: Table, document: Document, *, with_duplicates: bool) -> None:
        self.reading = Reading()
        self.new: dict[_Of, _New] = {}
        self._table = table
        self._with_duplicates = with_duplicates
        self._ids = Ids(document, ())
        self._there = InScenario("exercises", document)
        self._named = lots.grants_of(document)
        self._words = {named.id: named.words for named in self._named}
        self._grants = [row for row in document.get("grants") or () if row["kind"] == "iso"]
        self._held = [row["iso"] for row in document.get("holdings") or () if row.get("iso")]

    def take(self, record: Record) -> None:
        values = record.values
        try:
            grant = self._grant(record)
        except CellError as error:
            key = "grant" if "grant" in values else "date"
            self.reading.problems.append(self._table.problem(record.row, key, str(error)))
            return
        row = {
            "grant": grant,
            "date": values["exercised"],
            "shares": values["shares"],
            "fair_market_value": values["fair_market_value"],
        }
        is_there = self._is_held(values) or (bool(grant) and self._there.has(row))
        belongs_to = self._words.get(grant, "")
        self.reading.shown.append(Shown(record.row, values, is_there, belongs_to))
        if is_there and not self._with_duplicates:
            return
        if not grant:
            row["grant"] = self._new_grant(record)
        row["id"] = self._ids.new("exercises")
        self.reading.additions.append(Addition("exercises", row, record.row, COLUMNS))

    def add_grant(self, new: _New, granted: Mapping[str, str]) -> None:
        exercised = sum(record.values["shares"] for record in new.transfers)
        name = f"{SHARES_OF_GRANT}{':'.join(str(part) for part in new.of)}"[:120]
        default = wording.write_amount(exercised)
        text = granted.get(name, "").strip() or default
        shares, mistake = _shares(text, exercised)
        words = grant_called("ISO", read_day(new.of.date), new.of.strike)
        if new.of.stock:
            words += f", {new.of.stock}"
        if new.of.owner == SPOUSES:
            words += ", your spouse’s"
        self.reading.new_grants.append(NewGrant(name, words, default, text, mistake))
        row = {"id": new.id, "kind": "iso", "date": new.of.date, "strike": new.of.strike}
        row["shares"] = exercised if mistake else shares
        labels = (record.values["label"] for record in new.transfers if "label" in record.values)
        named = {"label": next(labels, ""), "stock": new.of.stock, "owner": new.of.owner}
        row |= {field: name for field, name in named.items() if name}
        self.reading.additions.append(Addition("grants", row, new.transfers[0].row))

    def _grant(self, record: Record) -> str:
        """The id of the grant in the scenario; empty if it has none of this date and price."""
        values = record.values
        if "grant" in values:
            found = lots.find(values["grant"], self._named, lots.A_GRANT)
            grants = [row for row in self._grants if row["id"] == found.id]
            if not grants or not _is_of(grants[0], values):
                raise CellError(f"{lots.listed([found])} is no ISO of this date and price.")
            return found.id
        fitting = {row["id"] for row in self._grants if _is_of(row, values)}
        if len(fitting) > 1:
            several = lots.listed(each for each in self._named if each.id in fitting)
            raise CellError(
                f"{len(fitting)} grants are of this date and price: {several}. Say in a column"
                " “Grant” which one it is."
            )
        if not fitting:
            self._remark_on_rounding(record)
        return next(iter(fitting), "")

    def _new_grant(self, record: Record) -> str:
        values = record.values
        stock, owner = values.get("stock", ""), values.get("owner", "")
        of = _Of(values["date"], values["strike"], stock, owner)
        new = self.new.get(of)
        if new is None:
            new = self.new[of] = _New(of, self._ids.new("grants"), [])
        new.transfers.append(record)
        return new.id

    def _remark_on_rounding(self, record: Record) -> None:
        for row in self._grants:
            apart = abs(row["strike"] - record.values["strike"])
            if row["date"] == record.values["date"] and apart <= ROUNDED + SLACK:
                ours = write_dollars(row["strike"])
                theirs = write_dollars(record.values["strike"])
                self.reading.remarks.append(
                    f"Row {record.row}: the scenario has a grant of {row['date']} at {ours}, and"
                    f" the row says {theirs}; so it counts as another grant."
                )

    def _is_held(self, values: Mapping[str, Any]) -> bool:
        """Whether a closed year made a holding of it."""
        return any(
            (iso["granted"], iso["exercised"]) == (values["date"], values["exercised"])
            and abs(iso["strike"] - values["strike"]) <= SLACK
            and abs(iso["fair_market_value"] - values["fair_market_value"]) <= SLACK
            for iso in self._held
        )


def _is_of(grant: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    stock, said = grant.get("stock", ""), values.get("stock", "")
    owner = grant.get("owner", OWN)
    return bool(
        grant["date"] == values["date"]
        and abs(grant["strike"] - values["strike"]) <= SLACK
        and values.get("owner", owner) == owner
        and (not stock or not said or stock.casefold() == said.casefold())
    )


def _shares(text: str, exercised: float) -> tuple[float, str]:
    shares = wording.read_amount(text)
    if shares is None:
        return 0.0, "Enter a number of shares, such as 1,000."
    if shares < exercised - SLACK:
        return 0.0, f"At least {wording.write_amount(exercised)} were exercised."
    return shares, ""
