from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from calculator import InvalidScenario, evaluate, parse_scenario
from calculator.__main__ import main
from calculator.analysis.cash import Cash, cash
from calculator.law.estimated_tax import balance_day, instalment_days, next_business_day
from tests.calculator.builders import Document, an_iso_exercise, result_of, years_from


def flat(years: int = 2, wages: float = 100_000, **other: Any) -> Document:
    """Flat rates: regular tax of 37% and AMT at 28%; 10,000 shares of spread 20 in 2026."""
    return years_from(
        2026, *[{"wages": wages}] * years, law={"path": "flat"}, **{**an_iso_exercise(), **other}
    )


def asked(document: Document, **withholding: float) -> Cash:
    return cash(
        parse_scenario(document),
        {int(year.removeprefix("in_")): amount for year, amount in withholding.items()},
    )


def days(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]


def test_an_exercise_asks_for_its_strike_and_its_amt() -> None:
    # 28% of 300,000 is 47,000 above 37% of 100,000.
    (exercise,) = asked(flat()).years[0].exercises

    assert exercise.date == date(2026, 1, 15)
    assert exercise.strike == 10_000
    assert exercise.added_amt == pytest.approx(47_000)
    assert exercise.added_tax == pytest.approx(47_000)
    assert exercise.set_aside == pytest.approx(47_000)


def test_exercises_of_one_year_add_up() -> None:
    # The first takes up the room of 9,000: 28% of 80,000 less it; the second is all AMT.
    document = flat()
    document["exercises"] = [
        {"id": id_, "grant": "g1", "date": day, "shares": shares, "fair_market_value": 21}
        for id_, day, shares in (("late", "2026-09-01", 6_000), ("early", "2026-02-01", 4_000))
    ]
    early, late = asked(document).years[0].exercises

    assert (early.id, late.id) == ("early", "late")
    assert early.set_aside == pytest.approx(0.28 * 80_000 - 9_000)
    assert late.set_aside == pytest.approx(0.28 * 120_000)


def test_credit_that_is_used_no_more_is_part_of_the_added_tax() -> None:
    # 2027: 1,000 shares take 5,600 of the room in which 9,000 of the credit would be used.
    document = flat()
    document["exercises"] = [
        {"id": id_, "grant": "g1", "date": day, "shares": shares, "fair_market_value": 21}
        for id_, day, shares in (("e1", "2026-02-01", 4_000), ("e2", "2027-02-01", 1_000))
    ]
    (second,) = asked(document).years[1].exercises

    assert second.added_amt == pytest.approx(0)
    assert second.added_tax == pytest.approx(5_600)


def test_a_sale_of_the_lot_in_the_same_year_is_part_of_the_added_tax() -> None:
    document = flat()
    document["sales"] = [
        {"id": "s1", "from": "e1", "date": "2026-12-01", "shares": 10_000, "price": 11}
    ]
    (exercise,) = asked(document).years[0].exercises

    assert exercise.added_amt == pytest.approx(0)
    assert exercise.added_tax == pytest.approx(0.37 * 100_000)


def test_nothing_is_set_aside_for_an_exercise_before_the_first_year() -> None:
    document = flat()
    document["exercises"][0]["date"] = "2025-01-15"

    assert asked(document).years[0].exercises == ()


def test_in_the_first_year_only_the_harbour_of_this_year_is_known() -> None:
    # 90% of 84,000, less 30,000 withheld, in four.
    year = asked(flat(), in_2026=30_000).years[0]

    assert year.federal_tax == pytest.approx(84_000)
    assert year.current_year_harbour == pytest.approx(75_600)
    assert year.prior_year_harbour is None
    assert year.prior_year_fraction is None
    assert year.required == pytest.approx(75_600)
    assert [payment.date for payment in year.instalments] == days(
        "2026-04-15", "2026-06-15", "2026-09-15", "2027-01-15"
    )
    assert [payment.amount for payment in year.instalments] == pytest.approx([11_400] * 4)
    assert year.balance.date == date(2027, 4, 15)
    assert year.balance.amount == pytest.approx(84_000 - 30_000 - 45_600)


@pytest.mark.parametrize(
    ("income", "status", "fraction"),
    [
        (150_000, "single", 1.0),
        (150_000.01, "single", 1.1),
        (75_000, "married_filing_separately", 1.0),
        (75_000.01, "married_filing_separately", 1.1),
        (75_000.01, "married_filing_jointly", 1.0),
        (None, "single", 1.1),
    ],
)
def test_last_years_harbour_is_110_percent_above_an_income(
    income: float | None, status: str, fraction: float
) -> None:
    document = flat(opening={"prior_year_tax": 40_000, "prior_year_adjusted_gross_income": income})
    document["household"]["filing_status"] = status
    year = asked(document).years[0]

    assert year.prior_year_fraction == fraction
    assert year.prior_year_harbour == pytest.approx(40_000 * fraction)
    assert year.required == pytest.approx(40_000 * fraction)


def test_the_second_year_goes_by_the_first() -> None:
    # Last year's 84,000 is far above 90% of this year's 28,000.
    year = asked(flat()).years[1]

    assert year.prior_year_fraction == 1.0
    assert year.prior_year_harbour == pytest.approx(84_000)
    assert year.required == pytest.approx(25_200)


def test_last_years_smaller_tax_is_enough_in_the_year_of_an_exercise() -> None:
    # 2026 without an exercise: 37,000.  2027 owes 84,000, but 37,000 through the year is enough.
    document = flat(**an_iso_exercise(year=2027))
    year = asked(document, in_2027=37_000).years[1]

    assert year.required == pytest.approx(37_000)
    assert [payment.amount for payment in year.instalments] == [0] * 4
    assert year.balance.amount == pytest.approx(47_000)


def test_a_year_without_tax_asks_for_nothing_in_the_next() -> None:
    year = asked(flat(opening={"prior_year_tax": 0})).years[0]

    assert year.required == 0
    assert year.balance.amount == pytest.approx(84_000)


@pytest.mark.parametrize(("withheld", "required"), [(83_000.01, 0), (83_000, 75_600)])
def test_less_than_a_thousand_owed_asks_for_no_instalments(
    withheld: float, required: float
) -> None:
    year = asked(flat(), in_2026=withheld).years[0]

    assert year.required == pytest.approx(required)


def test_too_much_withholding_comes_back() -> None:
    year = asked(flat(), in_2027=40_000).years[1]

    assert year.balance.amount == pytest.approx(28_000 - 40_000)
    assert all(payment.amount == 0 for payment in year.instalments)


def test_withholding_comes_from_the_document_unless_it_is_asked_otherwise() -> None:
    document = flat()
    document["years"][0]["withholding"] = 30_000

    assert asked(document).years[0].withholding == 30_000
    assert asked(document, in_2026=1_000).years[0].withholding == 1_000


def test_the_new_fields_do_not_change_any_tax() -> None:
    plain = flat()
    filled = flat(opening={"prior_year_tax": 40_000, "prior_year_adjusted_gross_income": -5})
    filled["years"] = [{**year, "withholding": 9_999} for year in filled["years"]]

    assert result_of(filled) == result_of(plain)


def test_what_is_paid_is_the_tax() -> None:
    document = flat(years=4)
    result = evaluate(parse_scenario(document))
    for year, computed in zip(asked(document, in_2026=20_000).years, result.years, strict=True):
        paid = year.withholding + sum(each.amount for each in year.instalments)
        assert paid + year.balance.amount == pytest.approx(computed.federal_tax)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # As the IRS announced them.
        (2021, ["2021-04-15", "2021-06-15", "2021-09-15", "2022-01-18"]),
        (2022, ["2022-04-18", "2022-06-15", "2022-09-15", "2023-01-17"]),
        (2023, ["2023-04-18", "2023-06-15", "2023-09-15", "2024-01-16"]),
        (2024, ["2024-04-15", "2024-06-17", "2024-09-16", "2025-01-15"]),
        (2025, ["2025-04-15", "2025-06-16", "2025-09-15", "2026-01-15"]),
    ],
)
def test_instalments_are_due_on_business_days(year: int, expected: list[str]) -> None:
    assert list(instalment_days(year)) == days(*expected)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2016, "2017-04-18"), (2017, "2018-04-17"), (2021, "2022-04-18"), (2022, "2023-04-18")],
)
def test_emancipation_day_moves_the_day_of_the_balance(year: int, expected: str) -> None:
    assert balance_day(year) == date.fromisoformat(expected)


def test_a_business_day_stays() -> None:
    assert next_business_day(date(2026, 4, 15)) == date(2026, 4, 15)


@pytest.mark.parametrize(
    ("withholding", "path"),
    [({2026: -1.0}, "withholding"), ({2040: 1.0}, "year"), ({2026: float("nan")}, "withholding")],
)
def test_a_bad_question_is_refused(withholding: dict[int, float], path: str) -> None:
    with pytest.raises(InvalidScenario) as caught:
        cash(parse_scenario(flat()), withholding)

    assert [problem.path for problem in caught.value.problems] == [path]


def test_the_command_line_answers(tmp_path, capfdbinary) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(flat()), encoding="utf-8")
    assert main(["cash", str(path), "--withholding", "2026=30000"]) == 0
    answer = json.loads(capfdbinary.readouterr().out)

    first = answer["years"][0]
    assert first["instalments"][0] == {"date": "2026-04-15", "amount": pytest.approx(11_400)}
    assert first["exercises"][0]["set_aside"] == pytest.approx(47_000)
    assert first["balance"]["date"] == "2027-04-15"
