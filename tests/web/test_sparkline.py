from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from amtweb.scenarios import sparkline as module
from amtweb.scenarios.gallery import Example, example, examples
from amtweb.scenarios.sparkline import credit_course, sparkline

NAMESPACE = "{http://www.w3.org/2000/svg}"


def drawn(amounts: list[float], first: int = 2026) -> ElementTree.Element:
    years = range(first, first + len(amounts))
    return ElementTree.fromstring(sparkline(years, amounts))  # noqa: S314  (our own SVG)


def bars(svg: ElementTree.Element) -> list[dict[str, float]]:
    sides = ("x", "y", "width", "height")
    return [{side: float(bar.attrib[side]) for side in sides} for bar in svg.iter("rect")]


def words(svg: ElementTree.Element) -> list[str | None]:
    return [text.text for text in svg.iter("text")]


def test_a_year_is_a_bar_as_high_as_its_amount() -> None:
    heights = [bar["height"] for bar in bars(drawn([100_000, 50_000, 25_000]))]

    assert [height / heights[0] for height in heights] == [1, 0.5, 0.25]


def test_bars_stand_on_one_line_within_the_picture() -> None:
    found = bars(drawn([float(1_000 * year) for year in range(1, 31)]))

    assert {round(bar["y"] + bar["height"], 1) for bar in found} == {module.BASE}
    assert min(bar["y"] for bar in found) == module.TOP
    assert all(bar["x"] >= 0 and bar["x"] + bar["width"] <= module.WIDTH for bar in found)


def test_a_year_with_nothing_has_no_bar_and_keeps_its_place() -> None:
    first, last = bars(drawn([1_000, 0, 0.4, 1_000]))
    whole = bars(drawn([1_000, 1_000, 1_000, 1_000]))

    assert [first, last] == [whole[0], whole[3]]


def test_the_least_credit_can_be_seen() -> None:
    assert bars(drawn([1_000_000, 1]))[1]["height"] == module.LEAST_HEIGHT


def test_a_year_is_as_wide_in_a_short_picture_as_in_a_long_one() -> None:
    assert bars(drawn([1.0, 1.0])) == bars(drawn([1.0] * 10))[:2]


def test_many_years_share_the_width() -> None:
    assert bars(drawn([1.0] * 40))[0]["width"] == pytest.approx(module.WIDTH / 40 * 0.7, abs=0.01)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ([115_148, 82_829, 0], ["2026", "2028", "$115k"]),
        ([140_000, 140_000, 40_000], ["2026", "2028", "$140k", "$40k"]),
        ([140_000, 140_000, 140_000], ["2026", "2028", "$140k"]),
        ([5_000, 9_590, 1_234], ["2026", "2028", "$9.59k"]),
        ([800], ["2026", "$800"]),
        ([0, 0], ["2026", "2027"]),
    ],
)
def test_the_ends_and_the_highest_are_said_in_figures(
    amounts: list[float], said: list[str]
) -> None:
    assert words(drawn(amounts)) == said


def test_nothing_at_all_is_a_line_without_bars() -> None:
    svg = drawn([0.0, 0.0])

    assert bars(svg) == []
    assert len(list(svg.iter("path"))) == 1


def test_it_is_hidden_from_those_who_have_the_words_and_has_no_style_of_its_own() -> None:
    svg = drawn([100.0, 50.0])

    assert svg.get("aria-hidden") == "true"
    assert svg.get("viewBox") == f"0 0 {module.WIDTH} {module.HEIGHT}"
    assert not any({"style", "fill", "stroke"} & element.attrib.keys() for element in svg.iter())


def test_every_class_of_the_picture_is_in_the_style_sheet() -> None:
    sheet = (settings.BASE_DIR / "static" / "css" / "gallery.css").read_text("utf-8")
    classes = {element.get("class") for element in drawn([100.0, 50.0]).iter()} - {None}

    assert classes == set(re.findall(r"\.(sparkline[a-z-]*)", sheet))


@pytest.mark.parametrize("told", examples(), ids=lambda told: told.slug)
def test_the_course_of_an_example_ends_as_its_words_say(told: Example) -> None:
    svg = ElementTree.fromstring(credit_course(told))  # noqa: S314  (our own SVG)
    years = [facts["year"] for facts in told.document["years"]]
    left = [
        f"${round(figure.amount / 1_000)}k"
        for figure in told.figures
        if (figure.of, figure.at) == (told.slug, "result.totals.credit_left")
    ]

    assert words(svg)[:2] == [str(years[0]), str(years[-1])]
    assert set(left) <= set(words(svg)[2:])


def test_an_example_is_computed_once() -> None:
    assert credit_course(example("erosion")) is credit_course(example("erosion"))


def test_every_card_of_the_examples_page_has_its_picture(client: Client) -> None:
    page = client.get(reverse("scenarios:gallery")).content.decode()
    cards = page.split('<li class="card">')[1:]

    assert len(cards) == len(examples())
    for card, told in zip(cards, examples(), strict=True):
        assert credit_course(told) in card
    assert "css/charts.css" in page
    assert "css/gallery.css" in page
