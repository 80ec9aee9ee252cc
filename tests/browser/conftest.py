"""Chromium against the site as visitors get it: same middleware, same policy, same files.

Every context is watched. A console message that warns, an exception in a script, a report of the
Content-Security-Policy or a request to another origin fails the test in whose time it happened.
"""

from __future__ import annotations

import os
import re
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

STILL_MOUSE = """
    window.mouseStaysStill = true;
    addEventListener("pointermove", (event) => event.stopImmediatePropagation(), true);
"""
"""Plotly comes with a mouse that moves, and costs a second of every test that it comes to."""

LONGEST_WAIT = 15_000
"""Milliseconds that a page may take to do what a test waits for."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def database_beside_an_event_loop() -> Iterator[None]:
    """Playwright keeps an event loop in the thread of the tests, and Django takes that for
    asynchronous code, from which it would refuse to reach the database.
    """
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.exit("chromium is missing: install it, or name it with CHROMIUM=/path", returncode=1)
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": CHROMIUM_ARGUMENTS,
    }


class TheSiteItself(WSGIHandler):
    """In place of the handler that would answer for static files before the middleware can."""

    def __init__(self, _: WSGIHandler) -> None:
        super().__init__()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site in a thread, with static files from its own middleware and no stand-in for it."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = TheSiteItself
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    return live_server.url


@pytest.fixture
def expected_complaints() -> list[str]:
    """Patterns of complaints that a test provokes; one that does not come fails the test, too."""
    return []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext],
    base_url: str,
    expected_complaints: list[str],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts, one a person, all of them watched."""
    complaints: list[str] = []
    with_plotly = request.node.get_closest_marker("plotly") is not None

    def new_watched_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(LONGEST_WAIT)
        if not with_plotly:
            context.add_init_script(STILL_MOUSE)
        context.on("console", partial(_hear_console, complaints))
        context.on("weberror", partial(_hear_exception, complaints))
        context.on("request", partial(_hear_request, complaints, base_url))
        return context

    yield new_watched_context
    unexpected = [
        text for text in complaints if not any(re.search(p, text) for p in expected_complaints)
    ]
    missed = [p for p in expected_complaints if not any(re.search(p, t) for t in complaints)]
    assert not unexpected, "\n".join(["the browser complained:", *unexpected])
    assert not missed, f"the browser did not complain of {missed}"


def _hear_console(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in {"error", "warning", "assert"}:
        complaints.append(f"console {message.type}: {message.text}")


def _hear_exception(complaints: list[str], error: WebError) -> None:
    complaints.append(f"exception: {error.error}")


def _hear_request(complaints: list[str], base_url: str, request: Request) -> None:
    if not request.url.startswith((f"{base_url}/", "data:", "blob:")):
        complaints.append(f"request off the origin: {request.url}")


@pytest.fixture(scope="session")
def accessibility_faults() -> Callable[[Page], list[str]]:
    """What axe finds on a page: one line a fault, with the rule and the elements."""
    axe = (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")

    def faults(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(axe)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        return [
            f"{fault['id']}: {[node['target'] for node in fault['nodes']]}"
            for fault in found["violations"]
        ]

    return faults
