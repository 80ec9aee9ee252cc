"""A couple's options and shares with a little of every situation."""

from __future__ import annotations

from typing import Any

EVERY_SITUATION: dict[str, Any] = {
    "schema_version": 1,
    "title": "Every situation",
    "household": {"filing_status": "married_filing_jointly"},
    "opening": {
        "minimum_tax_credit": 20000,
        "capital_loss": {"short_term": 0, "long_term": 5000},
        "amt_capital_loss": {"short_term": 1000, "long_term": 90000},
    },
    "years": [
        {
            "year": 2024,
            "wages": 300000,
            "state_tax_refund": 1200,
            "private_activity_bond_interest": 800,
            "foreign_tax_credit": 500,
        },
        {"year": 2025, "wages": 310000, "qualified_dividends": 4000, "long_term_gain": 30000},
        {"year": 2026, "wages": 320000},
    ],
    "grants": [
        {
            "id": "g1",
            "label": "Astra 2021",
            "kind": "iso",
            "date": "2021-03-01",
            "shares": 10000,
            "strike": 2.5,
        },
        {
            "id": "g2",
            "label": "Astra NSO",
            "kind": "nso",
            "date": "2023-03-01",
            "shares": 5000,
            "strike": 10,
        },
        {
            "id": "g3",
            "label": "Astra early",
            "kind": "iso",
            "date": "2023-06-01",
            "shares": 4000,
            "strike": 12,
            "early_exercise": True,
        },
    ],
    "vestings": [
        {"id": "v1", "grant": "g3", "date": "2024-09-01", "shares": 2000, "fair_market_value": 30},
        {"id": "v2", "grant": "g3", "date": "2025-09-01", "shares": 8000, "fair_market_value": 6},
    ],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2024-02-10", "shares": 6000, "fair_market_value": 28},
        {"id": "e2", "grant": "g2", "date": "2024-02-12", "shares": 1000, "fair_market_value": 28},
        {"id": "e3", "grant": "g3", "date": "2024-03-01", "shares": 4000, "fair_market_value": 28},
    ],
    "holdings": [
        {
            "id": "h1",
            "label": "Old ISO",
            "acquired": "2020-05-01",
            "shares": 1000,
            "iso": {
                "granted": "2018-01-05",
                "exercised": "2020-05-01",
                "strike": 1,
                "fair_market_value": 9,
            },
        },
        {"id": "h2", "label": "Index fund", "acquired": "2015-05-01", "shares": 500, "basis": 40},
    ],
    "splits": [{"id": "x1", "date": "2025-02-01", "ratio": 4}],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2024-06-01", "shares": 1000, "price": 25},
        {"id": "s2", "from": "e1", "date": "2024-11-01", "shares": 500, "price": 31},
        {"id": "s3", "from": "e1", "date": "2025-01-15", "shares": 1000, "price": 20},
        {"id": "s4", "from": "e1", "date": "2025-03-15", "shares": 8000, "price": 7},
        {"id": "s5", "from": "e2", "date": "2025-03-15", "shares": 4000, "price": 7},
        {"id": "s6", "from": "e3", "date": "2025-12-01", "shares": 12000, "price": 5},
        {
            "id": "s7",
            "from": "h1",
            "date": "2025-12-01",
            "shares": 1000,
            "price": 5,
            "loss_recognized": False,
        },
        {"id": "s8", "from": "h2", "date": "2025-12-01", "shares": 200, "price": 90},
    ],
}
