"""A first visit is light and calm: few bytes, the charts at once, and nothing moves.

How fast that is, the benchmark ``first_visit`` says; here is what does not depend on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from playwright.sync_api import Page

from tests.browser.test_steadiness import WATCH_SHIFTS

MOST_BYTES = 120 * 1024
"""For the planner with the typeface. Plotly comes to it for a mouse on a chart."""
MOST_BYTES_OF_BOTH = 160 * 1024
"""For the landing page and then the planner."""
A_PHONE = {"width": 390, "height": 844}


@contextmanager
def counting(page: Page) -> Iterator[dict[str, int]]:
    """The bytes on the wire, by address; of static files, what is left of them once compressed.

    That is done when they are collected, and the tests have them as they are in the sources.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    addresses: dict[str, str] = {}
    counted: dict[str, int] = {}

    def answered(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def finished(event: dict[str, Any]) -> None:
        address = addresses.get(event["requestId"], "")
        sent = int(event["encodedDataLength"])
        counted[address] = counted.get(address, 0) + min(sent, compressed(address) or sent)

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", finished)
    yield counted
    devtools.detach()


def compressed(address: str) -> int:
    path = urlsplit(address).path
    found = path.startswith(settings.STATIC_URL) and finders.find(
        path.removeprefix(settings.STATIC_URL)
    )
    return len(brotli.compress(Path(found).read_bytes(), quality=9)) if found else 0


@pytest.mark.plotly
def test_the_first_visit_is_light_and_plotly_comes_with_the_mouse(page: Page) -> None:
    page.add_init_script(WATCH_SHIFTS)
    with counting(page) as counted:
        page.goto("/planner/", wait_until="networkidle")
        planner = sum(counted.values())
        page.goto("/", wait_until="networkidle")
    assert not [address for address in counted if "plotly" in address]
    assert planner < MOST_BYTES, counted
    assert sum(counted.values()) < MOST_BYTES_OF_BOTH, counted

    page.goto("/planner/", wait_until="networkidle")
    assert page.locator(".chart .picture").first.is_visible()
    page.mouse.move(9, 9)
    assert not page.locator("script[src*=plotly]").count()
    with page.expect_response("**/plotly-basic*"):
        page.locator("#figure-credit").hover()
    page.wait_for_function("() => document.querySelectorAll('.drawn').length > 2")
    assert page.evaluate("() => window.shifts") == []


@pytest.mark.parametrize("address", ["/", "/planner/", "/explorer/", "/learn/", "/scenarios/"])
def test_on_a_phone_nothing_moves_while_a_page_comes(page: Page, address: str) -> None:
    page.set_viewport_size(A_PHONE)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(address, wait_until="networkidle")

    assert page.evaluate("() => window.shifts") == []


@pytest.mark.plotly
def test_a_finger_on_a_chart_brings_plotly_and_one_elsewhere_does_not(page: Page) -> None:
    page.goto("/planner/", wait_until="networkidle")
    touch = "(element) => element.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}))"
    page.locator("#headline").evaluate(touch)
    assert not page.locator("script[src*=plotly]").count()

    with page.expect_response("**/plotly-basic*"):
        page.locator("#figure-credit").evaluate(touch)
    page.wait_for_function("() => document.querySelector('.drawn')")
