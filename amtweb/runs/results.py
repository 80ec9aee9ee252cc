"""What came of a question across the book: rows, the sentences about them, their distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from amtweb.analyses.pictures import Histogram
from amtweb.analyses.tables import Table, TableRow
from amtweb.runs.models import State
from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.charts.palette import CREDIT, TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from amtweb.runs.models import Run
    from amtweb.runs.questions import Question

SEEN: Final = 0.5
"""Dollars; what differs by less is the same."""
BINS: Final = 20
MEASURES: Final[Mapping[str, str]] = {
    "credit_eroded": "Credit eroded",
    "credit_left": "Credit left",
    "amt": "AMT",
    "federal_tax": "Federal tax",
}
"""The amounts, in the order in which they are shown."""
YEARS: Final[Mapping[str, str]] = {
    "first_year_without_credit": "First year without credit",
    "credit_back": "Credit back in",
}
VALUES: Final = (
    *("client__name", "client__public_id", "state", "reason", "result", "revision", "digest"),
    *("engine_version", "law_version", "scenario__public_id", "scenario__title", "stored_at"),
    *("made__public_id", "made__title", "made__deleted_at", "made__client__closed_at"),
    "client__advisor__user__email",
)


class Pair(NamedTuple):
    """A figure before and after."""

    before: float | None
    after: float | None

    @property
    def delta(self) -> float:
        """After less before; nothing where one is not known."""
        if self.before is None or self.after is None:
            return 0.0
        return self.after - self.before

    @property
    def differs(self) -> bool:
        """Whether there is a difference to see."""
        return abs(self.delta) >= SEEN


class Row(NamedTuple):
    """A client for whom there is a result."""

    item: Mapping[str, Any]
    amounts: Mapping[str, Pair]
    years: Mapping[str, Pair]

    @property
    def name(self) -> str:
        """The client's."""
        return str(self.item["client__name"])

    @property
    def labelled_amounts(self) -> list[tuple[str, Pair]]:
        """The amounts, each with what it is called."""
        return [(label, self.amounts[name]) for name, label in MEASURES.items()]

    @property
    def labelled_years(self) -> list[tuple[str, Pair]]:
        """The years, each with what it is called."""
        return [(label, self.years[name]) for name, label in YEARS.items()]

    @property
    def is_touched(self) -> bool:
        """Whether any amount differs, or a year that was there before."""
        moved = (p.before is not None and p.before != p.after for p in self.years.values())
        return any(pair.differs for pair in self.amounts.values()) or any(moved)


class Results(NamedTuple):
    """All rows, and who has none."""

    rows: list[Row]
    failed: list[Mapping[str, Any]]

    @property
    def by_reason(self) -> list[tuple[str, list[Mapping[str, Any]]]]:
        """Who has no result, by the sentence that says why."""
        reasons: dict[str, list[Mapping[str, Any]]] = {}
        for item in self.failed:
            reasons.setdefault(item["reason"], []).append(item)
        return sorted(reasons.items(), key=lambda each: -len(each[1]))


def results_of(run: Run) -> Results:
    """What there is so far, as a run without order has it."""
    items = list(run.items.exclude(state=State.WAITING).values(*VALUES))
    done = [item for item in items if item["state"] == State.DONE]
    failed = [item for item in items if item["state"] == State.FAILED]
    return Results([_row(item) for item in done], sorted(failed, key=_by_name))


def _row(item: Mapping[str, Any]) -> Row:
    before, after = item["result"].get("before", {}), item["result"].get("after", {})
    return Row(
        item,
        {name: Pair(before.get(name), after.get(name)) for name in MEASURES},
        {name: Pair(before.get(name), after.get(name)) for name in YEARS},
    )


def _by_name(item: Mapping[str, Any]) -> str:
    return str(item["client__name"]).casefold()


def main_measure(rows: Iterable[Row]) -> str:
    """The first amount that differs for anybody: credit that is lost before tax that is paid."""
    rows = list(rows)
    wanted = ("credit_eroded", "federal_tax", "amt", "credit_left")
    differing = (name for name in wanted if any(row.amounts[name].differs for row in rows))
    return next(differing, "federal_tax")


def in_order(rows: Iterable[Row], order: str) -> list[Row]:
    """Who is hit most comes first; by name, if that is asked for."""
    by_name = sorted(rows, key=lambda row: row.name.casefold())
    if order not in MEASURES:
        return by_name
    if order == "credit_left":
        return sorted(by_name, key=lambda row: -abs(row.amounts[order].delta))
    return sorted(by_name, key=lambda row: -row.amounts[order].delta)


def sentences(found: Results, question: Question) -> list[str]:
    """The headline, and what else is to say."""
    said = [_erosion(found, question.subject), *_amounts(found.rows, "federal_tax")]
    said += _left(found.rows)
    if found.failed:
        count = len(found.failed)
        said.append(
            f"{count:,} client{' is' if count == 1 else 's are'} in no figure: why stands below."
        )
    return [sentence for sentence in said if sentence]


def _erosion(found: Results, subject: str) -> str:
    total = len(found.rows)
    pairs = [row.amounts["credit_eroded"] for row in found.rows]
    if not found.rows:
        return "Nobody’s figures could be computed."
    if all(pair.before is None for pair in pairs):
        changed = sum(row.is_touched for row in found.rows)
        return f"{subject} changes the figures of {_of(changed, total)}."
    more = [pair.delta for pair in pairs if pair.delta >= SEEN]
    less = [-pair.delta for pair in pairs if pair.delta <= -SEEN]
    said = []
    if more:
        said.append(f"erodes credit of {_of(len(more), total)}, {dollars(sum(more))} in all")
    if less:
        whom = _of(len(less), total)
        said.append(f"saves credit of {whom} from erosion, {dollars(sum(less))} in all")
    if not said:
        clients = f"any of {total:,} clients" if total > 1 else "the client"
        return f"{subject} erodes no credit of {clients}."
    return f"{subject} {', and '.join(said)}."


def _of(count: int, total: int) -> str:
    clients = "client" if total == 1 else "clients"
    return f"{count:,} of {total:,} {clients}" if count < total else f"all {total:,} {clients}"


def _amounts(rows: list[Row], name: str) -> list[str]:
    deltas = [row.amounts[name].delta for row in rows if row.amounts[name].differs]
    if not deltas:
        return [f"{MEASURES[name]} is the same for everybody."] if rows else []
    higher, lower = sum(delta > 0 for delta in deltas), sum(delta < 0 for delta in deltas)
    whom = [f"{word} for {n:,}" for n, word in ((higher, "higher"), (lower, "lower")) if n]
    total = sum(deltas)
    more = "more" if total >= 0 else "less"
    counted = " and ".join(whom)
    return [f"{MEASURES[name]} is {counted}: {dollars(abs(total))} {more}, all years together."]


def _left(rows: list[Row]) -> list[str]:
    longer = sum(_comes_later(row.years["credit_back"]) for row in rows)
    if not longer:
        return []
    return [f"For {longer:,} the credit comes back later, or not in full in their years."]


def _comes_later(back: Pair) -> bool:
    if back.before is None:
        return False
    return back.after is None or back.after > back.before


def distribution(rows: list[Row], measure: str, columns: tuple[str, str]) -> Histogram | None:
    """How many clients have how much more or less; None if nobody has."""
    deltas = [row.amounts[measure].delta for row in rows if row.amounts[measure].differs]
    if not deltas:
        return None
    low, high = min(0.0, *deltas), max(0.0, *deltas)
    width = (high - low) / BINS
    edges = [low + place * width for place in range(BINS + 1)]
    counts = [0] * BINS
    for delta in deltas:
        counts[min(int((delta - low) / width), BINS - 1)] += 1
    said = f"{len(deltas):,} of {len(rows):,} clients differ, from {dollars(min(deltas))} to"
    return Histogram(
        "across-the-book",
        f"{MEASURES[measure]}: {columns[1]} less {columns[0][0].lower()}{columns[0][1:]}",
        f"{said} {dollars(max(deltas))}; the tallest bar has {max(counts):,}.",
        edges,
        counts,
        (),
        CREDIT if measure.startswith("credit") else TOTAL,
    )


def as_table(histogram: Histogram) -> Table:
    """The bars as a table."""
    edges = histogram.edges
    rows = [
        TableRow(f"{dollars(edges[place])} to {dollars(edges[place + 1])}", (f"{count:,.0f}",))
        for place, count in enumerate(histogram.counts)
        if count
    ]
    return Table(histogram.title, "Difference", ("Clients",), tuple(rows))


def totals(rows: list[Row]) -> list[tuple[str, Pair]]:
    """The amounts of all clients together."""

    def sum_of(values: Callable[[Pair], float | None], name: str) -> float | None:
        known = [values(row.amounts[name]) for row in rows]
        return None if None in known else sum(value or 0.0 for value in known)

    return [
        (label, Pair(sum_of(lambda p: p.before, name), sum_of(lambda p: p.after, name)))
        for name, label in MEASURES.items()
    ]
