"""What the tables of a book would make: households with their scenarios, or all that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from amtweb.book_import.households import Household, Households
from amtweb.book_import.tables import CLIENTS, FIELDS, TABLES
from amtweb.exchange.csv_import import cells as cells_of
from amtweb.exchange.csv_import.decoding import NotATableError
from amtweb.exchange.csv_import.rows import Addition, rows_of
from amtweb.exchange.csv_import.table_text import CellError, Limits, Record, Table, read_table
from amtweb.scenarios.editor import typed
from amtweb.scenarios.editor.lot_words import choices_of_lots
from amtweb.scenarios.working_copy import YEARS_OF_A_BLANK
from calculator import SCHEMA_VERSION, InvalidScenario, parse_scenario
from calculator.fields import MOST_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.book_import.known import Book
    from amtweb.book_import.tables import BookTable
    from amtweb.exchange.csv_import.table_text import Problem

MOST_CLIENTS = 2_500
"""As many as are computed and stored within a few seconds."""
MOST_ROWS = 10_000
LIMITS = Limits(rows=MOST_ROWS, cell=10_000)
LIMITS_OF_CLIENTS = Limits(rows=MOST_CLIENTS, cell=10_000)
_IN_A_ROW = re.compile(r"([a-z]+)\[([0-9]+)\](?:\.(.+))?")


class Wrong(NamedTuple):
    """What is wrong, and in which table."""

    table: BookTable
    problem: Problem


class Plan(NamedTuple):
    """What would be made."""

    state: str
    """Of what the firm had when this was worked out."""
    tables: Mapping[str, Table]
    """By its slug, each that was sent."""
    households: tuple[Household, ...]
    problems: tuple[Wrong, ...]
    """In the order of the tables and their rows."""
    has_same_names: bool

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something to take over, and nothing in the way."""
        return not self.problems and bool(self.households)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind of thing would be made."""
        made = [each for each in self.households if each.known is None]
        counts = Counter(
            clients=len(made),
            people=sum(len(each.people) for each in made),
            scenarios=len(self.households),
        )
        for table in TABLES[1:]:
            counts[table.slug] = sum(len(h.records.get(table.slug, ())) for h in self.households)
        return {name: count for name, count in counts.items() if count}


def plan_of(texts: Mapping[str, str], book: Book, *, same_names: bool) -> Plan:
    """What the tables would make.

    Args:
        texts: The tables, by slug.
        book: What the firm has.
        same_names: Whether clients that are named as some that are there are others.

    Raises:
        NotATableError: A text cannot be read as a table.
    """
    work = _Work(book, same_names=same_names)
    for table in TABLES:
        if table.slug in texts:
            work.read(table, texts[table.slug])
    for household in work.households.all:
        work.fill_in(household)
    order = {table.slug: place for place, table in enumerate(TABLES)}
    problems = sorted(work.problems, key=lambda wrong: (order[wrong.table.slug], wrong.problem))
    return Plan(
        book.state,
        work.tables,
        tuple(work.households.all),
        tuple(problems),
        work.households.has_same_names,
    )


class _Work:
    def __init__(self, book: Book, *, same_names: bool) -> None:
        self.households = Households(book, same_names=same_names)
        self.tables: dict[str, Table] = {}
        self.problems: list[Wrong] = []

    def read(self, table: BookTable, text: str) -> None:
        limits = LIMITS_OF_CLIENTS if table is CLIENTS else LIMITS
        try:
            read = read_table(text, table.shown.columns, limits)
        except NotATableError as error:
            raise NotATableError(f"{table.shown.title}: {error}") from None
        self.tables[table.slug] = read
        self._note(table, *read.problems)
        if table is CLIENTS:
            self._note(table, *self.households.add(read))
        else:
            self._hand_out(table, read)

    def _hand_out(self, table: BookTable, read: Table) -> None:
        """Gives each row to the household that it names."""
        place = read.positions.get("client")
        if place is None:
            return
        whole = {record.row: record.values for record in read.records}
        for row, cells in read.cells.items():
            name = cells[place].strip() if place < len(cells) else ""
            if not name:
                continue
            try:
                household = self.households.find(str(cells_of.text(name).value))
            except CellError as error:
                self._note(table, read.problem(row, "client", str(error)))
                continue
            if row in whole:
                values = {key: value for key, value in whole[row].items() if key != "client"}
                household.records.setdefault(table.slug, []).append(Record(row, values))

    def fill_in(self, household: Household) -> None:
        """Makes the scenario of a household, if its rows make one."""
        document = _begun(household)
        before = len(self.problems)
        sources = self._add_rows(household, document)
        if len(self.problems) > before:
            return
        _lengthen(document)
        try:
            parse_scenario(document)
        except InvalidScenario as refusal:
            words = _words_of_ids(document)
            for problem in refusal.problems:
                self._place(household, sources, problem.path, words(problem.message))
        household.document = document

    def _add_rows(
        self, household: Household, document: dict[str, Any]
    ) -> dict[tuple[str, int], tuple[BookTable, Addition]]:
        sources: dict[tuple[str, int], tuple[BookTable, Addition]] = {}
        for table in TABLES:
            records = household.records.get(table.slug)
            if table.of_one is None or not records:
                continue
            read = self.tables[table.slug]
            own = Table(read.headings, read.titles, read.positions, records)
            reading = rows_of(table.of_one, own, document, with_duplicates=True)
            self._note(table, *reading.problems)
            for addition in reading.additions:
                rows = document.setdefault(addition.kind, [])
                sources[addition.kind, len(rows)] = table, addition
                rows.append(addition.row)
        return sources

    def _place(
        self,
        household: Household,
        sources: Mapping[tuple[str, int], tuple[BookTable, Addition]],
        path: str,
        message: str,
    ) -> None:
        """Leads a problem of the scenario back to the cell that it comes from."""
        match = _IN_A_ROW.fullmatch(path)
        source = sources.get((match[1], int(match[2]))) if match else None
        if match and source:
            table, addition = source
            key = addition.columns.get(match[3] or "", match[3] or "")
            self._note(table, self.tables[table.slug].problem(addition.source, key, message))
        elif household.row:
            key = FIELDS.get(path, "wages" if path.endswith(".wages") else "first_year")
            self._note(CLIENTS, self.tables[CLIENTS.slug].problem(household.row, key, message))
        else:
            slug, records = next(iter(household.records.items()))
            table = next(each for each in TABLES if each.slug == slug)
            problem = self.tables[slug].problem(records[0].row, "client", message)
            self._note(table, problem)

    def _note(self, table: BookTable, *problems: Problem) -> None:
        self.problems += [Wrong(table, problem) for problem in problems]


def _begun(household: Household) -> dict[str, Any]:
    """The scenario without what the household has."""
    values = household.values
    first = values.get("first_year", timezone.now().year)
    year = {"wages": values["wages"]} if values.get("wages") else {}
    document: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "title": household.name,
        "years": [{"year": first + later} | year for later in range(YEARS_OF_A_BLANK)],
    }
    if "filing_status" in values:
        document["household"] = {"filing_status": values["filing_status"]}
    if values.get("minimum_tax_credit"):
        document["opening"] = {"minimum_tax_credit": values["minimum_tax_credit"]}
    return document


def _lengthen(document: dict[str, Any]) -> None:
    """Years enough for what happens, as many as a scenario can have."""
    years = document["years"]
    events = [*document.get("exercises", ()), *document.get("sales", ())]
    last = max((int(event["date"][:4]) for event in events), default=0)
    last = min(last, years[0]["year"] + MOST_YEARS - 1)
    years += [years[-1] | {"year": year} for year in range(years[-1]["year"] + 1, last + 1)]


def _words_of_ids(document: dict[str, Any]) -> Any:
    """Puts what a page calls grants and lots in place of their ids."""
    lots = [lot for each in choices_of_lots(typed.from_document(document)).values() for lot in each]

    def said(message: str) -> str:
        for lot_id, words in lots:
            message = message.replace(f"“{lot_id}”", f"“{words}”")
        return message

    return said
