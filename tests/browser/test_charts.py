"""What Plotly adds to the pictures, what it must not add, and the pictures without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.bench import Bench

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.plotly
WAGES = "years[0].wages"


def hover(bench: Bench, figure: str, year: int) -> list[str]:
    """The label that the mouse gets above a year."""
    bench.page.locator(f"#plot-{figure}").scroll_into_view_if_needed()
    box = bench.page.locator(f'#figure-{figure} .band[data-year="{year}"]').bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    bench.page.mouse.move(x - 3, y)
    bench.page.mouse.move(x, y)
    label = bench.page.locator(f"#plot-{figure} .hoverlayer text").filter(has_text=str(year))
    expect(label.first).to_be_visible()
    return bench.page.locator(f"#plot-{figure} .hoverlayer text").all_text_contents()


def test_the_label_above_a_year_names_the_amounts_of_that_year(page: Page) -> None:
    bench = Bench(page).open()
    label = hover(bench, "credit", 2028)
    opening, used, closing = (
        bench.amount(row, 2028) for row in ("credit_available", "credit_used", "credit_balance")
    )
    assert [text for text in label if text] == [
        "2028",
        f"Opening : {opening}",
        f"Used : {used}",
        f"Closing : {closing}",
    ]


def test_plotly_offers_no_button_and_knows_no_server(page: Page) -> None:
    """Its own default is a button that sends the figure away, which no policy stops."""
    bench = Bench(page).open()
    hover(bench, "credit", 2028)
    plots = page.locator(".plot")
    for plot in plots.all():
        expect(plot.locator("a, button, .modebar-btn")).to_have_count(0)
    contexts = plots.evaluate_all(
        "(plots) => plots.filter((plot) => plot.data).map((plot) => [plot._context.showSendToCloud,"
        " plot._context.plotlyServerURL, plot._context.displayModeBar])"
    )
    assert contexts
    assert all(context == [False, "", False] for context in contexts)


def test_the_pictures_stay_where_plotly_does_not_come(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("Failed to load resource")
    page.route("**/plotly-basic*.js", lambda route: route.abort())
    page.goto("/planner/")
    figure = page.locator("#figure-credit")
    expect(figure.locator(".picture .bar").first).to_be_visible()

    figure.locator('.band[data-year="2031"]').click()
    expect(figure.locator(".chart-readout")).to_contain_text("2031:")
    expect(page.locator("#year-stepper")).to_have_value("2031")

    sentence = figure.locator(".chart-sentence")
    before = sentence.inner_text()
    page.locator(f'[name="{WAGES}"]').fill("350000")
    expect(sentence).not_to_have_text(before)
    expect(figure.locator(".band.selected")).to_have_attribute("data-year", "2031")


def test_only_a_chart_that_changed_is_drawn_again(page: Page) -> None:
    bench = Bench(page).open()
    page.locator(".plot").evaluate_all(
        """(plots) => { window.redrawn = [];
            for (const plot of plots) {
                if (plot.data) plot.on("plotly_afterplot", () => window.redrawn.push(plot.id));
            } }"""
    )
    bench.type("title", "Another name")
    assert page.evaluate("() => window.redrawn") == []
    bench.type("opening.amt_capital_loss.long_term", "3000")
    assert "plot-taxes" in page.evaluate("() => window.redrawn")
    bench.type(WAGES, "210000")
    assert "plot-total" in page.evaluate("() => window.redrawn")


def test_a_dark_page_has_other_colours_without_being_loaded_again(page: Page) -> None:
    bench = Bench(page).open()
    bar = page.locator("#plot-credit .barlayer .point path").last
    light = bar.evaluate("(bar) => getComputedStyle(bar).fill")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "(light) => getComputedStyle([...document.querySelectorAll("
        "'#plot-credit .barlayer .point path')].at(-1)).fill !== light",
        arg=light,
    )
    assert bench.drawn("credit")


def test_a_chart_that_was_hidden_fills_its_place_when_it_is_shown(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    Bench(page).open()
    page.get_by_text("Inputs", exact=True).click()
    page.set_viewport_size({"width": 430, "height": 844})
    page.get_by_text("Results", exact=True).click()
    plot = page.locator("#plot-credit")
    expect(plot.locator(".main-svg").first).to_be_visible()
    place = plot.bounding_box()
    assert place
    expect(plot.locator(".main-svg").first).to_have_attribute("width", str(round(place["width"])))


def test_paper_shows_the_pictures(page: Page) -> None:
    bench = Bench(page).open()
    page.emulate_media(media="print")
    expect(page.locator("#plot-credit")).to_be_hidden()
    expect(page.locator("#figure-credit .picture .bar").first).to_be_visible()
    assert bench.drawn("credit")


def test_where_there_is_room_a_chart_s_table_is_beside_it(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/planner/")
    figure = page.locator("#figure-credit")
    table = figure.get_by_role("region", name="AMT credit, year by year, table")
    expect(table).to_be_visible()
    expect(figure.locator("summary")).to_be_hidden()
    beside, plot = table.bounding_box(), figure.locator(".chart-box").bounding_box()
    assert beside
    assert plot
    assert beside["x"] >= plot["x"] + plot["width"]
    assert plot["width"] > 350

    page.set_viewport_size({"width": 1024, "height": 900})
    expect(table).to_be_hidden()
    figure.locator("summary").click()
    expect(table).to_be_visible()


def test_an_entry_of_a_legend_hides_its_bars_in_the_picture_and_in_plotly(page: Page) -> None:
    """Also in the results that come next; what stood on them comes down."""
    page.goto("/examples/erosion/")
    figure = page.locator("#figure-credit")
    used = figure.get_by_role("button", name="Used lowers the tax")
    eroded = figure.locator(".picture .bar.hue-eroded")
    expect(used).to_have_attribute("aria-pressed", "true")
    before = float((eroded.get_attribute("y") or "").rstrip("%"))
    used.focus()
    page.keyboard.press("Space")
    expect(used).to_have_attribute("aria-pressed", "false")
    expect(figure.locator(".picture .bar.hue-used").first).to_be_hidden()
    zero = float((figure.locator(".picture .zero").get_attribute("y1") or "").rstrip("%"))
    stands = float((eroded.get_attribute("y") or "").rstrip("%"))
    assert stands == pytest.approx(zero, abs=0.02)
    assert stands < before

    figure.locator(".chart-box").hover(force=True)
    page.wait_for_function(
        "() => document.querySelector('#figure-credit').classList.contains('drawn')"
    )
    plotted = "() => document.querySelector('#plot-credit').data.map((t) => [t.name, t.visible])"
    assert ["Used", False] in page.evaluate(plotted)

    used.focus()
    sentence = figure.locator(".chart-sentence")
    said = sentence.inner_text()
    page.locator(f'[name="{WAGES}"]').evaluate(
        """(field) => { field.value = "350000";
            field.dispatchEvent(new Event("input", { bubbles: true })); }"""
    )
    expect(sentence).not_to_have_text(said)
    expect(used).to_have_attribute("aria-pressed", "false")
    expect(used).to_be_focused()
    page.keyboard.press("Space")
    expect(used).to_have_attribute("aria-pressed", "true")
    assert ["Used", False] not in page.evaluate(plotted)
