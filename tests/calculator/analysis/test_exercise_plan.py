from __future__ import annotations

import copy
import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from calculator import InvalidScenario, ScenarioResult, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.exercise_plan import ExercisePlan, Limits, Plan, exercise_plan
from tests.calculator.builders import Document, result_of, years_from


def a_grant(shares: float = 10_000, strike: float = 1, kind: str = "iso") -> list[Document]:
    return [{"id": "g1", "kind": kind, "date": "2023-01-05", "shares": shares, "strike": strike}]


def flat(shares: float = 10_000, years: int = 2, rate: float = 0.0) -> Document:
    """Wages of 100,000: 37,000 of regular tax, 28,000 of tentative minimum tax."""
    return years_from(
        2026,
        *[{"wages": 100_000}] * years,
        law={"path": "flat"},
        assumptions={"discount_rate": rate},
        grants=a_grant(shares),
    )


def usual(wages: float = 180_000, years: int = 6, status: str = "single", **other: Any) -> Document:
    return years_from(
        2026,
        *[{"wages": wages}] * years,
        status=status,
        assumptions={"discount_rate": 0.04},
        **{"grants": a_grant(), **other},
    )


def applied(document: Document, plan: Plan) -> Document:
    changed = copy.deepcopy(document)
    for number, edit in enumerate(plan.proposal.edits):
        assert edit["path"] == "exercises[+]"
        changed.setdefault("exercises", []).append({"id": f"p{number}", **edit["value"]})
    return changed


def test_a_lump_is_paid_at_once_and_even_shares_are_free() -> None:
    # 3,000 shares bring 60,000: 28% of 160,000 is 44,800, 7,800 above regular tax, and all of it
    # comes back in 2027.  Half as much a year stays 600 below.
    answer = exercise_plan(parse_scenario(flat(3_000, rate=0.05)), "g1", 2026, 2027, 21.0)
    lump, even, optimized = answer.plans

    assert [plan.name for plan in answer.plans] == ["lump", "even", "optimized"]
    assert lump.shares == (3_000, 0)
    assert lump.bargain_element == pytest.approx((60_000, 0))
    assert lump.amt == pytest.approx((7_800, 0))
    assert lump.cash == pytest.approx((3_000 + 7_800, -7_800))
    assert lump.credit_balance == pytest.approx((7_800, 0))
    assert lump.first_year_without_credit == 2027
    assert lump.present_value == pytest.approx(44_800 + (37_000 - 7_800) / 1.05)
    assert even.shares == (1_500, 1_500)
    assert even.amt == pytest.approx((0, 0))
    assert even.present_value == pytest.approx(37_000 + 37_000 / 1.05)
    assert optimized.present_value == pytest.approx(even.present_value)
    assert sum(optimized.shares) == pytest.approx(3_000)
    assert answer.present_value_without == pytest.approx(even.present_value)


def test_an_amt_budget_says_how_many_shares_a_year() -> None:
    # 28% of 100,000 and 20 a share reach 37,000 + 2,000 at 1,964.2857 shares.
    scenario = parse_scenario(flat())
    answer = exercise_plan(scenario, "g1", 2026, 2027, 21.0, limits=Limits(amt=2_000.0))
    optimized = answer.plan("optimized")

    assert optimized.shares == pytest.approx((1_964.2857, 1_964.2857), abs=2e-4)
    assert optimized.amt == pytest.approx((2_000, 2_000), abs=1e-2)
    assert optimized.within_limits
    assert not answer.plan("lump").within_limits


def test_a_limit_of_cash_counts_strike_and_tax() -> None:
    # A share costs 1 and 5.60 of AMT once 9,000 of room is used: 6.6 x = 5,000 + 9,000.
    scenario = parse_scenario(flat())
    answer = exercise_plan(scenario, "g1", 2026, 2027, 21.0, limits=Limits(cash=5_000.0))
    optimized = answer.plan("optimized")

    assert optimized.shares == pytest.approx((2_121.2121, 2_121.2121), abs=2e-4)
    assert optimized.cash == pytest.approx((5_000, 5_000), abs=1e-2)


def test_credit_that_comes_back_makes_room_for_cash() -> None:
    # 2027 has wages of 150,000: 55,500 less 42,000 is 13,500 of room, of which the credit of
    # 2,878.79 takes some: what is paid more than without a plan is 6.6 x less 13,500 above it.
    document = flat()
    document["years"][1]["wages"] = 150_000
    scenario = parse_scenario(document)
    answer = exercise_plan(scenario, "g1", 2026, 2027, 21.0, limits=Limits(cash=500.0))
    first, second = answer.plan("optimized").shares

    # 2026: 500 shares would cost 500, and room is for more: only the strike counts.
    assert first == pytest.approx(500, abs=2e-4)
    assert second == pytest.approx(500, abs=2e-4)


def test_shares_left_and_those_exercised_already_are_not_planned() -> None:
    document = flat()
    document["exercises"] = [
        {"id": "e1", "grant": "g1", "date": "2026-02-01", "shares": 4_000, "fair_market_value": 21}
    ]
    answer = exercise_plan(parse_scenario(document), "g1", 2026, 2027, 21.0, shares_left=1_000.0)

    assert answer.shares == 5_000
    for plan in answer.plans:
        assert sum(plan.shares) == pytest.approx(5_000)


def test_years_after_the_plan_bring_the_credit_back() -> None:
    short, long = (
        exercise_plan(parse_scenario(flat(years=years)), "g1", 2026, 2026, 21.0).plan("lump")
        for years in (1, 8)
    )

    # 28% of 200,000 less the room of 9,000; then 9,000 a year.
    assert short.credit_left == pytest.approx(47_000)
    assert long.credit_balance == pytest.approx(
        (47_000, 38_000, 29_000, 20_000, 11_000, 2_000, 0, 0)
    )
    assert long.federal_tax == pytest.approx(8 * 37_000)


def test_the_value_grows_from_the_first_year_of_the_plan() -> None:
    answer = exercise_plan(
        parse_scenario(flat(years=4)), "g1", 2027, 2029, 10.0, growth=0.1, limits=Limits(amt=0.0)
    )

    assert answer.fair_market_value == pytest.approx((10, 11, 12.1))
    assert [day.isoformat() for day in answer.dates] == ["2027-01-15", "2028-01-15", "2029-01-15"]
    # The free bargain element of 32,142.86 in shares of 9, 10 and 11.1.
    assert answer.plan("optimized").shares == pytest.approx(
        (3_571.4285, 3_214.2857, 2_895.7528), abs=2e-4
    )


def test_a_plan_does_not_exercise_before_the_grant() -> None:
    document = flat()
    document["grants"][0]["date"] = "2026-04-01"
    answer = exercise_plan(parse_scenario(document), "g1", 2026, 2027, 21.0)

    assert [day.isoformat() for day in answer.dates] == ["2026-04-01", "2027-01-15"]


def test_credit_left_can_be_given_a_worth() -> None:
    document = usual(years=3)
    answer = exercise_plan(
        parse_scenario(document), "g1", 2026, 2027, 30.0, growth=0.2, credit_value=0.7
    )
    divisions = grid(2, 10_000, 1_000)
    divisions = divisions[divisions.sum(axis=1) > 10_000 - 1e-6]
    outcome = outcome_of(document, answer, divisions)
    costs = outcome.totals.present_value - 0.7 * outcome.totals.credit_left / 1.04**2
    plan = answer.plan("optimized")

    assert plan.present_value - 0.7 * plan.credit_left / 1.04**2 <= costs.min() + 0.02
    # It differs from the plan that gives the credit no worth.
    assert plan.present_value > outcome.totals.present_value.min() + 1.0


def test_a_proposal_applied_is_the_plan() -> None:
    document = usual()
    answer = exercise_plan(
        parse_scenario(document), "g1", 2026, 2028, 30.0, limits=Limits(amt=20_000.0)
    )
    for plan in answer.plans:
        result = result_of(applied(document, plan))
        assert result["totals"]["present_value"] == pytest.approx(plan.present_value, abs=1e-6)
        assert [year["credit_balance"] for year in result["years"]] == pytest.approx(
            list(plan.credit_balance), abs=1e-6
        )
        assert [year["amt"] for year in result["years"][:3]] == pytest.approx(
            list(plan.amt), abs=1e-6
        )


def outcome_of(document: Document, answer: ExercisePlan, divisions: np.ndarray) -> ScenarioResult:
    """What the engine alone says of divisions."""
    changed = copy.deepcopy(document)
    changed.setdefault("exercises", [])
    for place, (day, value) in enumerate(zip(answer.dates, answer.fair_market_value, strict=True)):
        changed["exercises"].append(
            {
                "id": f"p{place}",
                "grant": "g1",
                "date": day.isoformat(),
                "shares": divisions[:, place],
                "fair_market_value": value,
            }
        )
    return evaluate(parse_scenario(changed))


def outcomes(
    document: Document, answer: ExercisePlan, divisions: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Present value, and AMT and cash a year, of divisions."""
    result = outcome_of(document, answer, divisions)
    plain = evaluate(parse_scenario(document))
    strike = document["grants"][0]["strike"]
    size = len(divisions)
    planned = range(answer.years[0] - 2026, answer.years[-1] - 2026 + 1)
    amt = [np.broadcast_to(result.years[i].amt, size) for i in planned]
    cash = [
        result.years[i].federal_tax - plain.years[i].federal_tax + strike * divisions[:, place]
        for place, i in enumerate(planned)
    ]
    value = np.broadcast_to(result.totals.present_value, size)
    return value, np.column_stack(amt), np.column_stack(cash)


def grid(years: int, total: float, steps: int) -> np.ndarray:
    """Every division of at most the total into steps."""
    cells = [cell for cell in product(range(steps + 1), repeat=years) if sum(cell) <= steps]
    return np.array(cells) * (total / steps)


HOUSEHOLDS = [
    usual(),
    usual(wages=60_000, status="married_filing_jointly"),
    usual(wages=300_000, status="married_filing_separately"),
    usual(wages=450_000, status="head_of_household", opening={"minimum_tax_credit": 30_000}),
    usual(grants=a_grant(kind="nso")),
    usual(
        wages=120_000,
        opening={
            "amt_capital_loss": {"short_term": 0, "long_term": 90_000},
            "capital_loss": {"short_term": 0, "long_term": 20_000},
        },
    ),
]


@pytest.mark.parametrize("document", HOUSEHOLDS)
@pytest.mark.parametrize(("last", "steps"), [(2027, 1_000), (2028, 90)])
@pytest.mark.parametrize("value", [12.5, 60.0])
def test_no_division_on_a_fine_grid_is_better(
    document: Document, last: int, steps: int, value: float
) -> None:
    answer = exercise_plan(parse_scenario(document), "g1", 2026, last, value, growth=0.05)
    divisions = grid(last - 2025, 10_000, steps)
    divisions = divisions[divisions.sum(axis=1) > 10_000 - 1e-6]
    present_value, _, _ = outcomes(document, answer, divisions)

    assert answer.plan("optimized").present_value <= present_value.min() + 0.02


@pytest.mark.parametrize("document", HOUSEHOLDS)
@pytest.mark.parametrize("limits", [Limits(amt=15_000.0), Limits(cash=40_000.0)])
def test_within_limits_no_division_exercises_more_or_costs_less(
    document: Document, limits: Limits
) -> None:
    answer = exercise_plan(parse_scenario(document), "g1", 2026, 2028, 40.0, limits=limits)
    optimized = answer.plan("optimized")
    exercised = sum(optimized.shares)
    assert optimized.within_limits

    everything = grid(3, 10_000, 40)
    _, amt, cash = outcomes(document, answer, everything)
    allowed = keeps_to(limits, amt, cash)
    assert exercised >= everything[allowed].sum(axis=1).max() - 1e-3

    as_many = grid(3, exercised, 90)
    as_many = as_many[as_many.sum(axis=1) > exercised * (1 - 1e-9)]
    present_value, amt, cash = outcomes(document, answer, as_many)
    allowed = keeps_to(limits, amt, cash)
    assert np.all(optimized.present_value <= present_value[allowed] + 0.02)


def keeps_to(limits: Limits, amt: np.ndarray, cash: np.ndarray) -> np.ndarray:
    if limits.amt is not None:
        return np.all(amt <= limits.amt, axis=1)
    return np.all(cash <= limits.cash, axis=1)


def test_many_years_are_no_worse_than_any_drawn_at_random() -> None:
    document = usual(years=12)
    answer = exercise_plan(parse_scenario(document), "g1", 2026, 2033, 50.0)
    random = np.random.default_rng(3)
    optimized = np.array(answer.plan("optimized").shares)
    drawn = np.vstack(
        [
            random.dirichlet(np.full(8, 0.5), 2_000) * 10_000,
            np.abs(optimized + random.normal(size=(2_000, 8)) * 100),
        ]
    )
    drawn *= 10_000 / drawn.sum(axis=1, keepdims=True)
    present_value, _, _ = outcomes(document, answer, drawn)

    assert answer.plan("optimized").present_value <= present_value.min() + 1.0


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"grant": "g2"}, "grant"),
        ({"first_year": 2025}, "year"),
        ({"last_year": 2050}, "year"),
        ({"first_year": 2028, "last_year": 2027}, "years"),
        ({"value": -1.0}, "value"),
        ({"value": float("nan")}, "value"),
        ({"growth": 2.0}, "growth"),
        ({"limits": Limits(amt=-1.0)}, "amt_budget"),
        ({"limits": Limits(cash=-1.0)}, "cash"),
        ({"shares_left": -1.0}, "shares_left"),
        ({"shares_left": 10_000.0}, "shares_left"),
        ({"credit_value": 1.5}, "credit_value"),
    ],
)
def test_a_bad_question_is_refused(asked: dict[str, Any], path: str) -> None:
    question = {"grant": "g1", "first_year": 2026, "last_year": 2028, "value": 21.0} | asked
    with pytest.raises(InvalidScenario) as caught:
        exercise_plan(parse_scenario(usual()), **question)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_a_plan_that_begins_before_the_grant_is_refused() -> None:
    document = flat()
    document["grants"][0]["date"] = "2027-04-01"
    with pytest.raises(InvalidScenario, match="before the grant"):
        exercise_plan(parse_scenario(document), "g1", 2026, 2027, 21.0)


def test_the_command_line_answers(tmp_path, capfdbinary) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(flat()), encoding="utf-8")
    asked = ["--grant", "g1", "--years", "2026-2027", "--value", "21", "--amt-budget", "2000"]
    assert main(["exercise-plan", str(path), *asked]) == 0
    answer = json.loads(capfdbinary.readouterr().out)

    assert answer["plans"]["optimized"]["shares"] == pytest.approx([1_964.2857] * 2, abs=2e-4)
    assert answer["plans"]["optimized"]["proposal"]["edits"][0]["path"] == "exercises[+]"
    assert answer["years"] == [2026, 2027]

    asked[3] = "2026"
    assert main(["exercise-plan", str(path), *asked]) == 0
    assert json.loads(capfdbinary.readouterr().out)["years"] == [2026]
