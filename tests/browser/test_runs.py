"""A question to many clients in the browser: begun, waited for, stopped, asked again, read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from amtweb.runs import starting
from amtweb.runs.chunks import work_off
from amtweb.runs.models import Chunk
from amtweb.runs.reaping import beat
from tests.web.firms.cast import Colleague, cast
from tests.web.runs.book import a_book

PHONE = {"width": 390, "height": 844}

pytestmark = pytest.mark.django_db(transaction=True)


def page_of(who: Colleague, context: BrowserContext, base_url: str) -> Page:
    """A page of somebody who is signed in."""
    session = who.client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    return context.new_page()


def begin(page: Page) -> None:
    """Asks what a fall of the price does."""
    page.goto("/runs/new/")
    expect(page.get_by_label("New in")).to_have_value("2026")
    expect(page.get_by_label("By %")).to_be_hidden()
    page.get_by_label("Another price of the shares").check()
    expect(page.get_by_label("By %")).to_be_visible()
    page.get_by_label("From the day").fill("2026-01-01")
    page.get_by_role("button", name="Begin").click()


def test_a_question_is_begun_stopped_asked_again_and_answered(
    new_context: Callable[..., BrowserContext],
    base_url: str,
    monkeypatch: pytest.MonkeyPatch,
    accessibility_faults: Callable[..., list[str]],
) -> None:
    # The test is the worker, so that nothing happens before it is looked at.
    monkeypatch.setattr(starting, "enqueue", lambda *_: "")
    monkeypatch.setattr(starting, "CHUNK", 2)
    everyone = cast()
    a_book(everyone)
    page = page_of(everyone.advisor, new_context(viewport=PHONE), base_url)
    begin(page)
    expect(page.get_by_role("status")).to_contain_text("No worker is running")
    expect(page.locator("progress")).to_have_attribute("value", "1")

    beat("the test")
    work_off(Chunk.objects.earliest("pk").pk, "the test")
    # Told by the page itself, which goes on asking.
    expect(page.get_by_text("3 of 4 clients", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped after")).to_be_visible()

    page.get_by_role("button", name="Run again").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    for chunk in Chunk.objects.filter(run__cancelled_at=None):
        work_off(chunk.pk, "the test")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.get_by_role("link", name="Adams")).to_be_visible()
    expect(page.get_by_role("heading", name="Not computed (1)")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert accessibility_faults(page) == []
