"""Scenario documents for tests: small and valid, with the facts that matter overridden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from calculator import evaluate, parse_scenario

Document = dict[str, Any]

NOT_AMOUNTS = {
    "schema_version",
    "year",
    "aged_or_blind_boxes",
    "people_65_or_over",
    "dependents",
    "indexing_rate",
    "discount_rate",
    "ordinary_rate",
    "long_term_gain_rate",
    "amt_rate",
    "loss_deduction_limit",
}
"""Numbers of the document that are the same in a whole batch."""


def result_of(document: Document) -> dict[str, Any]:
    """The result of a document, as the public contract has it."""
    return evaluate(parse_scenario(document)).to_dict()


def year_of(document: Document, year: int | None = None) -> dict[str, Any]:
    """The result of one year; of the only one, if no year is given."""
    years = result_of(document)["years"]
    (found,) = years if year is None else [each for each in years if each["year"] == year]
    return dict(found)


def a_year(year: int = 2025, status: str = "single", **facts: Any) -> Document:
    """A scenario of one year without equity compensation."""
    return years_from(year, facts, status=status)


def years_from(first: int, *facts: Document, status: str = "single", **other: Any) -> Document:
    """A scenario of consecutive years, each with its own facts."""
    return {
        "schema_version": 1,
        "household": {"filing_status": status},
        "years": [{"year": first + later, **each} for later, each in enumerate(facts)],
        **other,
    }


def an_iso_exercise(
    *, shares: float = 10_000, strike: float = 1, value: float = 21, year: int = 2026
) -> Document:
    """A grant of three years before, exercised in January."""
    return {
        "grants": [
            {
                "id": "g1",
                "kind": "iso",
                "date": f"{year - 3}-01-05",
                "shares": shares,
                "strike": strike,
            }
        ],
        "exercises": [
            {
                "id": "e1",
                "grant": "g1",
                "date": f"{year}-01-15",
                "shares": shares,
                "fair_market_value": value,
            }
        ],
    }


def with_amounts(document: Any, change: Callable[[str, float], Any], key: str = "") -> Any:
    """A copy of the document with every amount, price and number of shares changed.

    ``change`` is given the name of the field and its value.
    """
    if isinstance(document, dict):
        return {name: with_amounts(value, change, name) for name, value in document.items()}
    if isinstance(document, list):
        return [with_amounts(item, change, key) for item in document]
    is_number = isinstance(document, int | float) and not isinstance(document, bool)
    return change(key, document) if is_number and key not in NOT_AMOUNTS else document
