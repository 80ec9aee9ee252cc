"""Options before AMT: figures worked by hand on Form 6251, and brute force over the engine."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calculator import InvalidScenario, UnsupportedSituation, evaluate, parse_scenario
from calculator.analysis.before_amt import before_amt
from calculator.analysis.option_grants import Options


def document(year=2026, status="single", wages=180_000, strikes=(1.5,), **changes):
    return {
        "schema_version": 1,
        "household": {"filing_status": status},
        "years": [{"year": year, "wages": wages}],
        "grants": [
            {"id": f"g{n}", "kind": "iso", "date": "2020-01-02", "shares": 1e6, "strike": strike}
            for n, strike in enumerate(strikes, 1)
        ],
    } | changes


def found_for(base, *options):
    asked = [Options(grant=f"g{n}", shares=s, value=v) for n, (s, v) in enumerate(options, 1)]
    year = base["years"][-1]["year"]
    return before_amt(parse_scenario(base), asked, date(year, 6, 1))


def amt_of(base, *exercised):
    """Of one year, with so many shares of each grant exercised at 12."""
    rows = [
        {
            "id": f"e{n}",
            "grant": f"g{n}",
            "date": f"{base['years'][0]['year']}-06-01",
            "shares": shares,
            "fair_market_value": 12,
        }
        for n, shares in enumerate(exercised, 1)
    ]
    return evaluate(parse_scenario(base | {"exercises": rows})).years[0].amt


# Regular tax on wages less the standard deduction; line 7 is 26% of wages and spread less the
# exemption.  AMT starts where line 7 reaches the regular tax.
BY_HAND = [
    # Taxable 164,250: 1,192.50 + 4,386 + 12,072.50 + 24% of 60,900 = 32,267; line 7 without spread
    # 26% of 180,000 - 88,100 = 23,894; 8,373 / 26%.
    pytest.param(2025, "single", 180_000, 32_203.85, id="2025-single"),
    # Taxable 268,500: 2,385 + 8,772 + 24,145 + 24% of 61,800 = 50,134; 26% of 300,000 - 137,000
    # = 42,380; 7,754 / 26%.
    pytest.param(2025, "married_filing_jointly", 300_000, 29_823.08, id="2025-joint"),
    # Taxable 163,900: 1,240 + 4,560 + 12,166 + 24% of 58,200 = 31,934; 26% of 180,000 - 90,100
    # = 23,374; 8,560 / 26%.
    pytest.param(2026, "single", 180_000, 32_923.08, id="2026-single"),
    # Taxable 267,800: 2,480 + 9,120 + 24,332 + 24% of 56,400 = 49,468; 26% of 300,000 - 140,200
    # = 41,548; 7,920 / 26%.
    pytest.param(2026, "married_filing_jointly", 300_000, 30_461.54, id="2026-joint"),
]


@pytest.mark.parametrize(("year", "status", "wages", "room"), BY_HAND)
def test_amt_starts_where_form_6251_says(year, status, wages, room):
    found = found_for(document(year, status, wages), (10_000, 12))

    assert found.bargain_element == pytest.approx(room, abs=0.01)
    assert found.shares == pytest.approx(room / 10.5, abs=0.001)
    assert found.most == int(room / 10.5)


@pytest.mark.parametrize(("year", "status", "wages", "room"), BY_HAND)
def test_of_two_grants_the_lesser_spread_comes_first(year, status, wages, room):
    # 3,000 options of a spread of 5 take 15,000 of the room; those of 10 share the rest.
    found = found_for(document(year, status, wages, strikes=(2, 7)), (4_000, 12), (3_000, 12))

    assert [lot.grant for lot in found.lots] == ["g2", "g1"]
    assert found.shares == pytest.approx(3_000 + (room - 15_000) / 10, abs=0.001)
    assert found.by_lot(found.most) == (3_000, int((room - 15_000) / 10))


def test_the_other_order_lets_fewer_options_through():
    base = document(strikes=(2, 7))
    found = found_for(base, (4_000, 12), (3_000, 12))
    of_second, of_first = found.by_lot(found.most)

    assert amt_of(base, of_first, of_second) == 0
    assert amt_of(base, of_first + of_second - 2_999, 2_999) > 0


def test_the_next_options_cost_what_the_engine_says():
    # 1,000 x 10.50 less what is left of the room above 3,135 options: 10,494.42 at 26%.
    base = document()
    found = found_for(base, (10_000, 12))

    assert found.added_amt(3_135, 4_135) == pytest.approx(2_728.55, abs=0.01)
    assert found.added_amt(3_135, 4_135) == pytest.approx(amt_of(base, 4_135), abs=0.01)


def test_the_curve_is_exact_between_its_points():
    base = document(wages=350_000, strikes=(2, 7))
    found = found_for(base, (60_000, 12), (30_000, 12))

    for shares in np.linspace(0, 90_000, 23):
        of_second, of_first = found.by_lot(float(shares))
        expected = amt_of(base, of_first, of_second)
        assert found.along.at(found.along.amt, shares) == pytest.approx(expected, abs=0.05)


def test_the_thresholds_stand_where_the_form_reaches_them():
    # 2026, single, spread 10: AMTI of 500,000 at 320,000 of spread; the exemption of 90,100 is gone
    # 180,200 later, at 50 cents a dollar; the base of 244,500 is reached at AMTI of 334,600.
    found = found_for(document(strikes=(2,)), (60_000, 12))

    assert {each.kind: round(each.shares, 2) for each in found.thresholds} == {
        "phase_out_begins": 32_000,
        "phase_out_ends": 50_020,
        "higher_rate": 15_460,
    }


def test_what_income_has_passed_already_is_no_threshold():
    found = found_for(document(wages=900_000, strikes=(2,)), (5_000, 12))

    assert found.thresholds == ()


def test_all_options_may_fit():
    found = found_for(document(), (3_135, 12))

    assert (found.shares, found.most) == (None, 3_135)


def test_options_below_their_strike_are_left_out():
    found = found_for(document(strikes=(2, 15)), (100, 12), (100, 12))

    assert [lot.grant for lot in found.lots] == ["g1"]


def test_amt_that_is_due_already_leaves_no_room():
    years = [{"year": 2026, "wages": 180_000, "other_amt_deferral_items": 100_000}]
    found = found_for(document(years=years), (10_000, 12))

    assert found.most == 0
    assert found.amt_without == pytest.approx(0.26 * (89_900 + 100_000) - 31_934, abs=0.01)


def test_it_refuses_what_it_does_not_model():
    nonqualified = document()
    nonqualified["grants"][0]["kind"] = "nso"
    with pytest.raises(InvalidScenario):
        found_for(nonqualified, (10, 12))
    vesting = {"id": "v1", "grant": "g1", "date": "2026-01-01", "shares": 5}
    with pytest.raises(UnsupportedSituation):
        found_for(document(vestings=[vesting]), (10, 12))
    with pytest.raises(InvalidScenario):
        before_amt(
            parse_scenario(document()),
            [Options(grant="g7", shares=1, value=1)],
            date(2026, 1, 1),
        )
