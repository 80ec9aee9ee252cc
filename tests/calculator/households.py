"""Random households that have a little of everything, for batches."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.calculator.builders import NOT_AMOUNTS, Document

Random = np.random.Generator


def structure(
    status: str, first: int, deductions: tuple[str, ...], *, events: bool = True, seniors: int = 0
) -> Document:
    """What the households of one batch have in common: years, status and elections."""
    people = {"people_65_or_over": seniors, "aged_or_blind_boxes": seniors, "dependents": 3}
    return {
        "household": {"filing_status": status, **people},
        "first": first,
        "deductions": deductions,
        "events": events,
    }


def household(random: Random, common: Document) -> Document:
    """A random household whose years, status, elections and dates are given."""
    return {
        "schema_version": 1,
        "household": common["household"],
        "assumptions": {"discount_rate": 0.04},
        "opening": {
            "minimum_tax_credit": dollars(random, 300_000),
            "capital_loss": losses(random, 90_000),
            "amt_capital_loss": losses(random, 400_000),
        },
        "years": [
            facts(random, year, deduction)
            for year, deduction in enumerate(common["deductions"], common["first"])
        ],
        **(events(random) if common["events"] else {}),
    }


def dollars(random: Random, largest: float) -> float:
    """An amount up to a largest one; a third of them are nothing, and many small."""
    amount = largest * random.random() ** 2
    return 0.0 if random.random() < 1 / 3 else round(amount, 2)


def signed(random: Random, largest: float) -> float:
    return dollars(random, largest) * (1 if random.random() < 2 / 3 else -1)


def losses(random: Random, largest: float) -> Document:
    return {"short_term": dollars(random, largest), "long_term": dollars(random, largest)}


def facts(random: Random, year: int, deduction: str) -> Document:
    """A year with every field of the document."""
    gain = signed(random, 900_000)
    most_special = max(gain, 0.0) / 2
    return {
        "year": year,
        "wages": dollars(random, 1_500_000),
        "interest": dollars(random, 60_000),
        "qualified_dividends": dollars(random, 90_000),
        "other_income": signed(random, 80_000),
        "short_term_gain": signed(random, 120_000),
        "long_term_gain": gain,
        "unrecaptured_section_1250_gain": min(most_special, dollars(random, 200_000)),
        "collectibles_gain": min(most_special, dollars(random, 200_000)),
        "adjustments": dollars(random, 20_000),
        "state_tax_refund": dollars(random, 9_000),
        "private_activity_bond_interest": dollars(random, 90_000),
        "deduction": deduction,
        "itemized": {
            "state_and_local_taxes": dollars(random, 90_000),
            "mortgage_interest": dollars(random, 60_000),
            "charitable_gifts": dollars(random, 50_000),
            "other": dollars(random, 10_000),
        },
        "qualified_business_income_deduction": dollars(random, 30_000),
        "schedule_1a_deductions": dollars(random, 20_000),
        "foreign_tax_credit": dollars(random, 15_000),
        "amt_foreign_tax_credit": dollars(random, 15_000),
        "other_nonrefundable_credits": dollars(random, 20_000),
        "other_amt_deferral_items": signed(random, 50_000),
        "other_amt_exclusion_items": signed(random, 50_000),
    }


def events(random: Random) -> Document:
    """Options and shares from 2025 to 2027: every kind of disposition, at any price."""
    third = random.uniform(1_000, 15_000)

    def strike() -> float:
        return random.uniform(0, 30)

    def value() -> float:
        return random.uniform(5, 60)

    def grant(name: str, kind: str, date: str) -> Document:
        shares = third * 3
        return {"id": name, "kind": kind, "date": date, "shares": shares, "strike": strike()}

    def exercise(name: str, of: str, date: str) -> Document:
        worth = value()
        return {"id": name, "grant": of, "date": date, "shares": third, "fair_market_value": worth}

    def sale(name: str, of: str, date: str, part: float, *, recognized: bool = True) -> Document:
        return {
            "id": name,
            "from": of,
            "date": date,
            "shares": third * part,
            "price": value(),
            "loss_recognized": recognized,
        }

    before = {
        "granted": "2019-04-04",
        "exercised": "2021-04-04",
        "strike": strike(),
        "fair_market_value": value(),
    }
    bases = {"basis": strike(), "amt_basis": value()}
    return {
        "grants": [grant("g1", "iso", "2022-02-28"), grant("g2", "nso", "2024-05-05")],
        "exercises": [
            exercise("e1", "g1", "2025-03-03"),
            exercise("e2", "g1", "2026-03-03"),
            exercise("e3", "g2", "2026-06-03"),
        ],
        "holdings": [
            {"id": "h1", "acquired": "2021-04-04", "shares": third, "iso": before},
            {"id": "h2", "acquired": "2024-12-12", "shares": third, **bases},
        ],
        "sales": [
            sale("s1", "e1", "2025-10-10", 0.25),
            sale("s2", "e1", "2026-02-02", 0.25),
            sale("s3", "e1", "2027-07-07", 0.25),
            sale("s4", "e2", "2026-12-30", 0.5, recognized=False),
            sale("s5", "e3", "2027-05-05", 1.0),
            sale("s6", "h1", "2026-09-09", 1.0),
            sale("s7", "h2", "2025-08-08", 0.5),
        ],
    }


def stacked(documents: list[Any], shape: tuple[int, ...], key: str = "") -> Any:
    """One document whose amounts are arrays of those of the given ones."""
    first = documents[0]
    if isinstance(first, dict):
        return {name: stacked([each[name] for each in documents], shape, name) for name in first}
    if isinstance(first, list):
        return [stacked(list(items), shape, key) for items in zip(*documents, strict=True)]
    if isinstance(first, float) and key not in NOT_AMOUNTS:
        return np.array(documents).reshape(shape)
    assert all(each == first for each in documents)
    return first
