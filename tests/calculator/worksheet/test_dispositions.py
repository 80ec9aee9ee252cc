"""The rows behind both Schedules D add up to them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.worksheet import SoldShares, dispositions, worksheets
from tests.calculator.builders import Document, an_iso_exercise, years_from
from tests.calculator.households import household, structure

A_TENTH_OF_A_CENT = 0.001


def sold_in(document: Document, year: int) -> tuple[SoldShares, ...]:
    scenario = parse_scenario(document)
    return dispositions(scenario, evaluate(scenario), year)


def sale(day: str, price: float, shares: float = 1_000, **more: object) -> Document:
    return {"id": "s1", "from": "e1", "date": day, "shares": shares, "price": price, **more}


def after_exercise(sold: Document, **more: object) -> Document:
    return years_from(2026, {}, {}, **an_iso_exercise(shares=1_000), sales=[sold], **more)


def test_a_qualifying_sale_has_two_bases() -> None:
    (row,) = sold_in(after_exercise(sale("2027-06-01", 30)), 2027)

    assert row == SoldShares(
        sale="s1",
        path="sales[0]",
        description="1,000 shares (g1)",
        disposition="qualifying",
        acquired=date(2026, 1, 15),
        amt_acquired=date(2026, 1, 15),
        sold=date(2027, 6, 1),
        proceeds=30_000,
        basis=1_000,
        amt_basis=21_000,
        ordinary_income=0,
        amt_ordinary_income=0,
        adjustment=0,
        amt_adjustment=0,
        gain=29_000,
        amt_gain=9_000,
        long_term=True,
        amt_long_term=True,
    )


def test_the_basis_of_a_disqualifying_sale_holds_its_income() -> None:
    (row,) = sold_in(after_exercise(sale("2026-06-01", 15)), 2026)

    assert (row.ordinary_income, row.basis, row.gain) == (14_000, 15_000, 0)
    assert (row.amt_ordinary_income, row.amt_basis, row.amt_gain) == (14_000, 15_000, 0)


def test_a_loss_that_is_not_recognized_is_adjusted() -> None:
    (row,) = sold_in(after_exercise(sale("2027-06-01", 0.5, loss_recognized=False)), 2027)

    assert (row.proceeds, row.basis, row.adjustment, row.gain) == (500, 1_000, 500, 0)
    assert (row.amt_basis, row.amt_adjustment, row.amt_gain) == (21_000, 20_500, 0)


def test_shares_are_counted_as_on_the_day_of_the_sale() -> None:
    split = {"id": "x1", "date": "2027-12-01", "ratio": 10}
    (row,) = sold_in(after_exercise(sale("2027-06-01", 30), splits=[split]), 2027)

    assert row.description == "1,000 shares (g1)"
    assert (row.proceeds, row.basis) == (30_000, 1_000)


def test_each_lot_of_a_sale_has_a_row() -> None:
    document = after_exercise(sale("2027-06-01", 30))
    document["grants"][0]["early_exercise"] = True
    document["vestings"] = [
        {"id": "v1", "grant": "g1", "date": "2026-01-10", "shares": 400},
        {"id": "v2", "grant": "g1", "date": "2027-02-01", "shares": 600, "fair_market_value": 25},
    ]
    vested, waited = sold_in(document, 2027)

    assert (vested.description, waited.description) == ("400 shares (g1)", "600 shares (g1)")
    assert (vested.amt_basis, waited.amt_basis) == (400 * 21, 600 * 25)
    assert (vested.amt_acquired, waited.amt_acquired) == (date(2026, 1, 15), date(2027, 2, 1))
    assert (vested.amt_long_term, waited.amt_long_term) == (True, False)


@pytest.mark.parametrize("figures", ["exact", "as_filed"])
def test_the_rows_and_other_assets_add_up_to_both_schedules(figures: str) -> None:
    common = structure("single", 2025, ("larger",) * 3)
    random = np.random.default_rng(8949)
    for _ in range(20):
        document = household(random, common) | {"method": {"figures": figures}}
        scenario = parse_scenario(document)
        result = evaluate(scenario)
        for year in result.years:
            lines = year.forms.printed_lines()
            rows = dispositions(scenario, result, year.year)
            for row in rows:
                assert row.proceeds - row.basis + row.adjustment == pytest.approx(row.gain)
                assert row.proceeds - row.amt_basis + row.amt_adjustment == pytest.approx(
                    row.amt_gain
                )
            if figures == "as_filed":
                assert all(float(amount).is_integer() for row in rows for amount in (row.basis,))
            sheets = {sheet.form: sheet for sheet in worksheets(scenario, result, year.year)}
            for form, gain, long_term in (
                ("schedule_d", "gain", "long_term"),
                ("amt_schedule_d", "amt_gain", "amt_long_term"),
            ):
                for number, is_long in (("1b", False), ("8b", True)):
                    own = sum(
                        getattr(row, gain) for row in rows if getattr(row, long_term) == is_long
                    )
                    line = next(each for each in sheets[form].lines if each.number == number)
                    other = next(each for each in line.origins if each.kind == "input")
                    assert other.amount is not None
                    assert lines[form][number] == pytest.approx(
                        own + other.amount, abs=A_TENTH_OF_A_CENT
                    )
