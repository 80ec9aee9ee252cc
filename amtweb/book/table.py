"""The table of the book: a page of clients, each with what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.paginator import Paginator

from amtweb.book.lines import book_of, today
from amtweb.book.looks import SORTS, seen_by
from amtweb.book.reasons import DATE, days_ahead, reasons, room_in_words
from amtweb.scenarios.charts.money_words import dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.paginator import Page

    from amtweb.book.looks import Look
    from amtweb.book.models import Line
    from amtweb.book.reasons import Ahead, Reason
    from amtweb.firms.models import Client, Firm

PAGE = 100
MOST_REASONS = 3
"""Of one client, in the table."""
NO_SCENARIO = "No scenario yet"
NOT_YET = "Not computed yet"


class Column(NamedTuple):
    """A column of the table."""

    key: str
    words: str
    means: str = ""
    is_amount: bool = False


COLUMNS = (
    Column("name", "Client"),
    Column("attention", "To look at", "What may cost something if nobody looks, soonest first."),
    Column("credit", "Credit", "AMT credit at the end of the year.", is_amount=True),
    Column(
        "amt", "AMT", "AMT expected for the year, with the plans of the scenario.", is_amount=True
    ),
    Column(
        "loss",
        "Loss to pair",
        "Other long-term gain that the year’s AMT capital loss would absorb.",
        is_amount=True,
    ),
    Column(
        "erosion",
        "At risk",
        "Credit that exclusion items take away, this year and later.",
        is_amount=True,
    ),
    Column(
        "room",
        "Room",
        "Further spread on ISOs that fits before AMT begins; none where there is AMT.",
        is_amount=True,
    ),
    Column("options", "ISOs left", "Options not exercised and not ended.", is_amount=True),
    Column("date", "Next date", "The next day on which something ends or qualifies."),
    Column("advisor", "Advisor"),
    Column("tags", "Tags"),
    Column("computed", "Computed", "When the figures were last computed."),
)


class Head(NamedTuple):
    """The head of a column: how the table is sorted by it, and where a press on it leads."""

    column: Column
    order: str
    address: str


class Row(NamedTuple):
    """A client as the table shows it."""

    client: Client
    line: Line | None
    """None where there are no figures to show."""
    trouble: str
    """Why there are none."""
    has_aged: bool
    reasons: list[Reason]
    more: int
    """Reasons that are left out."""
    next: Ahead | None
    days: int
    """Dates in the next days that are looked at."""
    year: str
    """Where it is not this year's."""

    @property
    def credit(self) -> str:
        return _amount(self.line, "credit_balance")

    @property
    def amt(self) -> str:
        return _amount(self.line, "amt")

    @property
    def loss(self) -> str:
        return _amount(self.line, "loss_to_pair")

    @property
    def erosion(self) -> str:
        return _amount(self.line, "credit_at_risk")

    @property
    def room(self) -> str:
        if self.line is None:
            return ""
        return room_in_words(self.line) or "none"

    @property
    def advisor(self) -> str:
        """What stands before the @, where there is little room."""
        return self.client.advisor.user.email.partition("@")[0] if self.client.advisor else ""

    @property
    def options(self) -> str:
        return "" if self.line is None else f"{self.line.options_left or 0.0:,.0f}"


class Table(NamedTuple):
    """A page of the table, and what stands around it."""

    look: Look
    heads: list[Head]
    rows: list[Row]
    page: Page[Any]

    @property
    def found(self) -> str:
        """How many there are on all pages: ``1,234 clients``."""
        count = self.page.paginator.count
        return f"{count:,} client{'' if count == 1 else 's'}"

    @property
    def earlier(self) -> str:
        """Where the page before is, if there is one."""
        return self._at(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def later(self) -> str:
        return self._at(self.page.number + 1) if self.page.has_next() else ""

    def _at(self, number: int) -> str:
        return self.look.address(page=str(number))


def table_of(firm: Firm, look: Look) -> Table:
    """What the look shows of a firm's book, in as many questions for two clients as for many."""
    found = _with_all_that_is_shown(seen_by(look, book_of(firm)))
    page = Paginator(found, PAGE).get_page(look.page)
    look = look._replace(page=str(page.number))
    return Table(look, list(_heads(look)), [row_of(client) for client in page], page)


def rows_of(firm: Firm, look: Look) -> Iterator[Row]:
    """All that the look finds, on whatever page."""
    found = _with_all_that_is_shown(seen_by(look, book_of(firm)))
    return (row_of(client, whole=True) for client in found.iterator(chunk_size=500))


def row_of(client: Any, *, whole: bool = False) -> Row:
    """The row of a client out of the book; ``whole`` with all reasons, not only those that fit."""
    line: Line | None = getattr(client, "line", None)
    if client.plan_pk is None:
        return _without_figures(client, NO_SCENARIO)
    if line is None:
        return _without_figures(client, NOT_YET)
    if line.problem:
        return _without_figures(client, line.problem)
    found, ahead = reasons(line, today()), days_ahead(line, today(), None)
    told = found if whole else _the_first(found)
    return Row(
        client,
        line,
        "",
        client.has_aged,
        told,
        len(found) - len(told),
        ahead[0] if ahead else None,
        len(days_ahead(line, today())),
        str(line.year) if line.year != today().year else "",
    )


def _the_first(found: list[Reason]) -> list[Reason]:
    """As many as the table has room for: dates, but not in place of all amounts."""
    dates = [reason for reason in found if reason.kind == DATE]
    others = found[len(dates) :][: MOST_REASONS - min(len(dates), 1)]
    return [*dates[: MOST_REASONS - len(others)], *others]


def _without_figures(client: Any, trouble: str) -> Row:
    return Row(client, None, trouble, client.has_aged, [], 0, None, 0, "")


def sorts_by_words(look: Look) -> dict[str, str]:
    """The orders that can be chosen where the table has no head; with the present one."""
    words = {column.key: column.words for column in COLUMNS}
    firsts = {f"-{key}" if SORTS[key].descending else key: words[key] for key in SORTS}
    key = look.sort.removeprefix("-")
    return firsts if look.sort in firsts else firsts | {look.sort: f"{words[key]}, turned around"}


def _heads(look: Look) -> Iterator[Head]:
    sorted_by, descending = look.sort.removeprefix("-"), look.sort.startswith("-")
    for column in COLUMNS:
        is_sorted = column.key == sorted_by
        turns_down = not descending if is_sorted else SORTS[column.key].descending
        sort = f"-{column.key}" if turns_down else column.key
        order = ("descending" if descending else "ascending") if is_sorted else ""
        yield Head(column, order, look.address(sort=sort, page="1"))


def _with_all_that_is_shown(clients: Any) -> Any:
    return clients.select_related("line", "advisor__user").prefetch_related("tags")


def _amount(line: Line | None, name: str) -> str:
    return "" if line is None else dollars(getattr(line, name) or 0.0)
