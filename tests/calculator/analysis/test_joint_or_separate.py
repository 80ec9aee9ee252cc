"""A couple's joint return against two separate ones."""

from __future__ import annotations

from typing import Any

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.analysis.joint_or_separate import joint_or_separate, jointly
from calculator.scenario import Scenario
from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from


def spouse(first: int, *years: Document, **other: Any) -> Scenario:
    return parse_scenario(years_from(first, *years, **other))


def test_one_salary_by_hand() -> None:
    # 2025.  Joint: 268,500 taxable, 50,134, and 0.9% of 50,000.  Separate: 284,250 taxable,
    # 69,034.75, and 0.9% of 175,000.
    (year,) = joint_or_separate(spouse(2025, {"wages": 300_000}), spouse(2025, {})).years

    assert year.joint["regular_tax"] == pytest.approx(50_134)
    assert year.separate[0]["regular_tax"] == pytest.approx(69_034.75)
    assert year.joint_saves == pytest.approx(69_034.75 + 1_575 - 50_134 - 450)
    assert year.deduction == "standard"


def test_both_itemize_or_neither_does() -> None:
    # Itemizing, the first deducts 24,250 more at 32 and 35%; the second loses 15,750 at 22 and 24%.
    high = spouse(2025, {"wages": 300_000, "itemized": {"mortgage_interest": 40_000}})
    low = spouse(2025, {"wages": 120_000})
    (year,) = joint_or_separate(high, low).years

    assert year.deduction == "itemized"
    documents = [
        years_from(2025, {"wages": 300_000, "itemized": {"mortgage_interest": 40_000}}),
        years_from(2025, {"wages": 120_000}),
    ]
    for document, own in zip(documents, year.separate, strict=True):
        document["household"] = {"filing_status": "married_filing_separately"}
        document["years"][0]["deduction"] = "itemized"
        assert own["federal_tax"] == result_of(document)["years"][0]["federal_tax"]


def test_what_one_elects_binds_the_other() -> None:
    elected = spouse(2025, {"wages": 300_000, "deduction": "itemized"})
    (year,) = joint_or_separate(elected, spouse(2025, {"wages": 100_000})).years

    assert year.deduction == "itemized"

    with pytest.raises(InvalidScenario):
        joint_or_separate(elected, spouse(2025, {"deduction": "standard"}))


def test_each_spouse_has_a_loss_a_credit_and_options_of_their_own() -> None:
    opening = {"capital_loss": {"short_term": 0, "long_term": 9_000}}
    one = spouse(2026, {"wages": 90_000}, {}, opening=opening, **an_iso_exercise())
    other = spouse(
        2026,
        {"wages": 200_000, "long_term_gain": 5_000},
        {},
        opening={"minimum_tax_credit": 20_000},
        **an_iso_exercise(),
    )
    compared = joint_or_separate(one, other)
    together = evaluate(jointly(one, other))

    # Separate, the loss is worth 1,500 a year; together it meets the other's gain.
    assert together.years[0].capital_loss_carryforward.long_term == 1_000
    assert together.years[0].equity.bargain_element == 2 * 200_000
    assert compared.years[0].joint["amt"] == together.years[0].amt > 0
    assert compared.joint_credit_left == together.totals.credit_left
    assert compared.joint_saves == pytest.approx(sum(y.joint_saves for y in compared.years))


def test_a_joint_return_of_one_with_nobody_is_that_persons() -> None:
    facts = {"wages": 250_000, "long_term_gain": 40_000, "foreign_tax_credit": 300}
    alone = result_of(
        years_from(2026, facts, {}, status="married_filing_jointly", **an_iso_exercise())
    )
    joint = evaluate(jointly(spouse(2026, facts, {}, **an_iso_exercise()), spouse(2026, {}, {})))

    assert joint.to_dict()["years"] == alone["years"]


def test_the_limit_of_100_000_is_each_spouses_own() -> None:
    def events() -> Document:
        grant = {"id": "g", "kind": "iso", "date": "2024-01-10", "shares": 9_000, "strike": 10}
        exercise = {"id": "e", "grant": "g", "date": "2026-02-01", "shares": 9_000}
        return {
            "grants": [grant | {"early_exercise": True}],
            "exercises": [exercise | {"fair_market_value": 20}],
        }

    joint = evaluate(jointly(spouse(2026, {}, **events()), spouse(2026, {}, **events())))

    assert joint.years[0].equity.medicare_wages == 0
    assert joint.years[0].equity.bargain_element == 180_000


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(years_from(2026, {}), id="other years"),
        pytest.param(years_from(2025, {}, law={"path": "flat"}), id="another law"),
        pytest.param(years_from(2025, {}, household={"aged_or_blind_boxes": 3}), id="five boxes"),
    ],
)
def test_what_does_not_go_together_is_refused(other: Document) -> None:
    one = parse_scenario(years_from(2025, {}, household={"aged_or_blind_boxes": 2}))
    with pytest.raises(InvalidScenario):
        joint_or_separate(one, parse_scenario(other))
