"""How soon a first visitor sees the page and its first chart, and how much that costs on the wire.

On a desktop, and on a slow phone as developers' tools emulate it: the processor at a quarter of its
speed, 150 ms to and fro, 1.6 Mbit/s. Beside it, in the same browser and from the same server: a
page with the same four charts and nothing else, drawn by Plotly, which is how charts come to a page
that has no pictures of its own.
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.keystroke_to_paint import chromium, every_core, served_site
from tests.benchmarks.timing import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

VISITS = 3
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
SLOWER = 4
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}

# A frame is asked for only once the page may be painted; the next comes after that.
WATCH = """
    window.seen = {};
    const look = () => {
        const chart = document.querySelector(".picture, .plotly-chart .main-svg");
        if (chart) requestAnimationFrame(() => { window.seen.chart = performance.now(); });
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.shifts = 0;
    new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shifts += value;
    }).observe({ type: "layout-shift", buffered: true });
    window.busyUntil = 0;
    new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
            window.busyUntil = Math.max(window.busyUntil, startTime + duration);
        }
    }).observe({ type: "longtask", buffered: true });
"""

SEEN = """() => {
    const [page] = performance.getEntriesByType("navigation");
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    return {
        server: page.responseStart - page.requestStart,
        painted: painted.startTime,
        chart: window.seen.chart,
        interactive: Math.max(
            painted.startTime, page.domContentLoadedEventEnd, window.busyUntil),
        shifts: window.shifts,
    };
}"""

PEER_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Plotly alone</title>
<script defer src="{plotly}"></script><script defer src="/peer.js"></script></head>
<body><h1>Plotly alone</h1><script type="application/json" id="figures">{figures}</script>
<div class="plotly-chart" id="credit"></div><div class="plotly-chart" id="taxes"></div>
<div class="plotly-chart" id="losses"></div><div class="plotly-chart" id="total"></div></body>
</html>"""

PEER_SCRIPT = """
    const figures = JSON.parse(document.querySelector("#figures").textContent);
    for (const [name, { data, layout }] of Object.entries(figures)) {
        window.Plotly.newPlot(name, data, { ...layout, width: 360 }, { displayModeBar: false });
    }
"""


class Visit(NamedTuple):
    """What a visitor waited for, in milliseconds, and what came over the wire, in bytes."""

    times: dict[str, float]
    bytes: int


def measure() -> Iterator[Row]:
    """First visits to the landing page, the planner and the page of Plotly alone."""
    with tempfile.TemporaryDirectory() as folder, every_core():
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
            "DJANGO_SETTINGS_MODULE": "amtweb.settings.development",
        }
        prepare_database()
        yield Row("load of the machine before", f"{os.getloadavg()[0]:.2f}")
        with served_site() as address, chromium() as browser:
            warm_up(browser, address)
            yield from on_a_desktop(browser, address)
            yield from on_a_slow_phone(browser, address)


def on_a_desktop(browser: Browser, address: str) -> Iterator[Row]:
    for name, path in (("landing page", "/"), ("planner", "/planner/")):
        visits = [visit(browser, address, path, slow=False) for _ in range(VISITS)]
        aim = "under 1,000 ms" if path == "/" else ""
        yield Row(f"desktop, {name}: painted", median(visits, "painted"))
        yield Row(f"desktop, {name}: interactive", median(visits, "interactive"), aim)
        yield weight(f"desktop, {name}", visits)


def on_a_slow_phone(browser: Browser, address: str) -> Iterator[Row]:
    for name, path in (("landing page", "/"), ("planner", "/planner/")):
        visits = [visit(browser, address, path, slow=True) for _ in range(VISITS)]
        yield Row(f"slow phone, {name}: of it server", median(visits, "server"))
        yield Row(f"slow phone, {name}: painted", median(visits, "painted"))
        if all(each.times.get("chart") for each in visits):
            yield Row(f"slow phone, {name}: first chart", median(visits, "chart"), "500 ms")
        yield Row(f"slow phone, {name}: interactive", median(visits, "interactive"))
        shifts = max(each.times["shifts"] for each in visits)
        yield Row(f"slow phone, {name}: layout shift", f"{shifts:.3f}", "0")
    peers = [visit(browser, address, "/peer", slow=True) for _ in range(VISITS)]
    yield Row("slow phone, Plotly alone: first chart", median(peers, "chart"), "beside it")
    yield weight("slow phone, Plotly alone", peers)
    ratio = middle(visits, "chart") / middle(peers, "chart")
    yield Row("the planner's first chart by Plotly's", f"{ratio:.2f}", "in the same run")


def weight(what: str, visits: Sequence[Visit]) -> Row:
    return Row(f"{what}: on the wire", f"{visits[-1].bytes / 1024:.0f} KiB", "400 KiB")


def median(visits: Sequence[Visit], what: str) -> str:
    return f"{middle(visits, what):,.0f} ms"


def middle(visits: Sequence[Visit], what: str) -> float:
    return statistics.median(each.times[what] for each in visits)


def prepare_database() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def warm_up(browser: Browser, address: str) -> None:
    """So that no visit waits for a worker that imports what it needs for the first time."""
    for _ in range(6):
        for path in ("/", "/planner/"):
            visit(browser, address, path, slow=False)


def visit(browser: Browser, address: str, path: str, *, slow: bool) -> Visit:
    """Opens a page as one who was never there."""
    context = browser.new_context(**(PHONE if slow else DESKTOP))
    if path == "/peer":
        serve_peer(context, address)
    context.add_init_script(WATCH)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    counted = count_bytes(devtools)
    if slow:
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        devtools.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"{address}{path}", wait_until="networkidle")
    if path == "/peer":
        page.wait_for_function("() => window.seen.chart")
    times: dict[str, float] = page.evaluate(SEEN)
    context.close()
    return Visit(times, sum(counted))


def count_bytes(devtools: CDPSession) -> list[int]:
    counted: list[int] = []
    devtools.send("Network.enable")
    devtools.on(
        "Network.loadingFinished", lambda event: counted.append(int(event["encodedDataLength"]))
    )
    return counted


def serve_peer(context: BrowserContext, address: str) -> None:
    """The page of Plotly alone, with the figures of the planner."""
    planner: Page = context.new_page()
    planner.goto(f"{address}/planner/")
    plotly = planner.locator("#charts-script").get_attribute("data-plotly") or ""
    figures = planner.locator("#figures-data").text_content() or "{}"
    planner.close()
    plain: Any = re.sub(r"var\(--[a-z-]+\)", "#1f66b5", figures)
    body = PEER_PAGE.format(plotly=plotly, figures=plain)
    context.route("**/peer", lambda route: route.fulfill(body=body, content_type="text/html"))
    context.route("**/peer.js", lambda route: route.fulfill(body=PEER_SCRIPT))
