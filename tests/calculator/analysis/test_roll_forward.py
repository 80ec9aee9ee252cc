"""Closing a year: with the model's own figures, every later year comes out as before."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator import InvalidScenario, UnsupportedSituation, evaluate, parse_scenario
from calculator.analysis import roll_forward as module
from calculator.analysis.roll_forward import FiledReturn, as_modelled, roll_forward
from calculator.fields import document_fields
from calculator.scenario import CapitalLoss, Exercise, Grant, Holding, Scenario
from calculator.verification import sources
from tests.calculator.builders import an_iso_exercise, result_of, years_from
from tests.calculator.households import household, stacked, structure
from tests.calculator.test_vesting import early_exercise

Document = dict[str, Any]

WORKED = sorted(
    path
    for folder in ("worked", "document/fixtures", "document/released")
    for path in (Path(__file__).parents[1] / folder).rglob("*.json")
)
GALLERY = sorted((Path(__file__).parents[3] / "amtweb/scenarios/gallery").glob("*.json"))
PUBLISHED = [example.document for source in sources() for example in source.examples]
OF_THE_YEAR_ITSELF = ("21", "22", "23", "24", "25", "26")
"""Lines of the first Form 8801 that do not come from the year before."""


def scenarios_in(value: Any) -> list[Document]:
    """Every scenario document of more than one year within a file."""
    if isinstance(value, list):
        return [found for item in value for found in scenarios_in(item)]
    if not isinstance(value, dict):
        return []
    if "schema_version" in value:
        return [value] if len(value["years"]) > 1 else []
    return [found for item in value.values() for found in scenarios_in(item)]


CASES = [
    pytest.param(document, id=f"{path.parent.name}-{path.stem}-{number}")
    for path in (*WORKED, *GALLERY)
    for number, document in enumerate(scenarios_in(json.loads(path.read_text("utf-8"))))
] + [
    pytest.param(document, id=f"published-{number}")
    for number, document in enumerate(scenarios_in(PUBLISHED))
]


def later_years(document: Document, after: int) -> list[Document]:
    """The years after one; of the first Form 8801, what is not from the year before."""
    years = [year for year in result_of(document)["years"] if year["year"] > after]
    form = years[0]["forms"]["form_8801"]
    years[0]["forms"]["form_8801"] = {line: form[line] for line in OF_THE_YEAR_ITSELF}
    return years


def closing_changes_nothing_later(document: Document) -> None:
    for facts in document["years"][:-1]:
        year = facts["year"]
        given_document = copy.deepcopy(document)

        rolled = roll_forward(document, year)

        assert document == given_document
        assert later_years(rolled, year) == later_years(document, year)


def test_there_are_cases() -> None:
    assert len(CASES) > 30


@pytest.mark.parametrize("document", CASES)
def test_closing_any_year_of_a_worked_case_changes_no_later_line(document: Document) -> None:
    closing_changes_nothing_later(document)


@given(
    seed=st.integers(0, 2**32),
    status=st.sampled_from(["single", "married_filing_jointly", "married_filing_separately"]),
    elections=st.lists(st.sampled_from(["larger", "standard", "itemized"]), min_size=4, max_size=4),
)
def test_closing_any_year_of_any_household_changes_no_later_line(
    seed: int, status: str, elections: list[str]
) -> None:
    common = structure(status, 2024, tuple(elections))

    closing_changes_nothing_later(household(np.random.default_rng(seed), common))


def test_years_closed_one_by_one_are_the_same_as_at_once() -> None:
    common = structure("single", 2025, ("larger",) * 4)
    document = household(np.random.default_rng(11), common)

    one_by_one = roll_forward(roll_forward(roll_forward(document)))

    assert later_years(one_by_one, 2027) == later_years(roll_forward(document, 2027), 2027)


def test_a_batch_is_closed_like_its_scenarios() -> None:
    common = structure("married_filing_jointly", 2025, ("larger",) * 3)
    documents = [household(np.random.default_rng(seed), common) for seed in range(6)]

    rolled = roll_forward(stacked(documents, (6,)), 2025)

    batch = evaluate(parse_scenario(rolled))
    for place, document in enumerate(documents):
        alone = evaluate(parse_scenario(roll_forward(document, 2025)))
        for one, many in zip(alone.years, batch.years, strict=True):
            balance = np.broadcast_to(many.credit_balance, (6,))[place]
            assert balance == pytest.approx(one.credit_balance, abs=1e-6)
            tax = np.broadcast_to(many.federal_tax, (6,))[place]
            assert tax == pytest.approx(one.federal_tax, abs=1e-6)


EVENTS: Document = {
    "grants": [
        {
            "id": "g1",
            "label": "Astra",
            "kind": "iso",
            "date": "2023-05-02",
            "shares": 1_000,
            "strike": 2,
        },
        {"id": "g2", "kind": "nso", "date": "2024-01-01", "shares": 100, "strike": 3},
    ],
    "exercises": [
        {"id": "e1", "grant": "g1", "date": "2026-03-01", "shares": 400, "fair_market_value": 12},
        {"id": "e2", "grant": "g1", "date": "2027-03-01", "shares": 100, "fair_market_value": 14},
        {"id": "e3", "grant": "g2", "date": "2026-06-01", "shares": 100, "fair_market_value": 9},
    ],
    "holdings": [
        {"id": "h1", "acquired": "2015-01-01", "shares": 50, "basis": 1},
        {"id": "h2", "acquired": "2016-01-01", "shares": 60, "basis": 1, "amt_basis": 4},
    ],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2026-10-01", "shares": 150, "price": 11},
        {"id": "s2", "from": "h1", "date": "2026-10-01", "shares": 50, "price": 11},
        {"id": "s3", "from": "e1", "date": "2027-10-01", "shares": 200, "price": 11},
    ],
}


@pytest.fixture
def rolled() -> Document:
    return roll_forward(years_from(2026, {"wages": 200_000}, {"wages": 1}, {}, **EVENTS))


def test_the_closed_year_is_gone(rolled: Document) -> None:
    assert [facts["year"] for facts in rolled["years"]] == [2027, 2028]


def test_exercised_options_become_holdings_with_their_dates_and_both_bases(
    rolled: Document,
) -> None:
    held = {holding["id"]: holding for holding in rolled["holdings"]}

    assert held["e1"] == {
        "id": "e1",
        "label": "Astra",
        "acquired": "2026-03-01",
        "shares": 250,
        "iso": {
            "granted": "2023-05-02",
            "exercised": "2026-03-01",
            "strike": 2,
            "fair_market_value": 12,
        },
    }
    # The spread of a nonstatutory option was wages.
    assert (held["e3"]["basis"], held["e3"].get("amt_basis")) == (9, None)


def test_options_that_are_left_stay_in_their_grant(rolled: Document) -> None:
    assert [(grant["id"], grant["shares"]) for grant in rolled["grants"]] == [("g1", 600)]
    assert [exercise["id"] for exercise in rolled["exercises"]] == ["e2"]


def test_what_was_sold_is_gone_and_what_was_not_stays(rolled: Document) -> None:
    assert [holding["id"] for holding in rolled["holdings"]] == ["h2", "e1", "e3"]
    assert [sale["id"] for sale in rolled["sales"]] == ["s3"]


def test_a_lot_without_shares_stays_while_a_later_sale_names_it() -> None:
    events = copy.deepcopy(EVENTS)
    events["sales"][1] = {**events["sales"][1], "date": "2026-11-01"}
    events["sales"].append(
        {"id": "s4", "from": "h1", "date": "2027-11-01", "shares": 0, "price": 11}
    )

    rolled = roll_forward(years_from(2026, {}, {}, **events))

    assert rolled["holdings"][0]["id"] == "h1"
    assert rolled["holdings"][0]["shares"] == 0


def test_what_the_document_left_out_stays_left_out() -> None:
    assert roll_forward(years_from(2026, {}, {})).keys() == {
        "schema_version",
        "household",
        "years",
        "opening",
    }


FILED = FiledReturn(
    credit_carryforward=10_000.0,
    amt=7_000.0,
    exclusion_items_tax=2_500.0,
    capital_loss=CapitalLoss(short_term=1.0, long_term=2.0),
    amt_capital_loss=CapitalLoss(short_term=3.0, long_term=4.0),
    tax=50_000.0,
    adjusted_gross_income=210_000.0,
)


def test_the_next_year_opens_with_the_filed_figures() -> None:
    """Form 8801 of the next year: line 21 is line 26 plus line 18, which is AMT less line 15."""
    rolled = roll_forward(years_from(2026, {"wages": 5}, {"wages": 6}), filed=FILED)

    assert rolled["opening"] == {
        "minimum_tax_credit": 14_500,
        "capital_loss": {"short_term": 1, "long_term": 2},
        "amt_capital_loss": {"short_term": 3, "long_term": 4},
        "prior_year_tax": 50_000,
        "prior_year_adjusted_gross_income": 210_000,
    }


def test_exclusion_items_cannot_take_more_credit_than_there_is() -> None:
    filed = FiledReturn(
        credit_carryforward=1_000.0,
        amt=0.0,
        exclusion_items_tax=2_500.0,
        capital_loss=CapitalLoss(),
        amt_capital_loss=CapitalLoss(),
        tax=0.0,
        adjusted_gross_income=0.0,
    )

    rolled = roll_forward(years_from(2026, {}, {}), filed=filed)

    assert rolled["opening"]["minimum_tax_credit"] == 0


def test_the_models_own_figures_are_those_of_the_forms() -> None:
    document = years_from(2026, {"wages": 150_000}, {}, **an_iso_exercise())
    (first, _) = evaluate(parse_scenario(document)).years
    forms = first.forms.printed_lines()

    filed = as_modelled(first)

    assert filed.credit_carryforward == forms["form_8801"]["26"]
    assert filed.amt == forms["form_6251"]["11"] > 0
    next_form = result_of(document)["years"][1]["forms"]["form_8801"]
    assert filed.exclusion_items_tax == next_form["15"]
    assert filed.credit == next_form["21"]


@pytest.mark.parametrize(
    ("year", "path", "words"),
    [(2025, "year", "from 2026 to 2027"), (2028, "year", "2027"), (2027, "years", "add 2028")],
)
def test_a_year_that_cannot_be_closed_is_refused(year: int, path: str, words: str) -> None:
    with pytest.raises(InvalidScenario) as refusal:
        roll_forward(years_from(2026, {}, {}), year)

    (problem,) = refusal.value.problems
    assert problem.path == path
    assert words in problem.message


def test_a_filed_figure_that_cannot_be_is_refused_at_its_place() -> None:
    filed = FiledReturn(
        credit_carryforward=0.0,
        amt=0.0,
        exclusion_items_tax=0.0,
        capital_loss=CapitalLoss(short_term=-5.0),
        amt_capital_loss=CapitalLoss(long_term=1e13),
        tax=0.0,
        adjusted_gross_income=0.0,
    )

    with pytest.raises(InvalidScenario) as refusal:
        roll_forward(years_from(2026, {}, {}), filed=filed)

    assert [problem.path for problem in refusal.value.problems] == [
        "opening.capital_loss.short_term",
        "opening.amt_capital_loss.long_term",
    ]


def test_what_cannot_be_carried_exactly_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if a rule looked back at the exercises of closed years."""

    def forgetful(grant: Document, exercise: Document) -> Document:
        return module.__dict__["_real"](grant, exercise) | {"acquired": "2027-01-01"}

    monkeypatch.setattr(module, "_real", module._as_holding, raising=False)
    monkeypatch.setattr(module, "_as_holding", forgetful)
    events = copy.deepcopy(EVENTS)
    events["exercises"][2]["date"] = "2026-06-01"
    events["sales"].append(
        {"id": "s9", "from": "e3", "date": "2027-10-01", "shares": 100, "price": 11}
    )

    with pytest.raises(UnsupportedSituation) as refusal:
        roll_forward(years_from(2026, {}, {}, **events))

    (problem,) = refusal.value.problems
    assert problem.unsupported
    assert "2026 cannot be carried over exactly" in problem.message


@pytest.mark.parametrize("where", ["grants", "exercises"])
def test_options_of_which_more_is_said_stay_exercises(where: str) -> None:
    """As holdings they would lose it; an exercise before the first year only makes the lot."""
    document = years_from(2026, {}, {}, **copy.deepcopy(EVENTS))
    document[where][0]["later_field"] = True

    rolled = module._without_closed_years(document, 2026)

    assert [(each["id"], each["shares"]) for each in rolled["exercises"]] == [
        ("e1", 250),
        ("e2", 100),
    ]
    assert rolled["grants"][0]["shares"] == 1_000
    assert "e1" not in {holding["id"] for holding in rolled["holdings"]}


SPLIT = {"id": "x1", "date": "2026-06-10", "ratio": 10}


def with_a_split(**changes: Any) -> Document:
    """Shares of March are sold before and after a split of ten for one."""
    events = copy.deepcopy(EVENTS)
    events["sales"] = [
        {"id": "s1", "from": "e1", "date": "2026-05-01", "shares": 100, "price": 11},
        {"id": "s2", "from": "e1", "date": "2026-10-01", "shares": 500, "price": 1.1},
        {"id": "s3", "from": "e1", "date": "2027-10-01", "shares": 1_000, "price": 1.2},
        {"id": "s4", "from": "h2", "date": "2026-10-01", "shares": 20, "price": 5},
    ]
    return years_from(2026, {"wages": 90_000}, {}, **events) | {"splits": [SPLIT | changes]}


def test_what_was_sold_after_a_split_is_taken_off_in_shares_of_before() -> None:
    """400 bought, 100 sold, then 500 of the ten for one: 250 of them are left."""
    rolled = roll_forward(with_a_split())

    exercise, *_ = rolled["exercises"]
    assert (exercise["id"], exercise["shares"]) == ("e1", 250)
    # Another asset has nothing to do with the split.
    assert {each["id"]: each["shares"] for each in rolled["holdings"]} == {"h1": 50, "h2": 40}
    assert later_years(rolled, 2026) == later_years(with_a_split(), 2026)


def test_a_split_of_another_stock_changes_nothing() -> None:
    document = with_a_split(stock="Other")
    document["holdings"][0]["stock"] = "Other"
    document["sales"][1]["shares"], document["sales"][2]["shares"] = 50, 100

    exercise, *_ = roll_forward(document)["exercises"]

    assert exercise["shares"] == 250


@pytest.mark.parametrize("elected", [True, False])
@pytest.mark.parametrize("sold_on", [(), ("2025-12-01",), ("2026-02-01", "2027-06-01")])
def test_options_exercised_before_they_vest_are_carried_or_refused_by_name(
    sold_on: tuple[str, ...], *, elected: bool
) -> None:
    sales = [{"date": date, "shares": 500, "price": 15} for date in sold_on]
    document = early_exercise(*sales, elected=elected)

    for year in (2025, 2026, 2027):
        try:
            rolled = roll_forward(document, year)
        except UnsupportedSituation:
            assert sold_on
        else:
            assert later_years(rolled, year) == later_years(document, year)


def test_every_list_of_a_scenario_was_thought_of() -> None:
    """A new one fails here: decide how it is carried over the end of a year."""
    lists = {field.key for field in document_fields(Scenario) if field.many}

    assert lists == {*module.LISTS, "vestings", "splits"}


def test_what_is_carried_is_named_as_in_the_document() -> None:
    holding = {field.key for field in document_fields(Holding)}

    assert {"id", "label", "acquired", "shares", "basis", "iso"} <= holding
    assert set(module.OF_OPTIONS) <= {field.key for field in document_fields(Grant)}
    assert set(module.OF_EXERCISES) <= {field.key for field in document_fields(Exercise)}
