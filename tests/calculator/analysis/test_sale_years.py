from __future__ import annotations

import copy
import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from calculator import InvalidScenario, ScenarioResult, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.sale_years import SalePlan, SaleYears, sale_years
from calculator.analysis.year_end import year_end
from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from


def flat(years: int = 5, rate: float = 0.0, wages: float = 100_000) -> Document:
    """Flat rates: exercising 10,000 shares of spread 20 in 2026 leaves a credit of 47,000."""
    return years_from(
        2026,
        *[{"wages": wages}] * years,
        law={"path": "flat"},
        assumptions={"discount_rate": rate},
        **an_iso_exercise(),
    )


def usual(status: str = "single", wages: float = 200_000, **other: Any) -> Document:
    return years_from(
        2026,
        *[{"wages": wages, "long_term_gain": 10_000}] * 6,
        status=status,
        assumptions={"discount_rate": 0.04},
        **{**an_iso_exercise(), **other},
    )


def sold(document: Document, answer: SaleYears, divisions: np.ndarray) -> ScenarioResult:
    """What the engine alone says of divisions."""
    changed = copy.deepcopy(document)
    replaced = set(answer.replaced_sales)
    changed["sales"] = [s for s in changed.get("sales", []) if s["id"] not in replaced]
    for place, (year, price) in enumerate(zip(answer.years, answer.prices, strict=True)):
        changed["sales"].append(
            {
                "id": f"p{place}",
                "from": answer.source,
                "date": f"{year}-12-31",
                "shares": divisions[:, place],
                "price": price,
            }
        )
    return evaluate(parse_scenario(changed))


def grid(years: int, total: float, steps: int) -> np.ndarray:
    """Every division of the total into steps."""
    cells = [cell for cell in product(range(steps + 1), repeat=years - 1) if sum(cell) <= steps]
    return np.array([(*cell, steps - sum(cell)) for cell in cells]) * (total / steps)


def applied(document: Document, plan: SalePlan) -> Document:
    changed = copy.deepcopy(document)
    changed.setdefault("sales", [])
    for number, edit in enumerate(plan.proposal.edits):
        if edit["path"] == "sales[+]":
            changed["sales"].append({"id": f"p{number}", **edit["value"]})
        else:
            place, _, key = edit["path"].removeprefix("sales[").partition("].")
            changed["sales"][int(place)][key] = edit["value"]
    return changed


def test_sold_at_once_at_half_the_value_is_followed_by_hand() -> None:
    # 28% of 301,000 less 37% of 101,000 is a credit of 46,910.  2027, at 11: a gain of 100,000 at
    # 20% in regular tax, an AMT loss of 100,000.  37,370 and 20,000 less 28,280 leave room for
    # 29,090 of the credit; then 9,090 a year.
    answer = sale_years(parse_scenario(flat(wages=101_000)), "e1", 11.0, last_year=2027)
    plan = answer.plan("at_once")

    assert answer.qualifying_from.isoformat() == "2027-01-16"
    assert answer.years == (2027,)
    assert plan.shares == (10_000,)
    assert plan.credit_balance == pytest.approx((46_910, 17_820, 8_730, 0, 0))
    assert plan.first_year_without_credit == 2029
    assert plan.federal_tax == pytest.approx(84_280 + 28_280 + 28_280 + 28_640 + 37_370)
    assert plan.proceeds == pytest.approx(110_000)


def test_the_credit_is_back_soonest_when_all_is_sold_at_once_here() -> None:
    answer = sale_years(parse_scenario(flat(wages=101_000)), "e1", 11.0)

    assert answer.plan("soonest").first_year_without_credit == 2029
    # 2,500 shares a year make room for 9,090 and 5,000 a year.
    assert answer.plan("even").first_year_without_credit == 2030
    assert answer.plan("soonest").present_value <= answer.plan("at_once").present_value


def test_a_price_grows_from_the_first_year_asked_about() -> None:
    answer = sale_years(parse_scenario(flat()), "e1", 10.0, first_year=2028, growth=0.1)

    assert answer.years == (2028, 2029, 2030)
    assert answer.prices == pytest.approx((10, 11, 12.1))


def test_early_years_are_planned_only_if_asked() -> None:
    document = flat()
    document["grants"][0]["date"] = "2025-06-01"
    scenario = parse_scenario(document)
    held = sale_years(scenario, "e1", 11.0, last_year=2028)
    early = sale_years(scenario, "e1", 11.0, last_year=2028, early=True)

    assert held.qualifying_from.isoformat() == "2027-06-02"
    assert held.years == (2027, 2028)
    assert early.years == (2026, 2027, 2028)


def test_a_period_that_ends_with_the_year_waits_for_the_next() -> None:
    document = flat()
    document["exercises"][0]["date"] = "2026-12-31"

    assert sale_years(parse_scenario(document), "e1", 11.0).years == (2028, 2029, 2030)


def test_sales_in_the_years_asked_about_are_replaced_and_others_stay() -> None:
    document = flat()
    document["sales"] = [
        {"id": "s1", "from": "e1", "date": "2027-03-01", "shares": 1_000, "price": 9},
        {"id": "s2", "from": "e1", "date": "2028-03-01", "shares": 2_000, "price": 9},
        {"id": "s3", "from": "e1", "date": "2029-03-01", "shares": 3_000, "price": 9},
    ]
    answer = sale_years(parse_scenario(document), "e1", 11.0, first_year=2028)

    assert answer.replaced_sales == ("s2", "s3")
    assert answer.shares == 9_000


@pytest.mark.parametrize("sales", [0, 1, 5])
def test_a_proposal_applied_is_the_plan(sales: int) -> None:
    document = usual()
    document["sales"] = [
        {
            "id": f"s{number}",
            "from": "e1",
            "date": f"2028-0{number + 1}-01",
            "shares": 1_000,
            "price": 9,
            "loss_recognized": False,
        }
        for number in range(sales)
    ]
    plans = sale_years(parse_scenario(document), "e1", 12.0, last_year=2029).plans

    assert [plan.name for plan in plans] == ["at_once", "even", "least_tax", "soonest"]
    for plan in plans:
        result = result_of(applied(document, plan))
        assert result["totals"]["present_value"] == pytest.approx(plan.present_value, abs=1e-6)
        assert [year["credit_balance"] for year in result["years"]] == pytest.approx(
            list(plan.credit_balance), abs=1e-6
        )


def test_a_holding_can_be_sold_over_years() -> None:
    # A gain of 100 a share is tax-free up to the ceiling of the zero rate.
    document = years_from(
        2026,
        {},
        {},
        holdings=[{"id": "h1", "acquired": "2020-01-01", "shares": 1_000, "basis": 0}],
    )
    answer = sale_years(parse_scenario(document), "h1", 100.0)
    least = answer.plan("least_tax")

    # 2026: 16,100 of deduction and 49,450 at no rate.
    assert answer.plan("at_once").federal_tax == pytest.approx(0.15 * (100_000 - 65_550))
    assert least.federal_tax == pytest.approx(0, abs=0.01)
    assert sum(least.shares) == pytest.approx(1_000)


HOUSEHOLDS = [
    usual(),
    usual(status="married_filing_separately", wages=120_000),
    usual(wages=450_000, opening={"minimum_tax_credit": 30_000}),
]


@pytest.mark.parametrize("document", HOUSEHOLDS)
@pytest.mark.parametrize("price", [0.5, 8.0, 45.0])
@pytest.mark.parametrize(("last", "steps"), [(2028, 1_000), (2029, 90)])
def test_no_division_on_a_fine_grid_is_better(
    document: Document, price: float, last: int, steps: int
) -> None:
    answer = sale_years(parse_scenario(document), "e1", price, last_year=last, growth=0.03)
    result = sold(document, answer, grid(last - 2026, 10_000, steps))
    present_value = result.totals.present_value
    never = 9_999
    year = np.nan_to_num(result.totals.first_year_without_credit, nan=never)
    left = np.broadcast_to(result.totals.credit_left, present_value.shape)
    least, soonest = answer.plan("least_tax"), answer.plan("soonest")

    assert least.present_value <= present_value.min() + 0.15
    assert (soonest.first_year_without_credit or never) <= year.min()
    if year.min() == never:
        assert soonest.credit_left <= left.min() + 0.15
    else:
        as_soon = year <= (soonest.first_year_without_credit or never)
        assert np.all(soonest.present_value <= present_value[as_soon] + 0.15)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"source": "e2"}, "source"),
        ({"price": -1.0}, "price"),
        ({"growth": 2.0}, "growth"),
        ({"first_year": 2020}, "year"),
        ({"first_year": 2029, "last_year": 2028}, "to"),
        ({"last_year": 2026}, "to"),
        ({"shares": 0.0}, "shares"),
        ({"shares": 10_001.0}, "shares"),
        ({"credit_value": -1.0}, "credit_value"),
    ],
)
def test_a_bad_question_is_refused(asked: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        sale_years(parse_scenario(flat()), **({"source": "e1", "price": 11.0} | asked))

    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_lot_without_shares_left_is_refused() -> None:
    document = flat()
    document["sales"] = [
        {"id": "s1", "from": "e1", "date": "2027-03-01", "shares": 10_000, "price": 9}
    ]
    with pytest.raises(InvalidScenario, match="left to sell"):
        sale_years(parse_scenario(document), "e1", 11.0, first_year=2028)


def test_selling_in_the_year_of_exercise_erases_the_amt() -> None:
    # At 6, a gain of 5 a share is wages: 37% of 150,000.  Held and sold in 2027 at 6: 84,000 in
    # 2026; then 37,000 and 20% of 50,000 less 19,000 of credit, and 9,000 a year.
    answer = year_end(parse_scenario(flat()), "e1", 6.0)

    assert answer.sell.year == 2026
    assert answer.sell.amt == pytest.approx(0)
    assert answer.sell.present_value == pytest.approx(0.37 * 150_000 + 4 * 37_000)
    assert answer.sell.net == pytest.approx(60_000 - 203_500)
    assert answer.hold.year == 2027
    assert answer.hold.amt == pytest.approx(47_000)
    assert answer.hold.present_value == pytest.approx(84_000 + 28_000 * 3 + 28_000 - 0)
    assert answer.hold.credit_balance == pytest.approx((47_000, 28_000, 19_000, 10_000, 1_000))


def test_at_the_break_even_price_both_ways_come_out_alike() -> None:
    document = usual()
    answer = year_end(parse_scenario(document), "e1", 6.0, growth=0.05)
    assert answer.break_even_price is not None
    assert answer.sell_below is not None

    def net(year: int, price: float) -> float:
        changed = copy.deepcopy(document)
        changed["sales"] = [
            {"id": "s1", "from": "e1", "date": f"{year}-12-31", "shares": 10_000, "price": price}
        ]
        proceeds = 10_000 * price / 1.04 ** (year - 2026)
        return float(proceeds - result_of(changed)["totals"]["present_value"])

    assert net(2027, answer.break_even_price) == pytest.approx(answer.sell.net, abs=0.05)
    assert net(2027, answer.sell_below * 1.05) == pytest.approx(
        net(2026, answer.sell_below), abs=0.05
    )


def test_below_its_break_even_price_selling_is_better_and_above_it_holding() -> None:
    scenario = parse_scenario(usual())
    edge = year_end(scenario, "e1", 6.0).sell_below
    assert edge is not None
    below, above = (year_end(scenario, "e1", edge + step) for step in (-0.5, 0.5))

    assert below.sell.net > below.hold.net
    assert above.sell.net < above.hold.net


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"exercise": "e2"}, "exercise"),
        ({"price": -1.0}, "price"),
        ({"growth": -0.6}, "growth"),
        ({"later_year": 2026}, "to"),
        ({"later_year": 2040}, "to"),
    ],
)
def test_a_bad_question_at_the_year_end_is_refused(asked: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        year_end(parse_scenario(flat()), **({"exercise": "e1", "price": 6.0} | asked))

    assert [problem.path for problem in caught.value.problems] == [path]


def test_other_options_have_no_amt_to_erase() -> None:
    document = flat()
    document["grants"][0]["kind"] = "nso"
    with pytest.raises(InvalidScenario, match="incentive stock"):
        year_end(parse_scenario(document), "e1", 6.0)


def test_the_command_line_answers(tmp_path, capfdbinary) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(flat(wages=101_000)), encoding="utf-8")
    asked = ["--source", "e1", "--price", "11", "--to", "2027"]
    assert main(["sale-years", str(path), *asked]) == 0
    answer = json.loads(capfdbinary.readouterr().out)

    assert answer["plans"]["at_once"]["first_year_without_credit"] == 2029
    assert answer["qualifying_from"] == "2027-01-16"
    assert answer["year_end"]["sell"]["amt"] == 0

    document = flat()
    document["exercises"][0]["date"] = "2025-01-15"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert main(["sale-years", str(path), *asked]) == 0
    assert json.loads(capfdbinary.readouterr().out)["year_end"] is None
