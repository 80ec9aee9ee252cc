"""The page stays where it is while charts are drawn, and as large as it is over many edits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

EDITS = 20
SETTLED = 5
"""Edits until what is made once has been made, or most of it."""
UNNOTICED = 0.02
"""A layout shift that nobody sees; 0.1 still counts as good."""

WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) {
            if (!hadRecentInput) window.shifts.push([value, sources.map(({ node }) =>
                node?.id || node?.className || node?.nodeName).join(" ")]);
        }
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.plotly
@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_when_plotly_takes_over(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/planner/")
    Bench(page).wait_for_charts()
    page.wait_for_timeout(300)
    shifts: list[tuple[float, str]] = page.evaluate("() => window.shifts")

    assert sum(value for value, _ in shifts) < UNNOTICED, shifts


def test_twenty_edits_leave_no_more_elements_and_listeners_than_five(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    bench = Bench(page).open()

    def counted() -> dict[str, float]:
        devtools.send("HeapProfiler.collectGarbage")
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        counts = {metric["name"]: metric["value"] for metric in metrics}
        return counts | {"elements": page.locator("*").count()}

    for edit in range(EDITS):
        if edit == SETTLED:
            before = counted()
        # The same year over and over, so that the page itself has as much to show.
        bench.type("years[0].wages", str(200_000 + 100 * edit))
    after = counted()

    assert after["elements"] == before["elements"]
    assert after["JSEventListeners"] == before["JSEventListeners"]
    # A page that forgot to clean up would keep thousands an edit.
    assert after["Nodes"] <= before["Nodes"] * 1.1
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * 1.3


def test_adding_and_removing_rows_leaves_nothing_behind(page: Page) -> None:
    bench = Bench(page).open()
    header = page.locator(".site-header")
    heights = {header.evaluate("(header) => header.offsetHeight")}
    elements = []
    for _ in range(3):
        bench.press("add:sales")
        heights.add(header.evaluate("(header) => header.offsetHeight"))
        bench.press("remove:sales:3")
        elements.append(page.locator("*").count())

    assert len(set(elements)) == 1
    assert len(heights) == 1


def test_on_a_phone_inputs_and_results_keep_their_own_places(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    bench = Bench(page).open()
    inputs, results = page.locator(".sides span").all()
    inputs.dispatch_event("click")
    bench.input("sales[0].price").scroll_into_view_if_needed()
    was = page.evaluate("scrollY")
    assert was > 500

    results.dispatch_event("click")
    expect(bench.headline.get_by_role("heading")).to_be_in_viewport()
    inputs.dispatch_event("click")

    assert page.evaluate("scrollY") == was
