"""The rows of a run as a table to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from amtweb.exchange.tables import Table
from amtweb.runs.models import Kind, State
from amtweb.runs.results import MEASURES, VALUES, YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amtweb.runs.models import Run

CLOSED = {
    "credit": "Credit",
    "amt": "AMT",
    "capital_loss": "Capital loss carried over",
    "amt_capital_loss": "AMT capital loss carried over",
    "tax": "Federal tax",
    "adjusted_gross_income": "Adjusted gross income",
    "title": "New scenario",
}
FIGURES = {**MEASURES, **YEARS}
WITH = ("revision", "digest", "engine_version", "law_version")
STATES = {State.WAITING: "not done", State.DONE: "done", State.FAILED: "cannot be done"}


def table_of(run: Run) -> Table:
    """A line a client: what came of it, and of what and with what it was computed."""
    compared = run.kind == Kind.RECOMPUTE
    figures = (
        tuple(f"{label}, {when}" for label in FIGURES.values() for when in ("before", "after"))
        if compared
        else tuple(CLOSED.values())
    )
    columns = ("Client", "State", "Reason", *figures)
    about = ("Revision", "Document digest", "Calculator version", "Law version", "Computed at")
    rows = run.items.order_by("client__name", "pk").values(*VALUES)
    return Table(
        "Across the book",
        (*columns, *about),
        tuple(_line(row, compared) for row in rows),
        in_dollars=True,
    )


def _line(row: Mapping[str, Any], compared: bool) -> tuple[Any, ...]:  # noqa: FBT001 - of a table
    result = row["result"]
    figures = (
        [result.get(when, {}).get(name) for name in FIGURES for when in ("before", "after")]
        if compared
        else [result.get(name) for name in CLOSED]
    )
    stored = row["stored_at"].isoformat(timespec="seconds") if row["stored_at"] else None
    return (
        *(row["client__name"], STATES[State(row["state"])], row["reason"]),
        *figures,
        *(row[name] for name in WITH),
        stored,
    )
