"""In process an amount may be an array; all arrays of a scenario make one batch."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from calculator.document import parse_scenario
from calculator.errors import InvalidScenario
from tests.calculator.document.hostile import changed


def refused(changes: dict[str, Any]) -> list[str]:
    with pytest.raises(InvalidScenario) as caught:
        parse_scenario(changed(changes))
    return [problem.path for problem in caught.value.problems]


def test_arrays_broadcast_to_one_batch_shape() -> None:
    wages = np.array([1.0, 2.0, 3.0])
    prices = np.array([[10], [20]])
    scenario = parse_scenario(changed({"years.0.wages": wages, "sales.0.price": prices}))

    assert scenario.batch_shape == (2, 3)
    assert np.array_equal(scenario.years[0].wages, wages)
    assert np.array_equal(scenario.sales[0].price, prices)
    assert scenario.sales[0].price.dtype == np.float64  # type: ignore[union-attr]


def test_an_array_of_one_keeps_its_shape() -> None:
    scenario = parse_scenario(changed({"years.0.wages": np.array([5.0])}))

    assert scenario.batch_shape == (1,)
    assert scenario.years[0].wages.shape == (1,)  # type: ignore[union-attr]


def test_an_array_without_dimensions_is_a_number() -> None:
    scenario = parse_scenario(changed({"years.0.wages": np.array(5)}))

    assert scenario.batch_shape == ()
    assert type(scenario.years[0].wages) is float


@pytest.mark.parametrize("number", [np.float64(5), np.int64(5), np.float32(5), np.uint8(5)])
def test_a_numpy_number_is_a_number(number: Any) -> None:
    scenario = parse_scenario(changed({"years.0.wages": number}))

    assert (type(scenario.years[0].wages), scenario.years[0].wages) == (float, 5.0)


def test_a_numpy_number_may_be_a_year_or_a_rate() -> None:
    changes = {"years.0.year": np.int64(2026), "assumptions.discount_rate": np.float64(0.03)}
    scenario = parse_scenario(changed(changes))

    assert type(scenario.years[0].year) is int
    assert type(scenario.assumptions.discount_rate) is float


def test_the_array_given_may_still_be_written_to() -> None:
    wages = np.array([1.0, 2.0])
    scenario = parse_scenario(changed({"years.0.wages": wages}))
    wages[0] = 3.0

    assert not scenario.years[0].wages.flags.writeable  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        np.array([1.0, np.nan]),
        np.array([1.0, np.inf]),
        np.array([1.0, -1.0]),
        np.array([1.0, 2e12]),
        np.array([True, False]),
        np.array(["1", "2"]),
        np.array([1.0, None]),
        np.array([1 + 2j]),
        np.array([]),
        np.ma.masked_array([1.0, 2.0], mask=[True, False]),
        np.array(["2026-01-01"], dtype="datetime64[D]"),
        np.array([5], dtype="timedelta64[D]"),
        np.timedelta64(5, "D"),
        np.bool_(True),
        np.float64("nan"),
        Fraction(1, 2),
    ],
    ids=repr,
)
def test_what_is_no_array_of_amounts_is_refused(value: object) -> None:
    assert refused({"years.0.wages": value}) == ["years[0].wages"]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("schema_version", "schema_version"),
        ("law.flat.amt_rate", "law.flat.amt_rate"),
        ("law.flat.loss_deduction_limit", "law.flat.loss_deduction_limit"),
        ("assumptions.discount_rate", "assumptions.discount_rate"),
        ("years.0.year", "years[0].year"),
        ("household.dependents", "household.dependents"),
        ("title", "title"),
        ("sales.0.date", "sales[0].date"),
        ("sales.0.loss_recognized", "sales[0].loss_recognized"),
        ("grants", "grants"),
    ],
)
def test_an_array_is_refused_where_no_amount_is(path: str, named: str) -> None:
    assert refused({path: np.array([0.0, 1.0])}) == [named]


def test_an_array_that_does_not_fit_is_named() -> None:
    changes = {
        "years.0.wages": np.ones(3),
        "years.1.wages": np.ones(4),
        "sales.0.price": np.ones(3),
    }

    assert refused(changes) == ["years[1].wages"]


def test_sense_is_checked_beside_arrays_that_do_not_fit() -> None:
    changes = {
        "years.0.wages": np.ones(3),
        "sales.0.shares": np.ones(4),
        "sales.0.date": "2026-02-28",
    }

    assert refused(changes) == ["sales[0].shares", "sales[0].date"]


def test_a_batch_that_no_memory_holds_is_refused() -> None:
    wide = np.ones((1, 1_000_000))

    assert refused({"years.0.wages": wide, "years.1.wages": wide.T}) == ["years[1].wages"]


def test_one_oversale_in_a_batch_is_enough() -> None:
    assert refused({"sales.0.shares": np.array([60.0, 60.1])}) == ["sales[0].shares"]
    assert parse_scenario(changed({"sales.0.shares": np.array([60.0, 59.9])})).years


def test_shares_of_a_batch_are_compared_one_by_one() -> None:
    few_and_many = np.array([10.0, 60.0])
    changes = {"exercises.0.shares": few_and_many, "sales.0.shares": few_and_many}

    assert parse_scenario(changed(changes)).batch_shape == (2,)
    assert refused({**changes, "sales.0.shares": few_and_many[::-1]}) == ["sales[0].shares"]


def test_special_gains_of_a_batch_are_compared_one_by_one() -> None:
    gains = {
        "years.0.long_term_gain": np.array([10.0, -10.0]),
        "years.0.collectibles_gain": np.array([10.0, 20.0]),
    }

    assert parse_scenario(changed(gains)).years
    assert refused({**gains, "years.0.long_term_gain": np.array([9.0, -10.0])}) == [
        "years[0].collectibles_gain"
    ]
