"""The pictures and tables that the panels draw, as data."""

from __future__ import annotations

import re

import pytest

from amtweb.analyses.pictures import (
    Band,
    Contribution,
    Contributions,
    Fan,
    Histogram,
    contributions_picture,
    fan_picture,
    histogram_picture,
)
from amtweb.analyses.plan_words import shares_by_year
from amtweb.analyses.tables import DARKEST, amount_map
from amtweb.analyses.year_bars import Series, year_bars
from amtweb.scenarios.charts.curve import PER_SHARE, SHARES, Line, Mark, curve_figure
from amtweb.scenarios.charts.palette import CREDIT, REGULAR
from tests.web.reading import Page

YEARS = (2026, 2027, 2028)
FAN = Fan(
    "f",
    "Credit <left>",
    "It falls.",
    YEARS,
    (Band("wide", (0, 0, 0), (100, 90, 80)), Band("narrow", (40, 30, 20), (60, 50, 40))),
    "Middle",
    (50, 40, 30),
    CREDIT,
)


def percents(points: str) -> list[tuple[float, float]]:
    return [tuple(map(float, point.split(","))) for point in points.split()]  # type: ignore[misc]


def test_a_band_goes_along_its_upper_edge_and_back_along_its_lower() -> None:
    page = Page(str(fan_picture(FAN)))

    wide, narrow = (percents(p.attributes["points"]) for p in page.all("polygon"))
    (line,) = page.all("polyline")

    assert len(wide) == len(narrow) == 2 * len(YEARS)
    assert [x for x, _ in wide[:3]] == [x for x, _ in reversed(wide[3:])]
    assert all(down == 100 for _, down in wide[3:])
    middle = percents(line.attributes["points"])
    for place in range(3):
        assert narrow[place][1] < middle[place][1] < narrow[5 - place][1]


def test_words_in_a_picture_are_escaped_and_describe_it() -> None:
    drawn = str(fan_picture(FAN))

    assert "Credit &lt;left&gt;" in drawn
    assert re.search(r'<desc id="[^"]+">It falls\.</desc>', drawn)


def test_a_fan_of_many_years_names_only_some_of_them() -> None:
    years = range(2026, 2086)
    flat = (1.0,) * len(years)
    page = Page(
        str(fan_picture(FAN._replace(years=years, bands=(Band("b", flat, flat),), line=flat)))
    )

    assert len([e for e in page.all("text") if e.attributes["class"] == "tick-x"]) <= 8


def test_the_bars_of_a_histogram_are_as_high_as_their_counts() -> None:
    histogram = Histogram(
        "h", "Tax", "Words.", (0, 10, 20, 30), (1, 4, 0), (Mark(5, "m"),), REGULAR
    )

    bars = Page(str(histogram_picture(histogram))).all("rect")

    assert [bar.attributes["height"] for bar in bars] == ["25.00%", "100.00%"]


def test_parts_of_a_difference_lie_on_the_side_of_their_sign() -> None:
    parts = (Contribution("More", 200.0), Contribution("Less & less", -100.0))
    page = Page(str(contributions_picture(Contributions("c", "Parts", "Words.", parts))))

    more, less = page.all("rect")
    assert (more.attributes["x"], more.attributes["width"]) == ("50.00%", "50.00%")
    assert (less.attributes["x"], less.attributes["width"]) == ("25.00%", "25.00%")
    assert "+$200" in page.root.text


def test_the_largest_amount_of_a_map_is_the_darkest_and_nothing_has_no_colour() -> None:
    drawn = amount_map("Map", "Year", ["a", "b", "c"], [("2026", (0.0, 50_000.0, 100_000.0))])

    assert [cell.step for cell in drawn.rows[0].cells] == [0, 3, DARKEST]
    assert [cell.text for cell in drawn.rows[0].cells] == ["0", "50k", "100k"]


def test_a_map_of_nothing_has_no_colour() -> None:
    drawn = amount_map("Map", "Year", ["a"], [("2026", (0.0,))])

    assert drawn.rows[0].cells[0].step == 0


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.0, 0.0, 0.0), "none"),
        ((5.0, 0.0, 0.0), "5 in 2026"),
        ((1000.0, 0.0, 2500.0), "1,000 in 2026 and 2,500 in 2028"),
        ((10.0, 10.0, 10.0), "10 a year from 2026 to 2028"),
        ((10.0, 0.2, 10.0), "10 in 2026 and 10 in 2028"),
    ],
)
def test_shares_by_year_are_said_shortly(shares: tuple[float, ...], words: str) -> None:
    assert shares_by_year(YEARS, shares) == words


def test_series_stand_beside_one_another_within_their_year() -> None:
    drawn = year_bars("b", "Bars", "W.", YEARS, [Series("A", (1, 2, 3)), Series("B", (4, 5, 6))])

    first, second = drawn.figure.spec["data"]
    assert first["offset"] + first["width"] == pytest.approx(second["offset"])
    assert -0.5 < first["offset"] < second["offset"] + second["width"] < 0.5
    assert [row.cells for row in drawn.table.rows] == [("$1", "$4"), ("$2", "$5"), ("$3", "$6")]


def test_bars_of_nothing_say_so() -> None:
    drawn = year_bars("b", "Bars", "W.", YEARS, [Series("A", (0, 0, 0))])

    assert drawn.figure.spec["data"] == []
    assert drawn.figure.spec["layout"]["annotations"]


def test_bars_that_count_shares_have_no_dollars_on_their_axis() -> None:
    drawn = year_bars("b", "Bars", "W.", YEARS, [Series("A", (1e4, 2e4, 3e4))], unit=SHARES)

    assert not any("$" in text for text in drawn.figure.spec["layout"]["yaxis"]["ticktext"])


def test_a_line_that_only_words_name_is_not_drawn_and_does_not_press_the_others() -> None:
    curve = curve_figure(
        "c",
        "Curve",
        "W.",
        x_name="Price",
        x=(0.0, 1.0, 2.0),
        unit=PER_SHARE,
        start=1.2,
        lines=[Line("Seen", (0, 50, 100), CREDIT), Line("Said", (1e6, 1e6, 1e6), REGULAR, "none")],
    )

    assert [line.name for line in curve.drawn] == ["Seen"]
    assert [line.name for line in curve.lines] == ["Seen", "Said"]
    assert curve.y_axis.high < 200
    assert curve.start == 1
    assert curve.rows[1].x == "$1.00"
