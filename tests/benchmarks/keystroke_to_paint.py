"""From the end of the debounce to the last chart painted, in Chromium, as visitors get the site.

The site runs as `make run` serves it, with ten years and ten events on the bench, of which every
edit changes all four charts.  Beside it stands a page that does nothing but hand Plotly the same
four figures, made beforehand: what remains is the price of computing and of exchanging the pieces.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.benchmarks.timing import Row

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = ["--disable-dev-shm-usage", "--disable-gpu", "--no-first-run"]
WARM_UP = 5
EDITS = 30
PAUSE = 150
"""Milliseconds between a painted edit and the next, in which the page comes to rest."""
FIELD = "sales[0].price"

SCENARIO: dict[str, Any] = {
    "schema_version": 1,
    "title": "Ten years and ten events",
    "household": {"filing_status": "married_filing_jointly"},
    "years": [
        {"year": year, "wages": 250_000 + 5_000 * (year - 2026), "long_term_gain": 4_000}
        for year in range(2026, 2036)
    ],
    "grants": [
        {"id": f"g{n}", "kind": "iso", "date": f"202{n}-03-01", "shares": 30_000, "strike": n}
        for n in (1, 2, 3)
    ],
    "exercises": [
        {
            "id": f"e{n}",
            "grant": f"g{n}",
            "date": f"202{n + 5}-02-10",
            "shares": 20_000,
            "fair_market_value": 20 + n,
        }
        for n in (1, 2, 3)
    ],
    "holdings": [{"id": "h1", "acquired": "2020-01-15", "shares": 500, "basis": 10}],
    "sales": [
        {"id": "s1", "from": "e1", "date": "2028-03-15", "shares": 20_000, "price": 12},
        {"id": "s2", "from": "e2", "date": "2030-03-15", "shares": 10_000, "price": 30},
        {"id": "s3", "from": "h1", "date": "2031-03-15", "shares": 500, "price": 40},
    ],
}

# Every call of Plotly, what it returns and how long it takes.
WATCH_PLOTLY = """() => {
    const real = window.Plotly.react;
    window.calls = [];
    window.drawing = 0;
    window.Plotly.react = (...call) => {
        const start = performance.now();
        const promise = real(...call);
        window.drawing += performance.now() - start;
        window.calls.push(promise);
        return promise;
    };
}"""

# Painted is what two frames later has been on the screen.
PAINTED = """
    const frame = () => new Promise(requestAnimationFrame);
    const painted = async () => { await Promise.all(window.calls); await frame(); await frame(); };
    const DEBOUNCE = 250;
"""

EDIT = f"""async ([name, text]) => {{
    {PAINTED}
    const field = document.getElementsByName(name)[0];
    window.calls.length = window.drawing = 0;
    performance.clearResourceTimings();
    const times = {{}};
    const mark = (event, name) => document.addEventListener(
        event, () => {{ times[name] = performance.now(); }}, {{ once: true }});
    mark("htmx:beforeRequest", "sent");
    mark("htmx:beforeSwap", "answered");
    const taken = new Promise((resolve) =>
        document.addEventListener("htmx:afterRequest", resolve, {{ once: true }}));
    const debounced = performance.now() + DEBOUNCE;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
    await taken;
    await null;
    times.drawn = performance.now();
    await painted();
    const end = performance.now();
    const [answer] = performance.getEntriesByType("resource").slice(-1);
    const server = answer.responseStart - answer.requestStart;
    return {{
        total: end - debounced,
        server,
        transfer: times.answered - times.sent - server,
        exchange: times.drawn - times.answered - window.drawing,
        drawing: window.drawing,
        painting: end - times.drawn,
        charts: window.calls.length,
    }};
}}"""

PEER_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Plotly alone</title><script src="{plotly}"></script></head>
<body><input id="field">
<div id="a"></div><div id="b"></div><div id="c"></div><div id="d"></div></body>
</html>"""

PEER_SET_UP = """(versions) => {
    window.versions = versions;
    window.calls = [];
    window.draw = (number) => ["a", "b", "c", "d"].forEach((id, place) => {
        const { data, layout } = window.versions[number][place];
        const sized = { ...layout, width: 640, height: 320 };
        window.calls.push(window.Plotly.react(id, data, sized, { displayModeBar: false }));
    });
    let timer;
    document.querySelector("#field").addEventListener("input", (event) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            window.draw(Number(event.target.value));
            document.dispatchEvent(new Event("drawn"));
        }, 250);
    });
}"""

PEER_EDIT = f"""async (number) => {{
    {PAINTED}
    window.calls.length = 0;
    const field = document.querySelector("#field");
    const drawn = new Promise((resolve) =>
        document.addEventListener("drawn", resolve, {{ once: true }}));
    const debounced = performance.now() + DEBOUNCE;
    field.value = String(number);
    field.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
    await drawn;
    await painted();
    return performance.now() - debounced;
}}"""


def measure() -> Iterator[Row]:
    """Edits of the site, and the same charts drawn alone, in one browser."""
    with tempfile.TemporaryDirectory() as folder, every_core():
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/benchmark.sqlite3",
            "DJANGO_SETTINGS_MODULE": "amtweb.settings.development",
        }
        cookie = visitor_with(SCENARIO)
        load = os.getloadavg()[0]
        with served_site() as address, chromium() as browser:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
            page = bench(context, address)
            edits = [edit(page, number) for number in range(WARM_UP + EDITS)][WARM_UP:]
            peer = peer_page(context, address, versions_of(page))
            alone = [edit_peer(peer, number) for number in range(WARM_UP + EDITS)][WARM_UP:]
    yield from table(edits, alone, load)


def table(edits: Sequence[dict[str, float]], alone: Sequence[float], load: float) -> Iterator[Row]:
    charts = {edit["charts"] for edit in edits}
    totals = [edit["total"] for edit in edits]
    yield Row("load of the machine before, and charts drawn by an edit", f"{load:.2f}, {charts}")
    yield Row("from the debounce to the paint", median_and_p95(totals), "median under 100 ms")
    for share in ("server", "transfer", "exchange", "drawing", "painting"):
        yield Row(f"  of it {share}", median_and_p95([edit[share] for edit in edits]))
    yield Row("Plotly alone, its figures ready", median_and_p95(alone), "the page beside it")
    ratio = statistics.median(totals) / statistics.median(alone)
    yield Row("the site by Plotly alone", f"{ratio:.2f}", "in the same run")


def median_and_p95(durations: Sequence[float]) -> str:
    p95 = statistics.quantiles(durations, n=20)[-1]
    return f"{statistics.median(durations):.1f} / {p95:.1f} ms"


@contextmanager
def every_core() -> Iterator[None]:
    """A server and a browser take two, whatever the benchmarks of the engine are kept to."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    kept_to = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    yield
    os.sched_setaffinity(0, kept_to)


def visitor_with(document: dict[str, Any]) -> str:
    """The session of a visitor whose working copy is the document."""
    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    from amtweb.scenarios import working_copy

    call_command("migrate", verbosity=0)
    session = SessionStore()
    session[working_copy.DOCUMENT] = document
    session.save()
    return str(session.session_key)


@contextmanager
def served_site() -> Iterator[str]:
    """The site on a free port, by the server and the settings of `make run`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [Path(sys.executable).parent / "gunicorn", "--bind", f"127.0.0.1:{port}"]
    alone = {**os.environ, "TASK_WORKERS": "0"}
    server = subprocess.Popen([*command, "amtweb.wsgi"], cwd=ROOT, env=alone)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def bench(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/planner/")
    page.locator("#figure-credit").hover()  # Plotly comes with the mouse
    page.wait_for_function("() => document.querySelectorAll('.drawn').length === 4")
    page.evaluate(WATCH_PLOTLY)
    return page


def edit(page: Page, number: int) -> dict[str, float]:
    """Types another price and says how long what took, in milliseconds."""
    page.wait_for_timeout(PAUSE)
    taken: dict[str, float] = page.evaluate(EDIT, [FIELD, str(10 + number / 4)])
    return taken


def versions_of(page: Page) -> list[list[dict[str, Any]]]:
    """The newest figures of the page, and the same a little higher."""
    text = page.locator("#figures-data").text_content() or ""
    figures = [figure for figure in json.loads(text).values() if figure["data"]]
    return [figures, [higher(figure) for figure in figures]]


def higher(figure: dict[str, Any]) -> dict[str, Any]:
    traces = [
        {**trace, "y": [None if y is None else 1.1 * y for y in trace["y"]]}
        for trace in figure["data"]
    ]
    return {**figure, "data": traces}


def peer_page(context: BrowserContext, address: str, versions: list[Any]) -> Page:
    """A page of Plotly and nothing else, which takes its figures from memory."""
    plain = json.loads(re.sub(r"var\(--[a-z-]+\)", "#1f66b5", json.dumps(versions)))
    page = context.new_page()
    page.goto(f"{address}/planner/")
    source = page.locator("#charts-script").get_attribute("data-plotly") or ""
    page.route("**/peer", lambda route: route.fulfill(body=PEER_PAGE.format(plotly=source)))
    page.goto(f"{address}/peer")
    page.evaluate(PEER_SET_UP, plain)
    page.evaluate("() => window.draw(0)")
    return page


def edit_peer(page: Page, number: int) -> float:
    page.wait_for_timeout(PAUSE)
    taken: float = page.evaluate(PEER_EDIT, number % 2)
    return taken
