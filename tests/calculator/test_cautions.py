"""What a person is told about a scenario that is computed all the same."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from calculator import cautions, parse_scenario
from tests.calculator.builders import Document, years_from

SOLD = "2027-03-02"


def told(*, price: float, bought: str = "2027-03-20", shares: float = 100, **sale: Any) -> Document:
    """An ISO at 10, exercised at 30 in 2026 and sold on 2 March 2027, with another exercise."""
    return years_from(
        2026,
        {},
        {},
        grants=[{"id": "g", "kind": "iso", "date": "2024-01-05", "shares": 900, "strike": 10}],
        exercises=[
            {"id": "e", "grant": "g", "date": "2026-02-01", "shares": 500}
            | {"fair_market_value": 30},
            {"id": "new", "grant": "g", "date": bought, "shares": shares}
            | {"fair_market_value": 30},
        ],
        sales=[{"id": "s", "from": "e", "date": SOLD, "shares": 50, "price": price, **sale}],
    )


def found(document: Document) -> list[tuple[str, str | None]]:
    return [(each.kind, each.system) for each in cautions(parse_scenario(document))]


@pytest.mark.parametrize(
    ("price", "system"),
    [
        pytest.param(40, None, id="a gain in both systems"),
        pytest.param(30, None, id="at the AMT basis"),
        pytest.param(25, "amt", id="a gain for regular tax, a loss for AMT"),
        pytest.param(10, "amt", id="at the strike"),
        pytest.param(5, "both", id="a loss in both"),
    ],
)
def test_a_loss_with_a_purchase_near_it_is_told_for_the_system_that_has_it(
    price: float, system: str | None
) -> None:
    assert found(told(price=price)) == ([] if system is None else [("wash_sale", system)])


@pytest.mark.parametrize(
    ("bought", "is_near"),
    [
        ("2027-01-30", False),
        ("2027-01-31", True),
        ("2027-03-02", True),
        ("2027-04-01", True),
        ("2027-04-02", False),
    ],
)
def test_thirty_days_count_on_either_side(bought: str, *, is_near: bool) -> None:
    assert bool(found(told(price=5, bought=bought))) == is_near


def test_a_disqualifying_sale_below_the_value_at_exercise_may_lose_its_limit() -> None:
    # Sold within a year of the exercise at 25: income of 15 and not 20 a share, and an AMT loss.
    document = told(price=25, bought="2027-01-20")
    document["sales"][0]["date"] = "2027-01-15"

    assert found(document) == [("wash_sale", "amt"), ("wash_sale_income", "regular")]


def test_who_says_that_the_loss_is_not_recognized_is_not_told_again() -> None:
    assert found(told(price=5, loss_recognized=False)) == []


def test_the_rest_of_the_lot_itself_replaces_nothing() -> None:
    document = told(price=5, bought="2026-02-01")
    document["sales"][0]["date"] = "2026-02-20"
    document["sales"].append(
        {"id": "t", "from": "new", "date": "2026-02-20", "shares": 100, "price": 5}
    )

    # The other lot is gone on the day of the sale, so nothing replaces the first 50; the 450 that
    # are left of theirs may replace the other 100.
    paths = {each.path for each in cautions(parse_scenario(document))}
    assert paths == {"sales[1].loss_recognized"}


def test_another_asset_replaces_nothing_unless_it_is_of_the_company() -> None:
    document = told(price=5, bought="2026-02-01")
    document["holdings"] = [{"id": "h", "acquired": "2027-03-01", "shares": 5, "basis": 30}]

    assert found(document) == []

    document["grants"][0]["stock"] = document["holdings"][0]["stock"] = "Acme"
    assert found(document) == [("wash_sale", "both")]


def test_nothing_replaces_worthless_stock() -> None:
    assert found(told(price=0, kind="worthless", bought="2027-12-20")) == []


def test_an_exercise_too_long_after_leaving_is_told() -> None:
    document = told(price=40)
    document["grants"][0]["employment_ended"] = "2026-12-19"

    (caution,) = cautions(parse_scenario(document))

    assert (caution.kind, caution.path) == ("exercised_after_leaving", "exercises[1].date")
    assert "2027-03-19" in caution.message


def test_options_beyond_the_limit_are_told() -> None:
    document = told(price=40)
    document["grants"][0] |= {"early_exercise": True, "fair_market_value": 112}
    kinds = {each.kind for each in cautions(parse_scenario(document))}

    assert kinds == {"hundred_thousand_limit", "strike_below_value"}


def test_an_exercise_within_the_limit_is_not_told_of_a_later_year_beyond_it() -> None:
    document = years_from(
        2025,
        {},
        {},
        grants=[{"id": "g", "kind": "iso", "date": "2024-01-05", "shares": 30_000, "strike": 10}],
        vestings=[
            {"id": "v1", "grant": "g", "date": "2025-01-05", "shares": 10_000},
            {"id": "v2", "grant": "g", "date": "2026-01-05", "shares": 20_000},
        ],
        exercises=[
            {"id": f"e{year}", "grant": "g", "date": f"{year}-02-05", "shares": 10_000}
            | {"fair_market_value": 12}
            for year in (2025, 2026)
        ],
    )

    told_of = [(each.kind, each.path) for each in cautions(parse_scenario(document))]

    assert told_of == [("hundred_thousand_limit", "exercises[1].shares")]


def test_a_batch_is_told_what_concerns_any_of_it() -> None:
    assert found(told(price=np.array([40.0, 25.0]))) == [("wash_sale", "amt")]  # type: ignore[arg-type]


def test_every_caution_is_a_sentence_with_a_place() -> None:
    for caution in cautions(parse_scenario(told(price=5))):
        told_so = caution.to_dict()
        assert set(told_so) == {"kind", "path", "system", "message"}
        assert caution.path == "sales[0].loss_recognized"
        assert caution.message.endswith(".")
