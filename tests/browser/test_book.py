"""The book as an advisor uses it: it computes itself, is sorted, filtered and kept as a view."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, Route, expect

from amtweb.book import lines
from amtweb.book.lines import bring_up_to_date
from amtweb.book.views import book as views
from amtweb.firms.models import Firm, Role
from tests.browser.test_accessibility import PHONE, SIDEWAYS_SCROLL
from tests.web.book.households import EXERCISE, LOSS, ends_in, household
from tests.web.firms.cast import Colleague


@pytest.fixture
def firm(transactional_db: None, page: Page, base_url: str) -> Firm:
    """A firm whose advisor sits at the browser."""
    firm = Firm.objects.create(name="Firm")
    advisor = Colleague("advisor@example.org").in_firm(firm, Role.ADVISOR)
    session = advisor.client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    for name, document in (("Loss", LOSS), ("Taxed", EXERCISE), ("Ending", ends_in(20))):
        household(firm, name, document)
    return firm


def clients(page: Page) -> list[str]:
    return page.locator("tbody").get_by_role("rowheader").all_inner_texts()


def test_the_book_brings_itself_up_to_date_and_can_be_stopped(
    page: Page, firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 1)
    monkeypatch.setattr(views, "bring_up_to_date", partial(bring_up_to_date, seconds=0))
    held: list[Route] = []

    def hold_the_second(route: Route) -> None:
        if not held:
            route.continue_()
        held.append(route)

    page.route("**/book/refresh/", hold_the_second)
    page.goto("/book/")
    progress = page.locator("#book-progress")
    expect(progress).to_contain_text("1 of 3 lines are up to date")
    progress.get_by_role("button", name="Stop").click()
    expect(progress.get_by_role("button", name="Bring up to date")).to_be_visible()
    expect(page.get_by_text("Not computed yet")).to_have_count(2)

    # What was under way when it was stopped ends, and nothing goes on from there.
    with page.expect_response("**/book/refresh/"):
        held[1].continue_()
    expect(progress.get_by_role("button", name="Stop")).to_have_count(0)

    page.unroute("**/book/refresh/")
    progress.get_by_role("button", name="Bring up to date").click()

    expect(page.get_by_text("AMT loss of $47,000 could be paired")).to_be_visible()
    expect(page.get_by_text("Not computed yet")).to_have_count(0)
    expect(progress).to_be_empty()


def test_what_is_sorted_and_filtered_can_be_kept_and_opened_again(
    page: Page, firm: Firm, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    bring_up_to_date(firm, seconds=60)
    page.goto("/book/")
    page.get_by_role("link", name="AMT", exact=True).click()
    expect(page.locator("[aria-sort=descending]")).to_have_text("AMT")
    assert clients(page)[0] == "Taxed"
    expect(page.locator("#sort-amt")).to_be_focused()

    page.get_by_label("Show").select_option("AMT loss to pair")
    expect(page.get_by_role("status")).to_contain_text("1 client")
    page.get_by_label("of at least $").fill("50,000")
    expect(page.get_by_text("No client is like that.")).to_be_visible()
    page.get_by_label("of at least $").fill("10,000")
    expect(page.get_by_role("rowheader", name="Loss")).to_be_visible()
    page.get_by_text("Save this view").click()
    page.get_by_label("Name", exact=True).fill("To pair")
    page.get_by_role("button", name="Save", exact=True).click()

    view = page.get_by_role("link", name="To pair", exact=True)
    expect(view).to_have_attribute("aria-current", "page")
    assert "needs=loss&least=10%2C000&sort=-amt" in page.url
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="All clients").click()
    expect(page.get_by_role("rowheader")).to_have_count(3)
    view.click()
    expect(page.get_by_role("rowheader")).to_have_count(1)
    page.get_by_role("link", name="Charts").click()
    expect(page.get_by_role("heading", name="Credit balances")).to_be_visible()
    assert "needs=loss" in page.url
    assert accessibility_faults(page) == []


def test_on_a_phone_every_client_is_a_card(
    page: Page, firm: Firm, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    bring_up_to_date(firm, seconds=60)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for address in ("/book/", "/book/charts/", "/book/feeds/"):
        page.goto(address)
        assert page.evaluate(SIDEWAYS_SCROLL) <= 0, address
        assert accessibility_faults(page) == [], address
    page.goto("/book/")
    expect(page.get_by_role("columnheader")).to_have_count(0)
    page.get_by_label("Sort by").select_option("Loss to pair")
    expect(page.locator("tbody").get_by_role("rowheader").first).to_have_text("Loss")
    expect(page.get_by_role("row", name="Loss").get_by_text("$47,000", exact=True)).to_be_visible()
