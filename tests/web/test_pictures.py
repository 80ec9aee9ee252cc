from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from amtweb.scenarios.charts import Figure, figures
from amtweb.scenarios.charts.figure import Row, bars, empty_spec, layout, spec_of
from amtweb.scenarios.charts.palette import ERODED_BAR, USED_BAR
from amtweb.scenarios.pictures import legend, picture
from calculator import evaluate, parse_scenario

CREDIT = {"minimum_tax_credit": 128_186, "amt_capital_loss": {"long_term": 400_000}}

NO_INCOME = [{"year": 2026}, {"year": 2027}]


def figures_of(count: int, **facts: Any) -> tuple[Figure, ...]:
    years = [{"year": 2026 + later, "wages": 200_000} for later in range(count)]
    years[0].update(facts)
    document = {"schema_version": 1, "opening": CREDIT, "years": years}
    return figures(evaluate(parse_scenario(document)))


ALL = [
    *figures_of(1),
    *figures_of(10, long_term_gain=397_000),
    *figures_of(35, long_term_gain=900_000),
    *figures(evaluate(parse_scenario({"schema_version": 1, "years": NO_INCOME}))),
]


def drawn(figure: Figure, selected_year: int = 2026) -> ElementTree.Element:
    return ElementTree.fromstring(picture(figure, selected_year))  # noqa: S314  (our own SVG)


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: f"{figure.id} {len(figure.rows)}")
class TestAnyPicture:
    def test_it_is_well_formed_and_has_no_style_of_its_own(self, figure: Figure) -> None:
        for element in drawn(figure).iter():
            assert element.tag != "style"
            assert "style" not in element.attrib

    def test_it_is_one_image_with_a_name_and_words(self, figure: Figure) -> None:
        svg = drawn(figure)
        assert svg.get("role") == "img"
        named = [svg.find(f".//*[@id='{name}']") for name in svg.get("aria-labelledby", "").split()]
        assert [element.text for element in named if element is not None] == [
            figure.title,
            figure.sentence,
        ]

    def test_its_references_find_their_targets(self, figure: Figure) -> None:
        svg = drawn(figure)
        ids = {element.get("id") for element in svg.iter()}
        for element in svg.iter():
            fill = element.get("fill", "")
            if fill.startswith("url(#"):
                assert fill[5:-1] in ids
            if element.tag == "use":
                assert element.get("href", "")[1:] in ids


def bars_of(svg: ElementTree.Element) -> list[tuple[float, float]]:
    return [
        (float(bar.get("y", "")[:-1]), float(bar.get("height", "")[:-1]))
        for bar in svg.iter("rect")
        if bar.get("class", "").startswith("bar")
    ]


def a_figure(**spec: Any) -> Figure:
    return Figure("credit", "A < B", "Words & words.", spec, ("A",), (Row(2026, ("$1",), "2026"),))


def test_bars_of_one_sign_stand_on_each_other() -> None:
    years = [2026]
    figure = a_figure(
        **spec_of(
            [bars("Used", years, [-30.0], USED_BAR), bars("Eroded", years, [-10.0], ERODED_BAR)],
            layout(years, -40.0, 0.0, barmode="relative"),
        )
    )
    (used_top, used_height), (eroded_top, eroded_height) = bars_of(drawn(figure))
    assert used_height == pytest.approx(3 * eroded_height, abs=0.02)
    assert eroded_top == pytest.approx(used_top + used_height, abs=0.02)


def test_a_bar_with_a_base_floats() -> None:
    years = [2026]
    figure = a_figure(
        **spec_of(
            [bars("Room", years, [25.0], USED_BAR, base=[50.0])],
            layout(years, 0.0, 100.0, barmode="overlay"),
        )
    )
    [(top, height)] = bars_of(drawn(figure))
    scale = 100 / 106
    assert top == pytest.approx(100 - 75 * scale, abs=0.02)
    assert height == pytest.approx(25 * scale, abs=0.02)


def test_words_are_escaped() -> None:
    text = picture(a_figure(**empty_spec("less < more")), 2026)
    assert "A &lt; B" in text
    assert "Words &amp; words." in text
    assert "less &lt; more" in text


@pytest.mark.parametrize(("wanted", "marked"), [(2028, "2028"), (1999, "2026"), (2099, "2035")])
def test_the_band_of_the_selected_year_or_of_the_nearest_is_marked(
    wanted: int, marked: str
) -> None:
    svg = drawn(figures_of(10)[0], wanted)
    assert [
        band.get("data-year")
        for band in svg.iter("rect")
        if band.get("class") == "band selected"
    ] == [marked]  # fmt: skip


def test_the_legend_names_what_is_drawn_lines_of_the_taxes_first() -> None:
    credit, taxes, _, _ = figures_of(10, long_term_gain=397_000)
    assert [key.name for key in legend(credit)] == ["Opening", "Used", "Eroded", "Closing"]
    assert [key.name for key in legend(taxes)][:2] == ["Regular tax", "Tentative minimum tax"]


def rendered(template: str) -> str:
    context = {"figures": figures_of(3), "selected_year": 2027}
    return render_to_string(f"scenarios/figures/{template}", context)


def test_an_answer_replaces_all_but_the_box_of_plotly_and_the_fold_of_the_table() -> None:
    page, answer = rendered("_figures.html"), rendered("_figure_updates.html")
    for figure in ("credit", "taxes", "losses", "total"):
        for piece in ("sentence", "legend", "picture", "readout"):
            assert f'id="{piece}-{figure}"' in page
            assert f'id="{piece}-{figure}"' in answer
        for piece in ("chart", "table"):
            assert f'id="{piece}-{figure}"' in page
            assert f'id="{piece}-{figure}" data-plain hx-swap-oob="true"' in answer
        assert f'id="plot-{figure}"' in page
        assert f'id="plot-{figure}"' not in answer
    assert "hx-swap-oob" not in page
    assert "<details" not in answer


def test_the_specs_are_in_the_page_as_json() -> None:
    element = ElementTree.fromstring(rendered("_specs.html").replace(" hidden data-plain", ""))  # noqa: S314
    assert element.get("id") == "figures-data"
    assert list(json.loads(element.text or "")) == ["credit", "taxes", "losses", "total"]


def test_the_row_of_the_selected_year_is_the_current_one() -> None:
    rows = [line for line in rendered("_figures.html").splitlines() if "aria-current" in line]
    assert len(rows) == 4
    assert all('data-year="2027"' in row for row in rows)


def test_there_is_no_style_attribute_and_no_script() -> None:
    """Htmx is told to take no script element, not even one of data."""
    page = rendered("_figures.html")
    assert "style=" not in page
    assert "<script" not in page


def test_an_amount_that_is_no_number_is_refused_before_a_browser_sees_it() -> None:
    figure = a_figure(data=[{"y": [float("nan")]}], layout={})
    with pytest.raises(ValueError, match="JSON compliant"):
        render_to_string("scenarios/figures/_specs.html", {"figures": [figure]})
