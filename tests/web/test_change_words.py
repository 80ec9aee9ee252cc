"""What an edit does to tax and credit, in words."""

from __future__ import annotations

from typing import Any

from amtweb.scenarios.change_words import what_changed
from calculator import ScenarioResult, evaluate, parse_scenario


def result_of(first: int = 2026, count: int = 3, **facts: Any) -> ScenarioResult:
    years = [{"year": first + later, "wages": 200_000} for later in range(count)]
    opening = {"minimum_tax_credit": facts.pop("credit", 0)}
    years[0] |= facts
    return evaluate(parse_scenario({"schema_version": 1, "years": years, "opening": opening}))


def test_the_same_result_says_nothing() -> None:
    assert what_changed(result_of(), result_of()) == ""


def test_other_years_cannot_be_compared() -> None:
    assert what_changed(result_of(), result_of(count=4)) == ""


def test_more_tax_is_said_in_dollars() -> None:
    """A gain within the 15% rate, and investment income below the threshold of its own tax."""
    text = what_changed(result_of(wages=150_000), result_of(wages=150_000, long_term_gain=10_000))

    assert text == "This change: $1,500 more federal tax from 2026 to 2028."
    back = what_changed(result_of(wages=150_000, long_term_gain=10_000), result_of(wages=150_000))
    assert back == "This change: $1,500 less federal tax from 2026 to 2028."


def test_a_credit_that_takes_longer_says_by_how_much() -> None:
    """The gap between the two taxes is some 8,500 dollars a year."""
    one, two, never = (result_of(credit=each) for each in (5_000, 12_000, 60_000))

    assert what_changed(one, two).endswith("and the credit is gone one year later, after 2027.")
    assert what_changed(two, one).endswith("and the credit is gone one year sooner, after 2026.")
    left = f"${float(never.totals.credit_left):,.0f}"
    assert f"not all of the credit is back by 2028: {left} is left" in what_changed(one, never)
    assert "all of the credit is back already by 2026" in what_changed(never, one)
