"""The sales behind a Schedule D, a row for each lot: as Form 8949 has them, and its AMT twin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from amtweb.worksheets.written import exactly
from calculator.worksheet import dispositions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from amtweb.worksheets.references import Addresses
    from calculator import Scenario, ScenarioResult
    from calculator.worksheet import SoldShares

KINDS = {
    "qualifying": "qualifying",
    "disqualifying": "disqualifying",
    "disqualifying_same_year": "disqualifying, in the year of the exercise",
    "not_iso": "",
}
SYSTEMS = {"schedule_d": "", "amt_schedule_d": "amt_"}
"""By the form, how the amounts of its system begin."""


class SoldRow(NamedTuple):
    """Shares of a lot sold on a day, in one system."""

    id: str
    """Empty for all rows of a sale but the first."""
    description: str
    kind: str
    href: str
    """The sale among the inputs."""
    acquired: str
    sold: str
    proceeds: str
    basis: str
    adjustment: str
    """The loss that is not recognized; empty where there is none."""
    gain: str


class SoldGroup(NamedTuple):
    """Sales that go to one line."""

    title: str
    line: str
    rows: tuple[SoldRow, ...]


def sold_shares(
    scenario: Scenario, result: ScenarioResult, addresses: Addresses
) -> dict[str, tuple[SoldGroup, ...]]:
    """By form, what was sold in a year: short-term, then long-term."""
    sold = dispositions(scenario, result, addresses.year)
    return {form: tuple(_groups(form, sold, addresses)) for form in SYSTEMS}


def _groups(form: str, sold: Iterable[SoldShares], addresses: Addresses) -> Iterable[SoldGroup]:
    told: set[str] = set()
    for title, line, is_long in (("Short-term", "1b", False), ("Long-term", "8b", True)):
        rows = tuple(
            _row(form, each, addresses, told)
            for each in sold
            if getattr(each, f"{SYSTEMS[form]}long_term") == is_long
        )
        if rows:
            yield SoldGroup(title, line, rows)


def _row(form: str, sold: SoldShares, addresses: Addresses, told: set[str]) -> SoldRow:
    system = SYSTEMS[form]
    row_id = "" if sold.path in told else addresses.of_sold(form, sold.path)
    told.add(sold.path)
    adjustment = exactly(getattr(sold, f"{system}adjustment"))
    return SoldRow(
        row_id,
        sold.description,
        KINDS[sold.disposition],
        addresses.of_input(sold.path),
        _on_paper(getattr(sold, f"{system}acquired")),
        _on_paper(sold.sold),
        exactly(sold.proceeds),
        exactly(getattr(sold, f"{system}basis")),
        "" if adjustment == exactly(0.0) else adjustment,
        exactly(getattr(sold, f"{system}gain")),
    )


def _on_paper(day: date) -> str:
    """As Form 8949 asks for it."""
    return f"{day:%m/%d/%Y}"
