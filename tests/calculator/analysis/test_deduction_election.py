"""Standard against itemized, by tax over all years and the value of the credit."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.deduction_election import deduction_election
from calculator.analysis.what_if import with_facts
from tests.calculator.builders import Document, an_iso_exercise, years_from

JOINT = "married_filing_jointly"
PAID = {"state_and_local_taxes": 12_000, "mortgage_interest": 12_000, "charitable_gifts": 7_000}


def astra(*later: Document, elected: str = "larger", **other: Any) -> Document:
    """10,000 options at 1.50 worth 100; 29,000 of itemized deductions, the standard 29,200.

    Astra Wealth Partners, 18 October 2024; wages assumed.
    """
    first = {"wages": 300_000, "itemized": PAID, "deduction": elected}
    exercise = an_iso_exercise(strike=1.5, value=100, year=2024)
    return years_from(2024, first, *later, status=JOINT, **exercise, **other)


def test_itemizing_below_the_standard_deduction_saves_minimum_tax() -> None:
    (year,) = deduction_election(parse_scenario(astra())).years

    assert year.elected == "standard"
    assert (year.standard.amount, year.itemized.amount) == (29_200, 29_000)
    assert (year.standard.regular_tax, year.standard.amt) == pytest.approx((51_077, 271_388))
    assert (year.itemized.regular_tax, year.itemized.amt) == pytest.approx((51_125, 264_690))
    assert (year.standard.exclusion_items_tax, year.itemized.exclusion_items_tax) == (0, 0)


def test_the_proposal_itemizes_in_that_year() -> None:
    answer = deduction_election(parse_scenario(astra())).to_dict()

    # Tentative minimum tax falls from 322,465 to 315,815.
    assert answer["saves"] == pytest.approx(6_650)
    assert answer["best"] == [{"year": 2024, "deduction": "itemized"}]
    assert answer["proposal"]["edits"] == [{"path": "years[0].deduction", "value": "itemized"}]
    assert answer["proposal"]["words"] == ("Itemize in 2024: it costs $6,650 less over all years.")


def test_the_standard_deduction_is_better_where_credit_left_is_worth_its_face() -> None:
    found = deduction_election(parse_scenario(astra()), credit_value=1.0)

    # All of the AMT is credit, so that only 51,077 against 51,125 counts.
    assert found.years[0].less_costly == "standard"
    assert found.years[0].itemized.cost - found.years[0].standard.cost == pytest.approx(48)
    assert found.best == {2024: "standard"}
    assert found.proposal is None


def test_credit_left_is_discounted_like_the_tax_of_the_last_year() -> None:
    document = astra({}, assumptions={"discount_rate": 0.1})
    scenario = parse_scenario(document)
    (year, *_) = deduction_election(scenario, credit_value=0.5).years

    totals = evaluate(scenario).totals
    assert year.standard.cost == pytest.approx(
        totals.present_value - 0.5 * totals.credit_left / 1.1
    )


def test_credit_left_is_worth_what_the_scenario_assumes() -> None:
    assumed = parse_scenario(astra(assumptions={"credit_value": 1}))

    assert deduction_election(assumed).best == {2024: "standard"}
    assert deduction_election(assumed, credit_value=0.0).best == {2024: "itemized"}


def test_what_is_elected_against_ones_interest_is_taken_back() -> None:
    found = deduction_election(parse_scenario(astra(elected="itemized")), credit_value=1.0)

    assert found.years[0].elected == "itemized"
    assert found.proposal is not None
    assert found.proposal.edits == ({"path": "years[0].deduction", "value": "standard"},)


def several_years(count: int) -> Document:
    """AMT in the first year, and deductions near the standard one in all of them."""
    later = [
        {
            "wages": 200_000 + 40_000 * i,
            "long_term_gain": 60_000 * (i % 3),
            "itemized": {"state_and_local_taxes": 9_000 + 500 * i, "mortgage_interest": 19_500},
        }
        for i in range(1, count)
    ]
    return astra(*later, assumptions={"discount_rate": 0.05})


@pytest.mark.parametrize("credit_value", [0.0, 0.6])
def test_no_other_combination_of_four_years_costs_less(credit_value: float) -> None:
    scenario = parse_scenario(several_years(4))

    found = deduction_election(scenario, credit_value=credit_value)

    costs = {}
    for ways in product(("standard", "itemized"), repeat=4):
        variant = scenario
        for year, way in zip(range(2024, 2028), ways, strict=True):
            variant = with_facts(variant, year, deduction=way)
        totals = evaluate(variant).totals
        costs[ways] = totals.present_value - credit_value * totals.credit_left / 1.05**3
    assert found.every_combination_tried
    assert found.best_cost == pytest.approx(min(costs.values()))
    assert costs[tuple(found.best.values())] == pytest.approx(found.best_cost)


def test_of_many_years_no_single_one_can_be_switched_to_advantage() -> None:
    scenario = parse_scenario(several_years(9))

    found = deduction_election(scenario)

    best = scenario
    for year, way in found.best.items():
        best = with_facts(best, year, deduction=way)
    assert not found.every_combination_tried
    assert evaluate(best).totals.present_value == pytest.approx(found.best_cost)
    assert found.best_cost < found.cost
    for year, way in found.best.items():
        other = "standard" if way == "itemized" else "itemized"
        switched = with_facts(best, year, deduction=other)
        assert evaluate(switched).totals.present_value >= found.best_cost - 1e-6


def test_only_the_year_that_is_asked_for_is_switched() -> None:
    found = deduction_election(parse_scenario(several_years(4)), 2024)

    assert [year.year for year in found.years] == [2024]
    assert found.best == {2024: "itemized"}


def test_a_year_without_itemized_deductions_is_left_alone() -> None:
    found = deduction_election(parse_scenario(astra({"wages": 300_000})))

    assert [year.year for year in found.years] == [2024]


@pytest.mark.parametrize("document", [astra(law={"path": "flat"}), years_from(2024, {})])
def test_there_may_be_nothing_to_elect(document: Document) -> None:
    found = deduction_election(parse_scenario(document))

    assert (found.years, found.best, found.proposal) == ((), {}, None)
    assert found.best_cost == found.cost


@pytest.mark.parametrize(
    ("year", "credit_value", "path"),
    [(2025, 0.0, "year"), (1999, 0.0, "year"), (None, 1.5, "credit_value")],
)
def test_a_bad_question_is_refused(year: int | None, credit_value: float, path: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        deduction_election(parse_scenario(astra({})), year, credit_value=credit_value)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_the_command_line_values_credit_left_as_asked(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "astra.json"
    path.write_text(json.dumps(astra()), encoding="utf-8")

    status = main(["deduction-election", "--year", "2024", "--credit-value", "1", str(path)])

    answer = json.loads(capfdbinary.readouterr().out)
    assert status == 0
    assert answer["proposal"] is None
    assert answer["years"][0]["less_costly"] == "standard"
