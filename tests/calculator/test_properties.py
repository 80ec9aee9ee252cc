"""What holds for every scenario, whatever its amounts."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.calculator.builders import Document, result_of
from tests.calculator.comparison import differences

CENT = 0.01
SMALL = 1e-6
STATUSES = (
    "single",
    "married_filing_jointly",
    "married_filing_separately",
    "head_of_household",
    "qualifying_surviving_spouse",
)
FIRST, LAST = 2025, 2029


def for_all(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """Tries a property on the same sixty examples every time."""
    tried = settings(max_examples=60, deadline=None, derandomize=True)
    return lambda holds: tried(given(*strategies)(holds))


def money(largest: int) -> st.SearchStrategy[float]:
    return st.integers(0, largest * 100).map(lambda cents: cents / 100)


def signed(largest: int) -> st.SearchStrategy[float]:
    return st.integers(-largest * 100, largest * 100).map(lambda cents: cents / 100)


PRICES = money(120)


@st.composite
def facts(draw: st.DrawFn, year: int) -> Document:
    """A year with some of the fields of the document."""
    fields = {
        "wages": money(1_200_000),
        "interest": money(50_000),
        "qualified_dividends": money(80_000),
        "short_term_gain": signed(100_000),
        "long_term_gain": signed(900_000),
        "state_tax_refund": money(9_000),
        "private_activity_bond_interest": money(60_000),
        "deduction": st.sampled_from(["larger", "standard", "itemized"]),
        "itemized": st.fixed_dictionaries(
            {"state_and_local_taxes": money(80_000), "charitable_gifts": money(40_000)}
        ),
        "foreign_tax_credit": money(5_000),
        "other_nonrefundable_credits": money(20_000),
    }
    given_fields = draw(st.fixed_dictionaries({}, optional=fields))
    return {"year": year, **given_fields}


@st.composite
def lots(draw: st.DrawFn, number: int) -> Document:
    """A grant with an exercise, and sales that bring away all shares of it or some."""
    kind = draw(st.sampled_from(["iso", "iso", "nso"]))
    shares = draw(st.integers(1, 40_000))
    exercised = draw(st.integers(FIRST, LAST))
    parts = draw(st.lists(st.sampled_from([0.1, 0.25, 0.5]), max_size=2))
    sold = [part * shares for part in parts]
    if draw(st.booleans()):
        sold.append(shares - sum(sold))
    months = st.integers(exercised * 12 + 6, LAST * 12 + 11)
    days = [divmod(draw(months), 12) for _ in sold]
    return {
        "grants": [
            {
                "id": f"g{number}",
                "kind": kind,
                "date": f"{exercised - draw(st.integers(0, 3))}-03-10",
                "shares": shares,
                "strike": draw(PRICES),
            }
        ],
        "exercises": [
            {
                "id": f"e{number}",
                "grant": f"g{number}",
                "date": f"{exercised}-05-20",
                "shares": shares,
                "fair_market_value": draw(PRICES),
            }
        ],
        "sales": [
            {
                "id": f"s{number}-{i}",
                "from": f"e{number}",
                "date": f"{year}-{month + 1:02}-15",
                "shares": count,
                "price": draw(PRICES),
            }
            for i, (count, (year, month)) in enumerate(zip(sold, days, strict=True))
        ],
    }


@st.composite
def scenarios(draw: st.DrawFn, most_lots: int = 3) -> Document:
    """Five years of a household with options, losses and a credit carried in."""
    losses = st.fixed_dictionaries({"short_term": money(20_000), "long_term": money(400_000)})
    document: Document = {
        "schema_version": 1,
        "household": {"filing_status": draw(st.sampled_from(STATUSES))},
        "opening": {
            "minimum_tax_credit": draw(money(200_000)),
            "capital_loss": draw(losses),
            "amt_capital_loss": draw(losses),
        },
        "years": [draw(facts(year)) for year in range(FIRST, LAST + 1)],
        "grants": [],
        "exercises": [],
        "sales": [],
    }
    for number in range(draw(st.integers(0, most_lots))):
        for kind, events in draw(lots(number)).items():
            document[kind] += events
    return document


def unequal(one: Any, other: Any, tolerance: float = SMALL) -> list[Any]:
    return [*differences(one, other, tolerance), *differences(other, one, tolerance)]


@for_all(scenarios())
def test_no_tax_of_the_alternative_minimum_is_negative(document: Document) -> None:
    for year in result_of(document)["years"]:
        assert year["amt"] >= 0
        assert year["tentative_minimum_tax"] >= 0
        assert year["exclusion_items_tax"] >= 0


@for_all(scenarios())
def test_credit_used_is_within_what_there_is_and_what_the_law_allows(document: Document) -> None:
    for year, facts_of_year in zip(result_of(document)["years"], document["years"], strict=True):
        foreign = min(facts_of_year.get("foreign_tax_credit", 0), year["regular_tax"])
        after_credits = (
            year["regular_tax"] - foreign - facts_of_year.get("other_nonrefundable_credits", 0)
        )
        room = max(0.0, after_credits - year["tentative_minimum_tax"])

        assert year["credit_limit"] == pytest.approx(room)
        assert 0 <= year["credit_used"] <= min(year["credit_available"], room) + SMALL


@for_all(scenarios())
def test_no_amt_is_due_where_credit_is_used(document: Document) -> None:
    for year in result_of(document)["years"]:
        assert year["amt"] == 0 or year["credit_used"] == 0


@for_all(scenarios())
def test_credit_is_conserved(document: Document) -> None:
    years = result_of(document)["years"]

    for year in years:
        assert year["credit_carryforward"] == pytest.approx(
            year["credit_available"] - year["credit_used"]
        )
        assert year["credit_balance"] == pytest.approx(
            year["credit_carryforward"] + year["credit_generated"] - year["credit_eroded"]
        )
        assert year["credit_balance"] >= 0
        assert year["credit_eroded"] <= year["credit_carryforward"]
    for year, following in pairwise(years):
        assert following["credit_available"] == pytest.approx(year["credit_balance"], abs=SMALL)


@for_all(scenarios())
def test_totals_account_for_every_dollar_of_credit(document: Document) -> None:
    result = result_of(document)

    generated = sum(year["credit_generated"] for year in result["years"])
    totals = result["totals"]
    assert document["opening"]["minimum_tax_credit"] + generated == pytest.approx(
        totals["credit_used"] + totals["credit_eroded"] + totals["credit_left"], abs=CENT
    )


@for_all(scenarios(), st.integers(FIRST, LAST), PRICES, PRICES)
def test_exercising_no_shares_changes_nothing(
    document: Document, year: int, strike: float, value: float
) -> None:
    grant = {"id": "none", "kind": "iso", "date": "2022-02-02", "shares": 9_000, "strike": strike}
    exercise = {
        "id": "nothing",
        "grant": "none",
        "date": f"{year}-02-02",
        "shares": 0,
        "fair_market_value": value,
    }

    more = document | {
        "grants": [*document["grants"], grant],
        "exercises": [*document["exercises"], exercise],
    }

    assert result_of(more) == result_of(document)


@for_all(scenarios(), facts(LAST + 1), PRICES)
def test_a_later_year_never_changes_an_earlier_one(
    document: Document, later: Document, price: float
) -> None:
    more = copy.deepcopy(document)
    more["years"].append(later)
    for exercise in document["exercises"]:
        sold = sum(sale["shares"] for sale in document["sales"] if sale["from"] == exercise["id"])
        left = max(0.0, exercise["shares"] - sold)
        sale = {"date": f"{LAST + 1}-07-07", "shares": left, "price": price}
        more["sales"].append({"id": f"late-{exercise['id']}", "from": exercise["id"], **sale})

    assert result_of(more)["years"][:-1] == result_of(document)["years"]


@for_all(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_events_in_the_document_does_not_matter(
    document: Document, random: Any
) -> None:
    shuffled = copy.deepcopy(document)
    for kind in ("grants", "exercises", "sales"):
        random.shuffle(shuffled[kind])

    assert unequal(result_of(document), result_of(shuffled), CENT) == []


@for_all(lots(0), st.sampled_from(STATUSES))
@example(
    # Sold at a loss in the year of the exercise.
    {
        "grants": [{"id": "g", "kind": "iso", "date": "2025-01-01", "shares": 9, "strike": 5}],
        "exercises": [
            {"id": "e", "grant": "g", "date": "2025-02-01", "shares": 9, "fair_market_value": 8}
        ],
        "sales": [{"id": "s", "from": "e", "date": "2025-03-01", "shares": 9, "price": 3}],
    },
    "single",
)
def test_income_over_the_life_of_a_lot_is_proceeds_less_price_paid_in_each_system(
    events: Document, status: str
) -> None:
    sales, (grant,), (exercise,) = events["sales"], events["grants"], events["exercises"]
    rest = exercise["shares"] - sum(sale["shares"] for sale in sales)
    last = {"id": "last", "from": exercise["id"], "date": f"{LAST}-12-30", "shares": max(0.0, rest)}
    sales = [*sales, last | {"price": 50}]
    years = [{"year": year} for year in range(FIRST, LAST + 1)]
    document = {
        "schema_version": 1,
        "household": {"filing_status": status},
        "years": years,
        **events,
        "sales": sales,
    }

    equity = [year["equity"] for year in result_of(document)["years"]]

    gained = sum(sale["shares"] * (sale["price"] - grant["strike"]) for sale in sales)
    regular = sum(
        year["wages"] + year["short_term_gain"] + year["long_term_gain"] for year in equity
    )
    refigured = sum(
        year["bargain_element"]
        + year["medicare_wages"]
        + year["amt_short_term_gain"]
        + year["amt_long_term_gain"]
        + sum(
            sale["ordinary_income"]
            for sale in year["sales"]
            if sale["disposition"] == "disqualifying_same_year"
        )
        for year in equity
    )
    assert regular == pytest.approx(gained, abs=CENT)
    assert refigured == pytest.approx(gained, abs=CENT)


@for_all(scenarios())
def test_capital_losses_carried_over_are_never_negative(document: Document) -> None:
    for year in result_of(document)["years"]:
        for system in ("capital_loss_carryforward", "amt_capital_loss_carryforward"):
            assert min(year[system].values()) >= 0


@for_all(scenarios())
def test_federal_tax_is_never_negative(document: Document) -> None:
    for year in result_of(document)["years"]:
        assert year["federal_tax"] >= -SMALL


@for_all(scenarios(), st.integers(0, LAST - FIRST))
def test_a_dollar_more_of_wages_moves_no_tax_by_more_than_a_dollar(
    document: Document, place: int
) -> None:
    """No cliff: the highest joint rates, with every phase-out, stay below one."""
    more = copy.deepcopy(document)
    facts_of_year = more["years"][place]
    facts_of_year["deduction"] = document["years"][place]["deduction"] = "standard"
    facts_of_year["wages"] = facts_of_year.get("wages", 0) + 1

    before, after = (result_of(each)["years"][place] for each in (document, more))

    assert -SMALL <= after["regular_tax"] - before["regular_tax"] <= 1
    assert -SMALL <= after["tentative_minimum_tax"] - before["tentative_minimum_tax"] <= 1
