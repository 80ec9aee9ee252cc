from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from amtweb.scenarios.charts import Figure, figures, palette
from amtweb.scenarios.charts.figure import MARGIN
from amtweb.scenarios.charts.money_words import dollars, in_years, short_dollars
from calculator import ScenarioResult, evaluate, parse_scenario

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "charts.css"

EXERCISE = {
    "grants": [{"id": "g", "kind": "iso", "date": "2022-01-15", "shares": 20_000, "strike": 2}],
    "exercises": [{"id": "e", "grant": "g", "date": "2026-03-01", "shares": 8_000,
                   "fair_market_value": 60}],
    "sales": [{"id": "s", "from": "e", "date": "2028-06-01", "shares": 8_000, "price": 25}],
}  # fmt: skip


def years(count: int, first: int = 2026, **facts: Any) -> list[dict[str, Any]]:
    return [{"year": first + later, **facts} for later in range(count)]


def result_of(**document: Any) -> ScenarioResult:
    return evaluate(parse_scenario({"schema_version": 1, **document}))


def a_year_of_gains(gain: float, **document: Any) -> ScenarioResult:
    facts = years(7, wages=200_000)
    facts[0]["long_term_gain"] = gain
    return result_of(years=facts, **document)


SCENARIOS = {
    "nothing at all": result_of(years=years(3)),
    "one year of wages": result_of(years=years(1, wages=90_000)),
    "a credit that comes back": result_of(
        years=years(10, wages=200_000), opening={"minimum_tax_credit": 50_000}
    ),
    "an exercise and a sale at a loss": result_of(
        years=years(10, wages=200_000, qualified_dividends=60_000), **EXERCISE
    ),
    "erosion": a_year_of_gains(
        397_000,
        opening={"minimum_tax_credit": 128_186, "amt_capital_loss": {"long_term": 400_000}},
    ),
    "the most years there can be": result_of(
        years=years(35, wages=250_000), opening={"minimum_tax_credit": 900_000}
    ),
    "credits that leave no tax": result_of(
        years=years(2, wages=90_000, other_nonrefundable_credits=50_000)
    ),
}


@pytest.fixture(params=SCENARIOS.values(), ids=SCENARIOS.keys())
def result(request: pytest.FixtureRequest) -> ScenarioResult:
    return request.param  # type: ignore[no-any-return]


def by_id(result: ScenarioResult) -> dict[str, Figure]:
    return {figure.id: figure for figure in figures(result)}


def strings_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings_in(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in strings_in(item)]
    return [value] if isinstance(value, str) else []


def test_the_figures_are_four_in_this_order(result: ScenarioResult) -> None:
    assert [figure.id for figure in figures(result)] == ["credit", "taxes", "losses", "total"]


def test_plotly_knows_every_attribute_of_every_spec(result: ScenarioResult) -> None:
    import plotly.graph_objects

    for figure in figures(result):
        plotly.graph_objects.Figure(figure.spec)


def test_specs_are_finite_json_without_markup(result: ScenarioResult) -> None:
    for figure in figures(result):
        json.dumps(figure.spec, allow_nan=False)
        for text in strings_in(figure.spec):
            assert "<" not in text.replace("<br>", "").replace("<extra>", "")


def test_nothing_that_a_person_typed_is_in_a_spec() -> None:
    typed = "Zanzibar"
    facts = years(4, wages=200_000)
    lots = {**EXERCISE, "grants": [{**EXERCISE["grants"][0], "label": typed}]}
    result = result_of(years=facts, title=typed, notes=typed, **lots)
    assert typed not in repr(figures(result))


def test_every_year_has_a_row_with_a_cell_for_every_column(result: ScenarioResult) -> None:
    for figure in figures(result):
        assert [row.year for row in figure.rows] == [year.year for year in result.years]
        for row in figure.rows:
            assert len(row.cells) == len(figure.columns)
            assert row.readout.startswith(f"{row.year}: ")


def test_a_chart_rounds_as_its_table_does(result: ScenarioResult) -> None:
    figure = by_id(result)["credit"]
    for trace in figure.spec["data"]:
        column = figure.columns.index(trace["name"])
        for row, amount in zip(figure.rows, trace["y"], strict=True):
            assert row.cells[column] == dollars(abs(amount or 0))


def heights(figure: Figure, year: int) -> dict[str, float]:
    return {
        trace["name"]: amount
        for trace in figure.spec["data"]
        for x, amount in zip(trace["x"], trace["y"], strict=True)
        if x == year and amount is not None
    }


def test_the_bars_of_the_credit_end_at_its_closing_balance(result: ScenarioResult) -> None:
    figure = by_id(result)["credit"]
    for year in result.years if figure.spec["data"] else ():
        bars = heights(figure, year.year)
        closing = bars.pop("Closing")
        assert float(year.credit_balance) == pytest.approx(closing, abs=0.5)
        assert sum(bars.values()) == pytest.approx(closing, abs=2)


def test_the_kinds_of_tax_add_up_to_federal_tax(result: ScenarioResult) -> None:
    figure = by_id(result)["total"]
    for year in result.years if figure.spec["data"] else ():
        bars = heights(figure, year.year)
        total = bars.pop("Federal tax")
        assert float(year.federal_tax) == pytest.approx(total, abs=0.5)
        assert sum(bars.values()) == pytest.approx(total, abs=3)


def test_credits_that_lower_amt_too_leave_no_negative_bar() -> None:
    # Other credits of 60,000 against regular tax below that: the rest lowers AMT.
    result = result_of(
        years=years(3, wages=200_000, other_nonrefundable_credits=60_000), **EXERCISE_ALONE
    )
    kinds = heights(by_id(result)["total"], 2026)
    assert "Regular tax" not in kinds
    assert kinds["AMT"] == pytest.approx(kinds["Federal tax"])


EXERCISE_ALONE = {name: EXERCISE[name] for name in ("grants", "exercises")}


def test_the_gap_between_the_taxes_is_amt_above_and_room_below() -> None:
    result = SCENARIOS["an exercise and a sale at a loss"]
    figure = by_id(result)["taxes"]
    traces = {trace["name"]: trace for trace in figure.spec["data"]}
    for year in result.years:
        for name, amount, end in (
            ("AMT", year.amt, year.tentative_minimum_tax),
            ("Room for the credit", year.credit_limit, year.regular_tax),
        ):
            if amount:
                trace = traces[name]
                index = trace["x"].index(year.year)
                assert trace["y"][index] == pytest.approx(amount, abs=0.5)
                assert trace["base"][index] + trace["y"][index] == pytest.approx(end, abs=1)


def test_a_credit_that_comes_back_says_when() -> None:
    figure = by_id(SCENARIOS["a credit that comes back"])["credit"]
    year = SCENARIOS["a credit that comes back"].totals.first_year_without_credit
    assert figure.sentence == (
        f"The credit is fully recovered in {year:.0f}: all $50,000 of it has lowered tax."
    )
    assert f"fully recovered in {year:.0f}" in strings_in(figure.spec["layout"]["annotations"])


def test_the_closing_line_is_there_also_where_it_is_all_zero() -> None:
    result = result_of(years=years(3, wages=200_000), opening={"minimum_tax_credit": 500})
    names = [trace["name"] for trace in by_id(result)["credit"].spec["data"]]
    assert names == ["Opening", "Used", "Closing"]


def test_a_credit_that_does_not_come_back_says_what_is_left() -> None:
    result = result_of(years=years(2, wages=200_000), opening={"minimum_tax_credit": 128_186})
    left = dollars(float(result.totals.credit_left))
    figure = by_id(result)["credit"]
    assert figure.sentence.startswith(
        f"The credit is not fully recovered: {left} is left at the end of 2027; of $128,186 in all,"
    )
    assert f"{left} left in 2027" in strings_in(figure.spec["layout"]["annotations"])


def test_a_credit_that_erodes_says_how_much_and_when() -> None:
    result = SCENARIOS["erosion"]
    eroded = dollars(float(result.totals.credit_eroded))
    figure = by_id(result)["credit"]
    assert f"{eroded} has eroded, without lowering any tax, in 2026" in figure.sentence
    assert "Eroded" in strings_in(figure.spec["layout"]["annotations"])
    assert f"eroded {eroded}" in figure.rows[0].readout


def test_a_credit_that_all_erodes_was_not_recovered() -> None:
    result = a_year_of_gains(
        900_000, opening={"minimum_tax_credit": 10, "amt_capital_loss": {"long_term": 10_000}}
    )
    assert float(result.totals.credit_eroded) == 10.0
    assert by_id(result)["credit"].sentence == (
        "No credit is left after 2026: of $10 in all, nothing has lowered tax and "
        "$10 has eroded, without lowering any tax, in 2026."
    )


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("credit", "There is no AMT credit in these years."),
        ("taxes", "There is no income tax in these years."),
        ("losses", "No capital losses are carried over."),
        ("total", "There is no federal tax in these years."),
    ],
)
def test_a_chart_without_anything_to_show_says_so(figure: str, words: str) -> None:
    spec = by_id(SCENARIOS["nothing at all"])[figure].spec
    assert spec["data"] == []
    assert [note["text"] for note in spec["layout"]["annotations"]] == [words]


def test_the_losses_of_the_two_systems_are_told_apart() -> None:
    figure = by_id(SCENARIOS["an exercise and a sale at a loss"])["losses"]
    assert figure.sentence.startswith("For regular tax no loss is carried forward; for AMT at most")
    assert figure.rows[2].cells == ("$0", "$0", "$0", "$277,000")
    assert figure.rows[2].readout == "2028: for regular tax none, for AMT $277,000 long-term"


@pytest.mark.parametrize("count", [1, 2, 7, 10, 11, 35])
def test_the_year_axis_has_whole_years_and_no_more_than_fit(count: int) -> None:
    result = result_of(years=years(count, wages=90_000))
    axis = by_id(result)["taxes"].spec["layout"]["xaxis"]
    assert 1 <= len(axis["tickvals"]) <= 10
    assert axis["ticktext"] == [str(year) for year in axis["tickvals"]]
    assert axis["range"][0] < 2026
    assert axis["range"][1] > 2025 + count


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "$0"),
        (250, "$250"),
        (12_500, "$12.5k"),
        (120_000, "$120k"),
        (-40_000, "−$40k"),
        (1_250_000, "$1.25M"),
        (2e12, "$2T"),
    ],
)
def test_amounts_on_an_axis_are_short(amount: float, words: str) -> None:
    assert short_dollars(amount) == words


def test_half_a_dollar_below_zero_is_no_negative_zero() -> None:
    assert dollars(-0.4) == "$0"
    assert dollars(-1_234.6) == "−$1,235"


def test_a_few_years_are_listed_and_many_are_counted() -> None:
    assert in_years([2026, 2028]) == "in 2026 and 2028"
    assert in_years([2026, 2027, 2029, 2031]) == "in 4 of the years 2026–2031"


PALE = {"CREDIT_TINT", "USED_TINT", "MINIMUM_TINT", "GRID", "PAPER"}
BARS = {name: value for name, value in vars(palette).items() if name.endswith("_BAR")}


@pytest.mark.parametrize("name", sorted(BARS))
def test_a_pale_bar_has_an_outline(name: str) -> None:
    bar = BARS[name]
    pale = {getattr(palette, hue) for hue in PALE}
    assert (bar.outline is not None) == (bar.hue in pale)
    assert bar.outline not in pale


def test_bars_of_one_chart_differ_by_more_than_their_hue(result: ScenarioResult) -> None:
    for figure in figures(result):
        looks = [
            (
                "base" in trace,
                trace["marker"]["line"]["width"] > 0,
                trace["marker"].get("pattern", {}).get("shape"),
                any(amount is not None and amount < 0 for amount in trace["y"]),
            )
            for trace in figure.spec["data"]
            if trace["type"] == "bar"
        ]
        assert len(set(looks)) == len(looks)


def test_picture_and_plotly_have_the_same_margins() -> None:
    inset = re.search(r"\.chart-picture \{[^}]*inset: ([^;]+);", STYLE_SHEET.read_text())
    assert inset is not None
    assert inset[1] == f"{MARGIN['t']}px {MARGIN['r']}px {MARGIN['b']}px {MARGIN['l']}px"
