from __future__ import annotations

from typing import Any

import pytest

from amtweb.scenarios.editor.filling import cells_of, fill_right, paste

YEARS: dict[str, Any] = {
    "years": [
        {"year": "2026", "wages": "100,000", "itemized": {"other": "5"}, "deduction": "standard"},
        {"year": "2027", "wages": "7"},
        {"year": "2028", "interest": "9"},
    ]
}


def filled(**said: str) -> list[dict[str, Any]]:
    return fill_right(YEARS, {f"fill_{name}": text for name, text in said.items()}).tree["years"]


def wages(years: list[dict[str, Any]]) -> list[str]:
    return [year.get("wages", "") for year in years]


def test_a_value_is_copied_from_its_year_to_all_later_ones() -> None:
    change = fill_right(YEARS, {"fill_what": "wages", "fill_from": "2026"})

    assert wages(change.tree["years"]) == ["100,000"] * 3
    assert change.tree["years"][2]["interest"] == "9"
    assert change.said == "Wages 2026 copied to 2027\N{EN DASH}2028."
    assert change.focus == "years[0].wages"
    assert wages(YEARS["years"]) == ["100,000", "7", ""]


def test_earlier_years_stay() -> None:
    assert wages(filled(what="wages", **{"from": "2027"})) == ["100,000", "7", "7"]


def test_one_amount_makes_all_years_and_grows() -> None:
    years = filled(what="wages", amount="$0.2m", growth="10%", **{"from": "2026"})

    assert wages(years) == ["200,000", "220,000", "242,000"]


def test_a_whole_year_is_copied_with_its_choices_and_blanks() -> None:
    years = filled(what="", growth="-50", **{"from": "2026"})

    assert wages(years) == ["100,000", "50,000", "25,000"]
    assert [year["itemized"]["other"] for year in years] == ["5", "2", "1"]
    assert [year["deduction"] for year in years] == ["standard"] * 3
    assert years[2]["interest"] == ""


@pytest.mark.parametrize(
    ("said", "focus"),
    [({"amount": "1.234,50"}, "fill_amount"), ({"growth": "some"}, "fill_growth")],
)
def test_what_cannot_be_read_fills_nothing_and_says_how_to_write_it(
    said: dict[str, str], focus: str
) -> None:
    post = {f"fill_{name}": text for name, text in said.items()}
    change = fill_right(YEARS, {"fill_what": "wages", "fill_from": "2026"} | post)

    assert (change.tree, change.focus) == (YEARS, focus)
    assert change.said.startswith("Nothing was filled. ")


@pytest.mark.parametrize(("field", "what"), [("interest", "Interest 2027"), ("", "2029")])
def test_a_blank_is_not_copied_over_what_is_there(field: str, what: str) -> None:
    years = {"years": [*YEARS["years"], {"year": "2029"}, {"year": "2030", "wages": "1"}]}
    change = fill_right(years, {"fill_what": field, "fill_from": what[-4:]})

    assert change.tree == years
    assert change.said.startswith(f"Nothing was filled: {what} is blank.")


@pytest.mark.parametrize(
    "post",
    [
        {},
        {"fill_what": "wages"},
        {"fill_what": "wages", "fill_from": "2031"},
        {"fill_what": "year", "fill_from": "2026"},
        {"fill_what": "__class__", "fill_from": "2026"},
    ],
)
def test_a_field_or_year_that_there_is_not_is_refused(post: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        fill_right(YEARS, post)


def test_a_row_of_a_spreadsheet_goes_over_the_years() -> None:
    change = paste(YEARS, {"pasted_at": "years[0].wages", "pasted": "$1,000\t(2k)\t3m\r\n"})

    assert wages(change.tree["years"]) == ["1,000", "-2,000", "3,000,000"]
    assert change.said == "Pasted 3 cells: Wages 2026\N{EN DASH}2028."


def test_a_block_goes_over_years_and_fields_and_what_is_beyond_is_told() -> None:
    change = paste(YEARS, {"pasted_at": "years[1].wages", "pasted": "1\t2\t3\n4\t\t6"})

    assert wages(change.tree["years"]) == ["100,000", "1", "2"]
    assert [year.get("short_term_gain") for year in change.tree["years"]] == [None, "4", ""]
    assert change.said == (
        "Pasted 4 cells: Wages to short-term gain 2027\N{EN DASH}2028. 2 beyond the last left out."
    )


def test_a_column_goes_down_the_fields_or_if_asked_for_across_the_years() -> None:
    post = {"pasted_at": "years[0].wages", "pasted": "1\n2\n"}

    down, across = paste(YEARS, post), paste(YEARS, post, across=True)

    assert (wages(down.tree["years"])[0], down.tree["years"][0]["short_term_gain"]) == ("1", "2")
    assert wages(across.tree["years"]) == ["1", "2", ""]


def test_a_cell_that_cannot_be_read_stays_to_be_seen() -> None:
    change = paste(YEARS, {"pasted_at": "years[0].wages", "pasted": "1.234,50\tn/a"})

    assert wages(change.tree["years"])[:2] == ["1.234,50", "n/a"]


@pytest.mark.parametrize(
    "at", ["", "title", "years[0].year", "sales[0].price", "years[0]", "x" * 999]
)
def test_cells_go_into_the_years_alone(at: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        paste(YEARS, {"pasted_at": at, "pasted": "1\t2"})


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="paste"):
        paste(YEARS, {"pasted_at": "years[0].wages", "pasted": "1\t" * 2_001})


def test_line_ends_of_all_systems_end_rows() -> None:
    assert cells_of("1\t2\r\n 3 \t4\n") == [["1", "2"], ["3", "4"]]
    assert cells_of("1\r2") == [["1"], ["2"]]
