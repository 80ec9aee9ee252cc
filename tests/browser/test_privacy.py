"""What a visitor types goes to this site, when they send it, and nowhere else.

That no request leaves the origin is watched in every browser test.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import FIGURES, Bench

PLOTLY_CALLS = """() => {
    const calls = window.plotlyCalls = [];
    let plotly;
    Object.defineProperty(window, "Plotly", {
        configurable: true,
        get: () => plotly,
        set(real) {
            plotly = { ...real };
            for (const name of ["newPlot", "react"]) {
                plotly[name] = (plot, data, layout, config) => {
                    calls.push({ name, config });
                    return real[name](plot, data, layout, config);
                };
            }
        },
    });
}"""


@pytest.mark.plotly
def test_plotly_is_told_of_no_cloud(page: Page) -> None:
    page.add_init_script(f"({PLOTLY_CALLS})()")
    bench = Bench(page).open()
    bench.type("years[0].wages", "300000")
    calls: list[dict[str, Any]] = page.evaluate("() => window.plotlyCalls")

    assert len(calls) > len(FIGURES)
    for call in calls:
        config = call["config"]
        assert config["plotlyServerURL"] == ""
        assert config["topojsonURL"] == ""
        assert config["showSendToCloud"] is False
        assert config["displayModeBar"] is False
        assert config["displaylogo"] is False


@pytest.mark.plotly
def test_nothing_on_the_page_offers_to_share_a_chart_elsewhere(page: Page) -> None:
    Bench(page).open()
    plot = page.locator("#plot-credit")
    plot.hover()
    plot.dblclick()

    expect(page.locator(".modebar, .modebar-btn, [data-attr='sendDataToCloud']")).to_have_count(0)
    expect(page.get_by_text("Share chart")).to_have_count(0)
    assert "plot.ly" not in page.content()
    assert "plotly.com" not in page.content()


def test_the_browser_keeps_nothing_that_was_typed(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "345,678")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    bench.type("years[0].wages", "456,789")
    page.reload()
    bench.wait_for_charts()
    kept: dict[str, Any] = page.evaluate(
        """async () => ({
            local: Object.keys(localStorage),
            session: Object.keys(sessionStorage),
            databases: (await indexedDB.databases()).length,
            caches: (await caches.keys()).length,
            cookies: document.cookie,
        })"""
    )

    assert set(kept.pop("session")) <= {"htmx-current-path-for-history"}
    assert kept == {"local": [], "databases": 0, "caches": 0, "cookies": ""}


def test_no_amount_is_in_an_address(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    bench = Bench(page).open()
    bench.type("years[0].wages", "345678")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()

    assert not [address for address in addresses if "345678" in address or "?" in address]
