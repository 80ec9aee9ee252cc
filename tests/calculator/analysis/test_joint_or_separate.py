"""A couple's joint return against two separate ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.couple import jointly
from calculator.analysis.joint_or_separate import joint_or_separate, joint_scenario
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


def test_separate_returns_lose_the_exemption_and_add_back_more_by_hand() -> None:
    # 2026, 100,000 of wages and a spread of 650,000: 750,000 of AMT income on either return.
    # Separate: the exemption is gone at 640,200, and half of what is beyond is added, 54,900.
    # 28% of 804,900 less 2% of 122,250 is 222,927; regular tax on 83,900 is 13,170.
    # Joint: all of the exemption of 140,200; 28% of 609,800 less 2% of 244,500; 7,640 on 67,800.
    options = an_iso_exercise(shares=32_500, strike=1, value=21)
    (year,) = joint_or_separate(spouse(2026, {"wages": 100_000}, **options), spouse(2026, {})).years

    mine, theirs = year.separate
    assert mine["amt_exemption"] == 0
    assert mine["amt_added_back"] == pytest.approx(54_900)
    assert mine["amti"] == pytest.approx(804_900)
    assert mine["tentative_minimum_tax"] == pytest.approx(222_927)
    assert mine["amt"] == pytest.approx(222_927 - 13_170)
    assert year.joint["amt_exemption"] == pytest.approx(140_200)
    assert year.joint["amt_added_back"] == 0
    assert year.joint["amt"] == pytest.approx(609_800 * 0.28 - 4_890 - 7_640)
    assert theirs["federal_tax"] == 0


def test_within_the_phase_out_a_separate_return_adds_nothing_by_hand() -> None:
    # 600,000 on one return: 70,100 less half of 100,000.  Joint, the exemption is whole.
    options = an_iso_exercise(shares=25_000, strike=1, value=21)
    (year,) = joint_or_separate(spouse(2026, {"wages": 100_000}, **options), spouse(2026, {})).years

    assert year.separate[0]["amt_exemption"] == pytest.approx(20_100)
    assert year.separate[0]["amt_added_back"] == 0
    assert year.joint["amt_exemption"] == pytest.approx(140_200)


def test_each_separate_return_deducts_1_500_of_its_own_losses_in_either_system() -> None:
    def losses(regular: float, amt: float) -> Document:
        return {
            "capital_loss": {"short_term": regular, "long_term": 0},
            "amt_capital_loss": {"short_term": 0, "long_term": amt},
        }

    one = spouse(2026, {"wages": 90_000}, {"wages": 90_000}, opening=losses(10_000, 50_000))
    other = spouse(2026, {"wages": 90_000}, {"wages": 90_000}, opening=losses(0, 1_000))
    first, second = joint_or_separate(one, other).years

    assert (first.joint["loss_deducted"], first.joint["amt_loss_deducted"]) == (3_000, 3_000)
    assert [own["loss_deducted"] for own in first.separate] == [1_500, 0]
    assert [own["amt_loss_deducted"] for own in first.separate] == [1_500, 1_000]
    assert [own["loss_deducted"] for own in second.separate] == [1_500, 0]
    assert second.joint["capital_loss_carryforward"] == 10_000 - 2 * 3_000
    assert [own["capital_loss_carryforward"] for own in second.separate] == [7_000, 0]
    assert second.joint["amt_capital_loss_carryforward"] == 51_000 - 2 * 3_000
    assert [own["amt_capital_loss_carryforward"] for own in second.separate] == [47_000, 0]


def test_no_credit_is_lost_between_two_returns_and_one() -> None:
    facts = ({"wages": 150_000},) * 4
    one = spouse(2026, *facts, opening={"minimum_tax_credit": 40_000}, **an_iso_exercise())
    other = spouse(2026, *facts, opening={"minimum_tax_credit": 5_000})
    compared = joint_or_separate(one, other)

    assert compared.years[0].joint["credit_available"] == 45_000
    assert [own["credit_available"] for own in compared.years[0].separate] == [40_000, 5_000]
    for opening, returns, left in (
        (45_000, [[y.joint] for y in compared.years], compared.joint_credit_left),
        (45_000, [y.separate for y in compared.years], compared.separate_credit_left),
    ):
        credit: float = opening
        for year in returns:
            for own in year:
                credit += own["credit_generated"] - own["credit_eroded"] - own["credit_used"]
            assert sum(own["credit_balance"] for own in year) == pytest.approx(credit)
        assert left == pytest.approx(credit)


def test_joint_returns_after_separate_ones_carry_on_what_both_had() -> None:
    facts = ({"wages": 200_000},) * 3
    loss = {"amt_capital_loss": {"short_term": 0, "long_term": 30_000}}
    one = spouse(2026, *facts, opening=loss, **an_iso_exercise())
    other = spouse(2026, *facts, opening={"minimum_tax_credit": 9_000})
    compared = joint_or_separate(one, other)
    first = compared.years[0]

    assert [each.year for each in compared.joint_from] == [2026, 2027, 2028]
    assert compared.joint_from[0].federal_tax == pytest.approx(
        sum(year.joint["federal_tax"] for year in compared.years)
    )
    later = result_of(
        years_from(
            2027,
            {"wages": 400_000},
            {"wages": 400_000},
            status="married_filing_jointly",
            opening={
                "minimum_tax_credit": sum(own["credit_balance"] for own in first.separate),
                "amt_capital_loss": {"short_term": 0, "long_term": 28_500},
            },
        )
    )
    mixed = compared.joint_from[1]
    separate = sum(own["federal_tax"] for own in first.separate)
    assert mixed.federal_tax == pytest.approx(separate + later["totals"]["federal_tax"])
    assert mixed.credit_left == pytest.approx(later["totals"]["credit_left"])


def test_either_way_of_filing_takes_the_deduction_that_costs_less() -> None:
    # Gifts and interest stay deducted for AMT, the standard deduction does not.
    facts = {"wages": 150_000, "itemized": {"mortgage_interest": 15_000}}
    one = spouse(2026, facts, **an_iso_exercise(shares=30_000))
    other = spouse(2026, facts)
    (year,) = joint_or_separate(one, other).years

    assert (year.deduction, year.joint_deduction) == ("itemized", "itemized")
    assert jointly(one, other).years[0].deduction == "larger"
    opened = joint_scenario(one, other)
    assert opened.years[0].deduction == "itemized"
    assert evaluate(opened).totals.federal_tax == pytest.approx(year.joint["federal_tax"])


def test_years_that_only_one_of_them_covers_are_left_out() -> None:
    one = spouse(2026, {}, {}, {"wages": 9e6}, **an_iso_exercise(year=2026))
    other = spouse(2026, {"wages": 50_000}, {})

    assert [year.year for year in joint_or_separate(one, other).years] == [2026, 2027]
    assert [facts.year for facts in joint_scenario(other, one).years] == [2026, 2027]


def test_ids_of_both_are_told_apart_whatever_they_are() -> None:
    events = an_iso_exercise()
    (grant,) = events["grants"]
    grants = [grant, grant | {"id": "spouse-g1"}, grant | {"id": "g" * 64}]
    one = spouse(2026, {}, **(events | {"grants": grants}))
    joint = jointly(one, one)

    assert len({each.id for each in joint.grants}) == 6
    assert max(len(each.id) for each in joint.grants) == 64
    assert [each.owner for each in joint.grants] == ["self"] * 3 + ["spouse"] * 3
    assert {each.grant for each in joint.exercises} == {"g1", joint.grants[3].id}


def test_a_split_of_a_company_that_both_have_stands_in_both_or_is_refused() -> None:
    def split(ratio: float) -> Document:
        return {"splits": [{"id": "x", "date": "2026-06-01", "ratio": ratio}]}

    plain = spouse(2026, {}, **an_iso_exercise())
    with_split = spouse(2026, {}, **an_iso_exercise(), **split(2))

    assert len(jointly(with_split, with_split).splits) == 1
    assert len(jointly(spouse(2026, {}), with_split).splits) == 1
    for other in (plain, spouse(2026, {}, **an_iso_exercise(), **split(3))):
        with pytest.raises(InvalidScenario, match="splits of the stock"):
            joint_or_separate(with_split, other)


def test_shares_that_a_spouse_acquires_make_a_wash_sale() -> None:
    held = {"id": "h", "acquired": "2020-01-02", "shares": 100, "basis": 50, "stock": "Acme"}
    sale = {"id": "s", "from": "h", "date": "2026-03-02", "shares": 100, "price": 20}
    seller = spouse(2026, {}, holdings=[held], sales=[sale])
    bought = held | {"acquired": "2026-03-20"}
    buyer = spouse(2026, {}, holdings=[bought])
    other = spouse(2026, {}, holdings=[bought | {"stock": "Other"}])

    (found,) = joint_or_separate(buyer, seller).wash_sales
    assert (found.spouse, found.sale, found.system) == (1, "s", "both")
    assert joint_or_separate(seller, other).wash_sales == ()
    # Of one's own shares the scenario itself warns.
    alone = spouse(2026, {}, holdings=[held, bought | {"id": "i"}], sales=[sale])
    assert joint_or_separate(alone, buyer).wash_sales == ()


def test_the_senior_deduction_is_for_joint_returns_alone() -> None:
    old = {"people_65_or_over": 1, "aged_or_blind_boxes": 1}
    one = spouse(2026, {"wages": 60_000}, household=old)
    (year,) = joint_or_separate(one, spouse(2026, {}, household=old)).years

    assert year.joint["schedule_1a_deductions"] == 12_000
    assert [own["schedule_1a_deductions"] for own in year.separate] == [0, 0]


def test_rows_of_two_owners_are_no_scenario_of_one() -> None:
    events = an_iso_exercise()
    grants = [*events["grants"], events["grants"][0] | {"id": "g2", "owner": "spouse"}]
    both = spouse(2026, {}, **(events | {"grants": grants}))

    with pytest.raises(InvalidScenario, match="divide"):
        joint_or_separate(both, spouse(2026, {}))


def test_the_command_takes_both_scenarios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts: list[Document] = [{"wages": 300_000}, {"wages": 120_000}]
    paths = [tmp_path / f"{name}.json" for name in ("mine", "theirs")]
    for path, own in zip(paths, facts, strict=True):
        path.write_text(json.dumps(years_from(2025, own)), encoding="utf-8")
    status = main(["joint-or-separate", str(paths[0]), "--spouse", str(paths[1])])

    said = json.loads(capsys.readouterr().out)
    compared = joint_or_separate(*(spouse(2025, own) for own in facts))
    assert status == 0
    assert said == json.loads(json.dumps(compared.to_dict()))
    assert said["years"][0]["deduction"] == "standard"


def test_the_command_says_why_two_do_not_go_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / f"{first}.json" for first in (2025, 2026)]
    for path in paths:
        path.write_text(json.dumps(years_from(int(path.stem), {})), encoding="utf-8")
    status = main(["joint-or-separate", str(paths[0]), "--spouse", str(paths[1])])

    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert status == 2
    assert "one begins with 2025, the other 2026" in problem["message"]
