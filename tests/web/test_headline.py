from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.bench import selected
from amtweb.scenarios.charts.money_words import all_but, dollars
from amtweb.scenarios.gallery import example
from amtweb.scenarios.headline import Headline, figures_of, headline
from amtweb.scenarios.line_links import Sentence
from amtweb.scenarios.recovery_words import Fate
from calculator import ScenarioResult, evaluate, parse_scenario

LONG_LOSS = {"amt_capital_loss": {"long_term": 9_000}}


def result_of(*years: dict[str, Any], **document: Any) -> ScenarioResult:
    facts = [{"year": 2025 + n, "wages": 200_000} | year for n, year in enumerate(years)]
    return evaluate(parse_scenario({"schema_version": 1, "years": facts} | document))


def headline_of(result: ScenarioResult) -> Headline:
    return headline(result, selected(result, None))


DEFERRAL = {"other_amt_deferral_items": 500_000}
EXCLUSION = {"private_activity_bond_interest": 500_000}


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        pytest.param(
            result_of({}, {}),
            "No AMT is due from 2025 to 2026, and there is no AMT credit to get back.",
            id="no AMT",
        ),
        pytest.param(
            result_of({}, DEFERRAL),
            "AMT costs $154,376 in 2026; all of it is still to come back after 2026.",
            id="AMT in the last year",
        ),
        pytest.param(
            result_of(DEFERRAL, DEFERRAL),
            "AMT costs $289,015 in 2025 and 2026; all of it is still to come back after 2026.",
            id="a credit left",
        ),
        pytest.param(
            result_of({}, {}, opening={"minimum_tax_credit": 500}),
            "The AMT credit from earlier years is $500; all of it comes back in 2025.",
            id="a credit used",
        ),
        pytest.param(
            result_of(EXCLUSION),
            "AMT costs $134,639 in 2025; none of it comes back, because exclusion items alone"
            " cause it.",
            id="exclusion items",
        ),
        pytest.param(
            result_of(
                {},
                {"long_term_gain": 900_000},
                {},
                opening={"minimum_tax_credit": 10} | LONG_LOSS,
            ),
            "AMT costs $14,066 in 2026; none of it comes back, because exclusion items alone"
            " cause it. The AMT credit from earlier years is $10; all of it comes back in 2025.",
            id="a credit used before it could erode",
        ),
        pytest.param(
            result_of(
                {"year": 2026, "long_term_gain": 900_000},
                {"year": 2027},
                opening={
                    "minimum_tax_credit": 10,
                    "amt_capital_loss": {"long_term": 10_000},
                },
            ),
            "AMT costs $13,266 in 2026; none of it comes back, because exclusion items alone"
            " cause it. The AMT credit from earlier years is $10; none of it comes back: $10 is"
            " lost in 2026.",
            id="a credit eroded",
        ),
        pytest.param(
            result_of({"wages": 0}, opening={"minimum_tax_credit": 0.3}),
            "No AMT is due in 2025, and there is no AMT credit to get back.",
            id="cents",
        ),
    ],
)
def test_the_sentence_says_what_becomes_of_the_credit(
    result: ScenarioResult, sentence: str
) -> None:
    assert headline_of(result).sentence == sentence


def test_what_erodes_is_remarked_by_year() -> None:
    scenario = parse_scenario(example("erosion").document)
    result = evaluate(scenario)

    (_, plain, _) = headline(result, result.years[0]).remarks
    (_, told, _) = headline(result, result.years[0], scenario=scenario).remarks

    assert plain == told == "$15,266 of the credit is lost in 2026 without lowering any tax."
    assert isinstance(told, Sentence)
    assert told.question == "erosion?year=2026"
    assert any("exclusion items" in reason for reason in told.because)


def test_a_loss_that_waits_names_the_gain_that_would_bring_the_credit_sooner() -> None:
    """Regular tax rises with the gain and tentative minimum tax does not: 15% of it comes back.

    Wages of 200,000 less the standard deduction of 15,750 leave the gain within the 15% rate.  The
    credit pays that; it does not pay 3.8% on all of the gain, which is above wages of 200,000.
    """
    document = {
        "schema_version": 1,
        "years": [{"year": 2025, "wages": 200_000}],
        "opening": {"minimum_tax_credit": 90_000, "amt_capital_loss": {"long_term": 103_000}},
    }
    scenario = parse_scenario(document)
    result = evaluate(scenario)

    remarks = headline(result, result.years[0], scenario=scenario).remarks

    (hint,) = [each for each in remarks if each.startswith("Realizing")]
    assert hint == (
        "Realizing $100,000 of other long-term gains in 2025 would bring back $15,000 more of the"
        " credit that year, and leave $15,000 less of it after 2025; federal tax of 2025 would be"
        " $3,800 higher."
    )
    assert isinstance(hint, Sentence)
    assert hint.question == "pairing?year=2025"


def test_an_unused_amt_capital_loss_is_remarked() -> None:
    (remark,) = headline_of(result_of({}, opening=LONG_LOSS)).remarks

    assert remark.startswith("$6,000 of AMT capital loss is still unused after 2025")


def test_projected_parameters_are_remarked_from_their_first_year() -> None:
    (remark,) = headline_of(result_of(*[{}] * 4)).remarks

    assert remark.startswith("From 2027 on the law’s amounts are projected")


def test_the_figures_are_of_the_selected_year_and_of_all() -> None:
    result = result_of(DEFERRAL, {})
    first, second = result.years

    of_first = {figure.label: figure.text for figure in headline(result, first).figures}
    of_second = {figure.label: figure.text for figure in headline(result, second).figures}

    assert of_first["AMT"] == dollars(float(first.amt)) != "$0"
    assert of_second["AMT"] == "$0"
    assert of_second["Credit used"] == dollars(float(second.credit_used)) != "$0"
    total = dollars(float(result.totals.federal_tax))
    assert of_first["Federal tax, 2025–2026"] == of_second["Federal tax, 2025–2026"] == total


def test_one_year_is_not_a_span() -> None:
    assert "Federal tax, 2025" in {figure.label for figure in headline_of(result_of({})).figures}


def test_a_present_value_is_shown_where_it_says_something_else() -> None:
    plain = result_of({}, {})
    discounted = result_of({}, {}, assumptions={"discount_rate": 0.05})

    assert "Present value in 2025" not in {each.label for each in headline_of(plain).figures}
    assert "Present value in 2025" in {each.label for each in headline_of(discounted).figures}


def test_the_year_with_the_most_amt_is_selected_at_first() -> None:
    result = result_of({}, DEFERRAL, {})

    assert selected(result, None).year == 2026
    assert selected(result, "2027").year == 2027
    assert selected(result, "1990").year == 2025
    assert selected(result_of({}, {}), None).year == 2025


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "$0"),
        (-0.0, "$0"),
        (-0.4, "$0"),
        (0.6, "$1"),
        (1_234_567.4, "$1,234,567"),
        (-1_234.6, "\u2212$1,235"),
        (1e12, "$1,000,000,000,000"),
    ],
)
def test_dollars_are_whole_and_have_a_real_minus_sign(amount: float, text: str) -> None:
    assert dollars(amount) == text


def test_the_figures_that_are_kept_are_numbers_or_nothing() -> None:
    never = figures_of(result_of(DEFERRAL))
    some_day = figures_of(result_of({}, opening={"minimum_tax_credit": 500}))

    assert never["first_year_without_credit"] is None
    assert some_day["first_year_without_credit"] == 2025
    by_year = never.pop("credit_by_year")
    assert list(by_year) == ["2025"]
    # What explains them later has tests of its own.
    del never["kept"], never["tables"]
    assert all(
        type(value) in (int, float, type(None)) for value in [*never.values(), *by_year.values()]
    )


def test_the_parts_of_the_credit_add_up_to_the_dollar() -> None:
    """By hand: rounded one by one, 84,714.60 and 48,983.70 are a dollar more than 133,698.30."""
    exact = Fate(133_698.30, 0.0, 133_698.30, 84_714.60, 0.0, 48_983.70)

    assert exact.adding_up() == Fate(133_698, 0, 133_698, 84_714, 0, 48_984)


def test_a_small_rest_does_not_put_off_by_years_when_the_credit_is_back() -> None:
    """Less than a hundredth is not seen in the chart, which shows nothing left by then."""
    assert all_but([2024, 2025, 2026, 2027], [90_000, 40_000, 312, 0], 90_000) == (2026, 312)
    assert all_but([2024, 2025, 2026, 2027], [90_000, 40_000, 1_000, 0], 90_000) is None
    assert all_but([2024, 2025, 2026, 2027], [90_000, 312, 50_000, 0], 90_000) is None
    assert all_but([2024, 2025], [90_000, 0], 90_000) is None
