"""AMT income against the thresholds of the law: expected from the tables of the law by hand."""

from __future__ import annotations

from typing import Any

from amtweb.scenarios.charts import Figure, figures
from amtweb.scenarios.charts.note_places import Place, Room
from amtweb.scenarios.gallery import example
from amtweb.scenarios.line_links import NO_LINKS
from calculator import evaluate, parse_scenario


def income_of(document: dict[str, Any]) -> Figure:
    scenario = parse_scenario({"schema_version": 1} | document)
    found = {each.id: each for each in figures(evaluate(scenario), NO_LINKS, scenario)}
    return found["income"]


def labels(figure: Figure) -> list[str]:
    return [note["text"] for note in figure.spec["layout"]["annotations"]]


def levels(figure: Figure) -> set[float]:
    return {shape["y0"] for shape in figure.spec["layout"]["shapes"]}


def a_year(**facts: Any) -> dict[str, Any]:
    return {"years": [{"year": 2026, "wages": 200_000} | facts]}


def test_no_line_is_drawn_that_no_income_comes_near() -> None:
    figure = income_of(a_year())

    assert labels(figure) == []
    # Single, 2026: the exemption shrinks above 500,000.
    assert figure.sentence.endswith(
        "it is $300,000 below $500,000, where the exemption begins to shrink."
    )


def test_a_bargain_element_crosses_the_break_and_the_phase_out() -> None:
    """600,000 is 100,000 over 500,000: half of that, 50,000, is off the exemption of 90,100.

    So 28% begins at 244,500 and 40,100; the exemption is gone at 500,000 and 2 × 90,100.
    """
    figure = income_of(a_year(other_amt_deferral_items=400_000))

    assert labels(figure) == ["28% begins", "exemption shrinks", "exemption gone"]
    assert levels(figure) == {284_600, 500_000, 680_200}
    assert figure.sentence == (
        "AMT takes 28% instead of 26% of what is above $284,600 in 2026; the exemption shrinks"
        " above $500,000 in 2026."
    )


def test_gains_are_told_from_income_at_the_rates_of_amt() -> None:
    """Of gains the highest rate begins where taxable income is 545,500."""
    figure = income_of(a_year(long_term_gain=400_000))

    assert "20% on gains" in labels(figure)
    assert "gains above $545,500 are taxed at 20% in 2026" in figure.sentence
    heights = {trace["name"]: trace["y"][0] for trace in figure.spec["data"]}
    assert heights == {
        "Income at AMT rates": 200_000,
        "Gains and dividends": 400_000,
        "Taxable income": 583_900,
    }


def test_an_erosion_shows_the_income_on_exclusion_items_alone() -> None:
    figure = income_of(example("erosion").document)

    (alone,) = (t for t in figure.spec["data"] if t["name"] == "Exclusion items alone")
    assert (alone["x"], alone["y"]) == ([2026], [700_000])
    assert "on exclusion items alone $700,000" in figure.row_of(2026).readout


def test_a_law_without_thresholds_says_so() -> None:
    figure = income_of(example("eso-primer-6").document)

    assert figure.spec["data"] == []
    assert figure.sentence == "This law has no thresholds for AMT income."
    assert [row.year for row in figure.rows] == [2023, 2024, 2025]


def test_a_label_stands_where_nothing_else_is() -> None:
    """On a phone, on whose width each of these takes three of the ten years."""
    years = list(range(2026, 2036))
    low, high = [400.0] * 10, [420.0] * 10
    bars = [100.0] * 9 + [450.0]
    room = Room(years, bars, [], [low, high], 1000.0)
    above = room.place_at_an_end("upper line", high, [])
    assert above == Place("left", "bottom", 420.0)
    assert room.place_at_an_end("lower line", low, [above]) == Place("left", "top", 400.0)
