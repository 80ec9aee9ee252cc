"""Why the credit shrinks by exclusion items: figures worked out by hand from the law of 2026."""

from __future__ import annotations

from typing import Any

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.erosion import divided, erosion, years_of_erosion

GRANT = {"id": "g", "kind": "iso", "date": "2021-05-10", "shares": 50_000, "strike": 2}
EXERCISE = {"id": "e", "grant": "g", "date": "2024-02-12", "shares": 50_000,
            "fair_market_value": 12}  # fmt: skip
SALE = {"id": "s", "from": "e", "date": "2026-03-09", "shares": 50_000, "price": 12}


def scenario_of(**changes: Any) -> Any:
    document = {
        "schema_version": 1,
        "years": [{"year": year, "wages": 200_000} for year in range(2024, 2031)],
        "grants": [GRANT],
        "exercises": [EXERCISE],
        "sales": [SALE],
    }
    return parse_scenario(document | changes)


def test_the_lines_of_the_exclusion_items_alone() -> None:
    """Single, 2026: exemption 90,100, half phased out of what is over 500,000; 26% up to 244,500.

    Regular tax on 683,900 with a gain of 500,000 is 118,654.  Exclusion items alone: 700,000 of
    income leave no exemption; 26% of the 200,000 of wages is 52,000, and the gain of 500,000 is
    taxed at 15% up to 545,500 of taxable income and at 20% above it, as for regular tax.
    """
    found = erosion(scenario_of(), 2026)

    at_20 = 683_900 - 545_500
    gain_tax = 0.15 * (500_000 - at_20) + 0.20 * at_20
    assert found.income == 700_000
    assert found.phaseout_start == 500_000
    assert found.full_exemption == 90_100
    assert found.exemption == 0
    assert found.tentative_tax == pytest.approx(0.26 * 200_000 + gain_tax)
    assert found.net_minimum_tax == pytest.approx(found.tentative_tax - found.regular_tax)
    assert found.net_minimum_tax == pytest.approx(found.credit_eroded) == 15_266
    assert found.credit_before - found.credit_after == pytest.approx(15_266)
    assert [(item.line, item.amount) for item in found.exclusion_items] == [("2a", 16_100)]
    assert [(item.line, item.amount) for item in found.deferral_items] == [("2k", -500_000)]


def test_half_of_the_sale_a_year_later_stays_below_the_phase_out() -> None:
    scenario = scenario_of()

    way = erosion(scenario, 2026).divided

    assert way is not None
    assert way.years == (2026, 2027)
    assert way.credit_eroded == 0
    changed = divided(scenario, way.years)
    assert changed is not None
    assert [(sale.date.year, sale.shares) for sale in changed.sales] == [
        (2026, 25_000),
        (2027, 25_000),
    ]
    assert way.federal_tax == float(evaluate(changed).totals.federal_tax)


def test_gains_are_divided_as_sales_are() -> None:
    years = [{"year": year, "wages": 200_000} for year in (2026, 2027, 2028)]
    years[0]["long_term_gain"] = 397_000
    opening = {"minimum_tax_credit": 128_186, "amt_capital_loss": {"long_term": 400_000}}
    scenario = parse_scenario({"schema_version": 1, "years": years, "opening": opening})

    way = erosion(scenario, 2026).divided

    assert way is not None
    assert way.credit_eroded < float(evaluate(scenario).totals.credit_eroded)
    changed = divided(scenario, way.years)
    assert changed is not None
    assert sum(float(facts.long_term_gain) for facts in changed.years) == pytest.approx(397_000)


def test_a_year_that_erodes_nothing_is_refused() -> None:
    scenario = scenario_of()

    assert years_of_erosion(evaluate(scenario)) == (2026,)
    with pytest.raises(InvalidScenario):
        erosion(scenario, 2025)
    with pytest.raises(InvalidScenario):
        erosion(scenario, 1999)
