"""Households of one year that every program can compute: no deductions but the standard one."""

from __future__ import annotations

from typing import Any

import numpy as np

YEAR = 2025
DISTINCT = 2_000
LARGEST = {
    "wages": 600_000.0,
    "interest": 20_000.0,
    "qualified_dividends": 30_000.0,
    "short_term_gain": 20_000.0,
    "long_term_gain": 200_000.0,
    "bargain_element": 300_000.0,
}

Columns = dict[str, list[float]]


def households(count: int) -> Columns:
    """Amounts of so many single filers; after some thousands they repeat."""
    random = np.random.default_rng(2025)
    columns = {}
    for name, largest in LARGEST.items():
        amounts = np.round(largest * random.random(DISTINCT) ** 2, 2)
        if name != "wages":
            amounts[random.random(DISTINCT) < 1 / 3] = 0.0
        columns[name] = np.resize(amounts, count).tolist()
    return columns


def document(columns: dict[str, Any]) -> dict[str, Any]:
    """One household, or a batch if the columns are arrays, as a scenario document."""
    facts = {name: amount for name, amount in columns.items() if name != "bargain_element"}
    exercise = {"id": "e", "grant": "g", "date": f"{YEAR}-03-01", "shares": 1.0}
    return {
        "schema_version": 1,
        "years": [{"year": YEAR, **facts}],
        "grants": [
            {"id": "g", "kind": "iso", "date": f"{YEAR - 2}-01-05", "shares": 1.0, "strike": 0.0}
        ],
        "exercises": [exercise | {"fair_market_value": columns["bargain_element"]}],
    }
