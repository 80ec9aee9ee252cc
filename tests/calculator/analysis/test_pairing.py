"""Pairing: the 30-40 Wealth case worked by hand, identities, and brute force over the engine."""

from __future__ import annotations

import numpy as np
import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.pairing import pairing
from calculator.analysis.what_if import with_extra_gain

# A lot with a regular gain of 100,000 and an AMT loss of 200,000 is sold in 2024 (seed 000).
STAND_ALONE = {
    "schema_version": 1,
    "opening": {"minimum_tax_credit": 90_000},
    "years": [{"year": 2024, "wages": 220_000}, {"year": 2025, "wages": 220_000}],
    "holdings": [
        {
            "id": "h1",
            "acquired": "2021-03-08",
            "shares": 5000,
            "iso": {
                "granted": "2019-02-04",
                "exercised": "2021-03-08",
                "strike": 2,
                "fair_market_value": 62,
            },
        },
        {"id": "h2", "acquired": "2016-05-09", "shares": 1000, "basis": 40, "price": 237},
    ],
    "sales": [{"id": "s1", "from": "h1", "date": "2024-06-10", "shares": 5000, "price": 22}],
}
# The phase-out of 2026 makes a large paired gain erode the credit.
ERODING = {
    "schema_version": 1,
    "opening": {"minimum_tax_credit": 136_159},
    "assumptions": {"discount_rate": 0.03},
    "years": [{"year": year, "wages": 200_000} for year in range(2026, 2032)],
    "holdings": [
        {
            "id": "h1",
            "acquired": "2020-01-02",
            "shares": 10_000,
            "iso": {
                "granted": "2018-01-02",
                "exercised": "2020-01-02",
                "strike": 1,
                "fair_market_value": 50,
            },
        }
    ],
    "sales": [{"id": "s1", "from": "h1", "date": "2026-05-01", "shares": 10_000, "price": 10}],
}
ITEMIZING_JOINTLY = {
    "schema_version": 1,
    "household": {"filing_status": "married_filing_jointly"},
    "opening": {"minimum_tax_credit": 60_000, "amt_capital_loss": {"long_term": 250_000}},
    "years": [
        {
            "year": year,
            "wages": 480_000,
            "qualified_dividends": 9_000,
            "itemized": {"state_and_local_taxes": 60_000, "mortgage_interest": 11_000},
        }
        for year in (2026, 2027, 2028)
    ],
}
SEPARATELY_WITH_SHORT_LOSS = {
    "schema_version": 1,
    "household": {"filing_status": "married_filing_separately"},
    "opening": {
        "minimum_tax_credit": 40_000,
        "capital_loss": {"short_term": 12_000},
        "amt_capital_loss": {"short_term": 90_000, "long_term": 30_000},
    },
    "years": [{"year": year, "wages": 150_000} for year in (2025, 2026)],
}
SCENARIOS = {
    "stand alone": (STAND_ALONE, 2024),
    "eroding": (ERODING, 2026),
    "eroding, a year later": (ERODING, 2027),
    "itemizing jointly": (ITEMIZING_JOINTLY, 2026),
    "separately": (SEPARATELY_WITH_SHORT_LOSS, 2025),
}


def costs(scenario, year, gain):
    """By the engine alone: present value of all taxes, and what credit did not pay of the tax."""
    plain, with_gain = evaluate(scenario), evaluate(with_extra_gain(scenario, year, float(gain)))
    place = [each.year for each in plain.years].index(year)
    before, after = plain.years[place], with_gain.years[place]
    unpaid = (after.regular_tax - before.regular_tax) - (after.credit_used - before.credit_used)
    return with_gain.totals.present_value, unpaid


def test_the_amt_loss_beyond_the_yearly_limit_absorbs_as_much_gain():
    # AMT loss 5,000 x (62 - 22) = 200,000, of which 3,000 is deductible: Schedule D line 21.
    assert pairing(parse_scenario(STAND_ALONE), 2024).absorbing_gain == 197_000


def test_the_credit_pays_the_regular_tax_of_a_gain_that_the_loss_absorbs():
    # Every dollar up to 197,000 adds 15 cents of regular tax and 15 cents of credit use.
    assert pairing(parse_scenario(STAND_ALONE), 2024).free_gain == pytest.approx(197_000, abs=0.01)


def test_the_paired_sale_of_the_article_is_a_point_of_the_curve():
    curve = pairing(parse_scenario(STAND_ALONE), 2024, points=3, upto=394_000)

    assert curve.gain.tolist() == [0, 197_000, 394_000]
    assert curve.credit_used[:2] == pytest.approx([24_276.5, 53_826.5])
    assert curve.extra_tax["regular_tax"][1] == pytest.approx(87_964.5 - 58_414.5)
    assert curve.extra_tax["net_investment_income_tax"][1] == pytest.approx(11_286 - 3_800)
    assert curve.amt_loss_left[:2] == pytest.approx([197_000, 0])


def test_shares_of_a_holding_raise_the_gain_as_a_supposed_gain_does():
    scenario = parse_scenario(STAND_ALONE)

    held = pairing(scenario, 2024, holding="h2", points=5)
    supposed = pairing(scenario, 2024, upto=197_000, points=5)

    assert held.gain.tolist() == pytest.approx(supposed.gain.tolist())
    assert held.net_cost == pytest.approx(supposed.net_cost)


@pytest.mark.parametrize(("document", "year"), SCENARIOS.values(), ids=SCENARIOS.keys())
def test_the_curve_at_no_gain_is_the_scenario_itself(document, year):
    scenario = parse_scenario(document)
    itself = next(each for each in evaluate(scenario).years if each.year == year)

    curve = pairing(scenario, year)

    assert curve.credit_used[0] == itself.credit_used
    assert curve.credit_eroded[0] == itself.credit_eroded
    assert curve.net_cost[0] == 0
    assert {kind: tax[0] for kind, tax in curve.extra_tax.items()} == dict.fromkeys(
        ("regular_tax", "amt", "net_investment_income_tax", "state_tax"), 0
    )


# The itemizing couple's further income moves the cap on its state taxes, and with it AMT income.
@pytest.mark.parametrize(
    ("document", "year"),
    [SCENARIOS[name] for name in SCENARIOS if name != "itemizing jointly"],
    ids=[name for name in SCENARIOS if name != "itemizing jointly"],
)
def test_tentative_minimum_tax_stays_up_to_the_absorbing_gain(document, year):
    scenario = parse_scenario(document)
    absorbed = pairing(scenario, year).absorbing_gain
    place = [each.year for each in scenario.years].index(year)

    taxes = [
        evaluate(with_extra_gain(scenario, year, gain)).years[place].tentative_minimum_tax
        for gain in (0.0, absorbed / 2, absorbed, absorbed + 10_000)
    ]

    assert taxes[:3] == pytest.approx([taxes[0]] * 3)
    assert taxes[3] > taxes[0]


@pytest.mark.parametrize(("document", "year"), SCENARIOS.values(), ids=SCENARIOS.keys())
def test_up_to_the_free_gain_and_no_further_credit_pays_the_regular_tax(document, year):
    scenario = parse_scenario(document)
    found = pairing(scenario, year)
    upto = float(found.gain[-1])

    below = np.linspace(0.0, found.free_gain, 97)
    beyond = found.free_gain + 1.0

    assert max(costs(scenario, year, gain)[1] for gain in below) <= 0.01
    assert beyond > upto or costs(scenario, year, beyond)[1] > 0


@pytest.mark.parametrize(("document", "year"), SCENARIOS.values(), ids=SCENARIOS.keys())
@pytest.mark.parametrize("later", [None, 1], ids=["never", "the next year"])
def test_a_fine_grid_finds_no_better_gain(document, year, later):
    scenario = parse_scenario(document)
    otherwise = None if later is None else year + later
    if otherwise is not None and otherwise > scenario.years[-1].year:
        otherwise = None
    found = pairing(scenario, year, otherwise=otherwise, upto=500_000)

    def present_value(gain):
        changed = with_extra_gain(scenario, year, float(gain))
        if otherwise is not None:
            changed = with_extra_gain(changed, otherwise, 500_000 - float(gain))
        return evaluate(changed).totals.present_value

    best = present_value(found.best_gain)
    assert min(present_value(gain) for gain in np.linspace(0, 500_000, 401)) >= best - 0.01


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ({"year": 2030}, "year"),
        ({"year": 2024, "holding": "h9"}, "holding"),
        ({"year": 2024, "holding": "h1"}, "holding"),
        ({"year": 2024, "upto": -1.0}, "upto"),
        ({"year": 2024, "otherwise": 2024}, "otherwise"),
        ({"year": 2024, "otherwise": 2040}, "year"),
    ],
    ids=["no such year", "no such holding", "no price", "negative", "not later", "not modelled"],
)
def test_it_refuses_what_cannot_be_asked(question, path):
    with pytest.raises(InvalidScenario) as refused:
        pairing(parse_scenario(STAND_ALONE), **question)

    assert [problem.path for problem in refused.value.problems] == [path]
