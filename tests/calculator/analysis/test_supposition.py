"""One scenario under other laws, other years' parameters and other prices."""

from __future__ import annotations

from datetime import date

import pytest

from calculator import InvalidScenario, UnsupportedSituation, evaluate, parse_scenario
from calculator.analysis.law_comparison import law_comparison
from calculator.analysis.price_change import PriceChange, prices_changed, with_prices
from calculator.analysis.supposition import Supposition, supposed
from calculator.law import law_for
from calculator.law.changed import LawChange
from calculator.law.pinned import Pin
from calculator.scenario import LawChoice, Scenario
from tests.calculator.builders import a_year, an_iso_exercise, years_from

NEW_YEAR = date(2027, 1, 1)


def a_large_exercise() -> Scenario:
    """Single, 2026, wages of 100,000 and a bargain element of 600,000."""
    document = a_year(2026, wages=100_000) | an_iso_exercise(shares=10_000, strike=1, value=61)
    return parse_scenario(document)


def two_stocks() -> Scenario:
    """Exercises of two companies in 2026 and their sales in 2027."""
    grants = [
        {"id": each, "kind": "iso", "date": "2023-01-02", "shares": 100, "strike": 1, "stock": each}
        for each in ("Acme", "Zeta")
    ]
    exercises = [
        {"id": f"of {each['id']}", "grant": each["id"], "date": "2026-03-01", "shares": 100}
        | {"fair_market_value": 20}
        for each in grants
    ]
    sales = [
        {"id": f"sale of {each['id']}", "from": each["id"], "date": "2027-06-01", "shares": 50}
        | {"price": 20}
        for each in exercises
    ]
    held = {"id": "h", "acquired": "2020-01-01", "shares": 10, "basis": 5, "price": 20}
    sold = {"id": "sale of h", "from": "h", "date": "2027-06-01", "shares": 10, "price": 20}
    return parse_scenario(
        years_from(2026, {}, {})
        | {"grants": grants, "exercises": exercises, "holdings": [held], "sales": [*sales, sold]}
    )


def prices(scenario: Scenario) -> list[float]:
    return [float(sale.price) for sale in scenario.sales]  # type: ignore[arg-type]


def test_nothing_supposed_is_the_scenario_itself() -> None:
    scenario = a_large_exercise()
    found, totals = supposed(scenario), evaluate(scenario).totals

    assert (found.amt, found.federal_tax) == (totals.amt, totals.federal_tax)
    assert found.credit_left == totals.credit_left


def test_the_phaseout_of_the_year_before_leaves_an_exemption() -> None:
    pin = Pin("amt_phaseout", 2025, 2026)
    exemption = law_for(2026, "single", LawChoice()).amt.exemption
    before = supposed(a_large_exercise(), Supposition(pin=pin))
    now = supposed(a_large_exercise())

    # AMTI 700,000. With 50% from 500,000 the exemption of 90,100 is gone; with 25% from 626,350
    # it is 90,100 less 18,412.50.
    assert exemption == 90_100
    assert now.amt - before.amt == pytest.approx(0.28 * (90_100 - 18_412.50))


def test_a_part_is_taken_from_the_other_year_and_the_rest_stays() -> None:
    law = Supposition(pin=Pin("amt", 2025, 2026)).law_of(2027, "single", LawChoice())
    now, then = (law_for(year, "single", LawChoice()) for year in (2027, 2025))

    assert law.amt == then.amt
    assert (law.brackets, law.deductions, law.year) == (now.brackets, now.deductions, 2027)
    assert law.origin == "counterfactual"


def test_years_before_the_first_one_keep_their_law() -> None:
    supposition = Supposition(pin=Pin("all", 2026, 2027))

    assert supposition.law_of(2026, "single", LawChoice()) == law_for(2026, "single", LawChoice())
    assert supposition.law_of(2028, "single", LawChoice()).brackets == (
        law_for(2026, "single", LawChoice()).brackets
    )


def test_separate_returns_get_the_add_back_that_goes_with_the_phaseout() -> None:
    status = "married_filing_separately"
    whole = Supposition(pin=Pin("amt", 2025, 2026)).law_of(2026, status, LawChoice())
    then = law_for(2025, status, LawChoice())

    assert whole.amt.separate_addback_start == then.amt.separate_addback_start


def test_the_flat_model_has_no_other_years() -> None:
    choice = LawChoice(path="flat")

    assert Supposition(pin=Pin("all", 2025, 2026)).law_of(2026, "single", choice) == (
        law_for(2026, "single", choice)
    )


def test_another_law_is_what_the_comparison_of_laws_says() -> None:
    scenario = a_large_exercise()
    compared = law_comparison(scenario, [LawChange("amt.phaseout_rate", 0.25)])

    under = supposed(scenario, Supposition(law_path="sunset"))
    assert under.federal_tax == compared.under("sunset").totals["federal_tax"]
    own = supposed(scenario, Supposition(change=LawChange("amt.phaseout_rate", 0.25)))
    assert own.federal_tax == compared.under("own").totals["federal_tax"]


def test_what_a_law_cannot_compute_is_refused() -> None:
    late = parse_scenario(years_from(2061, {}, law={"path": "flat"}))
    with pytest.raises(UnsupportedSituation):
        supposed(late, Supposition(law_path="current"))
    with pytest.raises(InvalidScenario):
        supposed(late, Supposition(change=LawChange("amt.no_such", 1.0)))


def test_a_fall_changes_the_prices_of_later_sales_alone() -> None:
    half = with_prices(two_stocks(), PriceChange(from_day=NEW_YEAR, factor=0.5))

    assert prices(half) == [10, 10, 10]
    assert [exercise.fair_market_value for exercise in half.exercises] == [20, 20]


def test_a_fall_before_an_exercise_changes_its_bargain_element() -> None:
    half = with_prices(two_stocks(), PriceChange(from_day=date(2026, 1, 1), factor=0.5))

    assert [exercise.fair_market_value for exercise in half.exercises] == [10, 10]


def test_the_price_of_one_company_leaves_the_others() -> None:
    change = PriceChange(from_day=NEW_YEAR, price=7.0, stock="acme")

    assert prices(with_prices(two_stocks(), change)) == [7, 20, 20]
    assert prices_changed(two_stocks(), change)
    nobody = PriceChange(from_day=NEW_YEAR, price=7.0, stock="Nobody")
    assert not prices_changed(two_stocks(), nobody)


def test_worthless_stock_stays_worthless() -> None:
    document = a_year(2026) | an_iso_exercise(year=2026)
    document["sales"] = [
        {"id": "s", "from": "e1", "date": "2026-12-31", "shares": 10, "price": 0}
        | {"kind": "worthless"}
    ]
    document["exercises"][0]["id"] = "e1"
    change = PriceChange(from_day=date(2026, 1, 1), price=9.0)

    assert prices(with_prices(parse_scenario(document), change)) == [0]


@pytest.mark.parametrize("change", [{"factor": -0.1}, {"factor": 101.0}, {"price": -1.0}])
def test_impossible_prices_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(InvalidScenario):
        with_prices(two_stocks(), PriceChange(from_day=NEW_YEAR, **change))


def test_credit_that_is_partly_eroded_never_comes_back_in_full() -> None:
    wages = {"wages": 400_000}
    back = supposed(parse_scenario(years_from(2026, *[wages] * 2, opening=_credit(1_000))))
    left = supposed(parse_scenario(years_from(2026, wages, opening=_credit(9e8))))

    assert (back.credit_back, back.first_year_without_credit) == (2026, 2026)
    assert (left.credit_back, left.first_year_without_credit) == (None, None)


def _credit(amount: float) -> dict[str, float]:
    return {"minimum_tax_credit": amount}
