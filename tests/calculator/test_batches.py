"""Many scenarios in one evaluation: each comes out as it does alone."""

from __future__ import annotations

import numpy as np
import pytest

from calculator import evaluate, parse_scenario
from calculator.timeline import each_year
from tests.calculator.builders import Document, a_year, an_iso_exercise, result_of, years_from
from tests.calculator.comparison import all_lines, differences, element
from tests.calculator.households import household, stacked, structure

HOUSEHOLDS = 40
EXACT = 1e-6
LARGER = ("larger",) * 6

STRUCTURES = {
    "single, the larger deduction": structure("single", 2025, LARGER),
    "joint seniors, every election": structure(
        "married_filing_jointly",
        2025,
        ("larger", "itemized", "standard", "larger"),
        seniors=2,
    ),
    "married filing separately": structure("married_filing_separately", 2025, LARGER),
    "head of household, older years": structure(
        "head_of_household", 2018, LARGER + LARGER, events=False
    ),
    "surviving spouse without equity": structure(
        "qualifying_surviving_spouse", 2026, ("itemized", "larger"), events=False
    ),
}


def assert_each_as_alone(
    together: Document, documents: list[Document], shape: tuple[int, ...]
) -> None:
    for index, document in zip(np.ndindex(*shape), documents, strict=True):
        alone = result_of(document)
        in_company = element(together, index, shape)
        assert list(differences(all_lines(alone, in_company), in_company, EXACT)) == []
        assert list(differences(in_company, alone, EXACT)) == []


@pytest.mark.parametrize("name", STRUCTURES)
def test_forty_random_households_stacked_equal_the_same_forty_alone(name: str) -> None:
    random = np.random.default_rng(8801)
    documents = [household(random, STRUCTURES[name]) for _ in range(HOUSEHOLDS)]

    together = result_of(stacked(documents, (HOUSEHOLDS,)))

    assert_each_as_alone(together, documents, (HOUSEHOLDS,))


def test_a_batch_may_have_two_dimensions() -> None:
    random = np.random.default_rng(6251)
    documents = [household(random, STRUCTURES["married filing separately"]) for _ in range(6)]

    together = result_of(stacked(documents, (2, 3)))

    assert_each_as_alone(together, documents, (2, 3))


def test_arrays_of_several_shapes_broadcast_to_one() -> None:
    wages = np.array([[100_000.0], [400_000.0]])
    values = np.array([5.0, 21.0, 90.0])
    deeds = an_iso_exercise(value=21)
    deeds["exercises"][0]["fair_market_value"] = values

    together = result_of(years_from(2026, {"wages": wages}, {"wages": 150_000}, **deeds))

    documents = [
        years_from(2026, {"wages": pay}, {"wages": 150_000}, **an_iso_exercise(value=value))
        for pay in wages.ravel().tolist()
        for value in values.tolist()
    ]
    assert_each_as_alone(together, documents, (2, 3))


def test_what_is_text_is_an_array_only_where_scenarios_differ() -> None:
    taxes = np.array([[1_000.0, 60_000.0]])
    itemized = {"state_and_local_taxes": taxes, "mortgage_interest": 9_000.0}
    wages = np.array([[90_000.0], [100_000.0], [900_000.0]])

    (year,) = result_of(a_year(2025, wages=wages, itemized=itemized))["years"]

    assert year["law"] == "published"
    assert year["deduction"]["kind"].tolist() == [
        ["standard", "itemized"],
        ["standard", "itemized"],
        ["standard", "itemized"],
    ]


def test_text_has_the_shape_of_the_whole_batch() -> None:
    itemized = {"state_and_local_taxes": 60_000, "mortgage_interest": 3_000}
    first = {"wages": np.array([[90_000.0], [900_000.0]]), "itemized": itemized}
    second = {"wages": np.array([[100_000.0, 200_000.0, 300_000.0]])}

    (year, _) = result_of(years_from(2025, first, second))["years"]

    assert year["deduction"]["kind"].tolist() == [["itemized"] * 3, ["standard"] * 3]


def test_text_that_is_the_same_for_all_stays_one_value() -> None:
    (year,) = result_of(a_year(2025, wages=np.array([90_000.0, 900_000.0])))["years"]

    assert year["deduction"]["kind"] == "standard"


def test_a_batch_says_never_as_not_a_number() -> None:
    credit = np.array([0.0, 5_000.0, 500_000.0])
    opening = {"minimum_tax_credit": credit}

    totals = result_of(years_from(2026, {"wages": 200_000}, opening=opening))["totals"]

    assert totals["first_year_without_credit"].tolist() == pytest.approx(
        [np.nan, 2026.0, np.nan], nan_ok=True
    )


def test_a_batch_of_one_keeps_its_shape() -> None:
    (year,) = result_of(a_year(2025, wages=np.array([200_000.0])))["years"]

    assert year["regular_tax"].shape == (1,)
    assert year["forms"]["form_6251"]["2i"].shape == (1,)


def test_whole_numbers_may_be_stacked_too() -> None:
    (year,) = result_of(a_year(2025, wages=np.array([200_000, 300_000])))["years"]

    assert year["adjusted_gross_income"].tolist() == [200_000.0, 300_000.0]
    assert year["adjusted_gross_income"].dtype == np.float64


def test_evaluating_leaves_the_arrays_of_the_document_as_they_are() -> None:
    wages = np.array([100_000.0, 200_000.0])

    result_of(a_year(2025, wages=wages))

    assert wages.tolist() == [100_000.0, 200_000.0]


def test_years_one_by_one_are_those_of_the_whole_result() -> None:
    common = structure("single", 2025, LARGER)
    scenario = parse_scenario(household(np.random.default_rng(3), common))

    amounts = [(year.year, year.federal_tax, year.credit_balance) for year in each_year(scenario)]

    assert amounts == [
        (year.year, year.federal_tax, year.credit_balance) for year in evaluate(scenario).years
    ]


def events_of_every_kind(random: np.random.Generator) -> Document:
    """Early exercise, a split grant, leaving, a split, and worthless stock, at random amounts."""

    def between(least: float, most: float) -> float:
        return float(random.uniform(least, most))

    shares = between(3_000, 9_000)
    parts = random.dirichlet([1.0, 1.0, 1.0]) * shares
    vested = min(float(parts[0]), 0.7 * shares)
    return {
        "grants": [
            {"id": "g1", "kind": "iso", "date": "2023-02-02", "shares": shares}
            | {"strike": between(1, 30), "early_exercise": True},
            {"id": "g2", "kind": "nso", "date": "2023-02-02", "shares": shares}
            | {"strike": between(1, 30), "early_exercise": True},
            {"id": "g3", "kind": "iso", "date": "2024-03-03", "shares": shares}
            | {"strike": between(1, 30), "employment_ended": "2026-01-31"},
        ],
        "vestings": [
            {"id": f"v{of}{i}", "grant": of, "date": f"{2024 + i}-08-08", "shares": float(part)}
            | {"fair_market_value": between(1, 60)}
            for of in ("g1", "g2", "g3")
            for i, part in enumerate(parts)
            if not (of == "g3" and i == 2)
        ],
        "exercises": [
            {"id": "e1", "grant": "g1", "date": "2025-01-05", "shares": shares * 0.7}
            | {"fair_market_value": between(1, 60)},
            {"id": "e2", "grant": "g1", "date": "2025-11-05", "shares": shares * 0.3}
            | {"fair_market_value": between(1, 60), "section_83b_election": True},
            {"id": "e3", "grant": "g2", "date": "2025-01-05", "shares": shares}
            | {"fair_market_value": between(1, 60)},
            {"id": "e4", "grant": "g3", "date": "2026-02-02", "shares": float(parts[0]) / 2}
            | {"fair_market_value": between(1, 60)},
            {"id": "e5", "grant": "g3", "date": "2026-06-06", "shares": float(parts[0]) / 2}
            | {"fair_market_value": between(1, 60)},
        ],
        "splits": [{"id": "x", "date": "2026-10-10", "ratio": between(0.5, 10)}],
        "sales": [
            {"id": f"s{i}", "from": of, "date": date, "shares": count, "price": between(0, 90)}
            | {"loss_recognized": recognized, "kind": kind}
            for i, (of, date, count, recognized, kind) in enumerate(
                [
                    ("e1", "2025-12-12", vested / 2, True, "sale"),
                    ("e1", "2026-09-09", vested / 2, False, "sale"),
                    ("e3", "2026-09-09", float(parts[0] + parts[1]), True, "sale"),
                    ("e4", "2026-09-09", float(parts[0]) / 4, True, "sale"),
                    ("e5", "2026-09-10", float(parts[0]) / 3, True, "sale"),
                ]
            )
        ],
    }


@pytest.mark.parametrize("figures", ["exact", "as_filed"])
def test_every_kind_of_event_comes_out_in_a_batch_as_alone(figures: str) -> None:
    random = np.random.default_rng(83)
    common = structure("single", 2025, ("larger", "larger"), events=False)
    method = {"method": {"figures": figures, "form_8801_line_28": "form"}}
    documents = [
        household(random, common) | events_of_every_kind(random) | method for _ in range(30)
    ]

    together = result_of(stacked(documents, (30,)))

    assert_each_as_alone(together, documents, (30,))
