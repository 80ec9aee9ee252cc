"""What the page does while the server is slow, away, or unable to compute."""

from __future__ import annotations

import re
from contextlib import suppress
from http import HTTPStatus

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.bench import Bench

SOON = 0.8
"""Seconds, longer than an answer takes."""


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page).open()


@pytest.mark.plotly
def test_an_unreachable_server_leaves_the_figures_marked_and_a_way_to_try_again(
    bench: Bench, expected_complaints: list[str]
) -> None:
    expected_complaints.extend(["console error: .*ERR_FAILED", "console error: htmx:"])
    headline, credit = bench.headline.inner_text(), bench.drawn("credit")
    bench.page.route("**/", lambda route: route.abort())
    bench.input("years[0].wages").fill("500000")

    expect(bench.status).to_contain_text("Out of date: the server cannot be reached.")
    expect(bench.results).to_have_class(re.compile(r"\bstale\b"))
    assert bench.headline.inner_text() == headline
    assert bench.drawn("credit") == credit

    bench.page.unroute("**/")
    with bench.answer():
        bench.page.get_by_role("button", name="Try again").click()
    expect(bench.status).to_have_text("Up to date.")
    expect(bench.results).not_to_have_class(re.compile(r"\bstale\b"))
    assert bench.headline.inner_text() != headline


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (HTTPStatus.INTERNAL_SERVER_ERROR, "the server could not compute this"),
        (HTTPStatus.BAD_GATEWAY, "the server could not compute this"),
        (HTTPStatus.FORBIDDEN, "this page is too old: reload it"),
    ],
)
def test_a_refusal_leaves_the_figures_marked_and_a_way_to_try_again(
    bench: Bench, expected_complaints: list[str], code: HTTPStatus, words: str
) -> None:
    expected_complaints.extend(["console error: .*status of", "console error: Response Status"])
    headline = bench.headline.inner_text()
    bench.page.route(
        "**/", lambda route: route.fulfill(status=code, body="<h1>Something went wrong</h1>")
    )
    bench.input("years[0].wages").fill("500000")

    expect(bench.status).to_contain_text(f"Out of date: {words}.")
    expect(bench.results).to_have_class(re.compile(r"\bstale\b"))
    expect(bench.page.get_by_role("heading", name="Something went wrong")).to_have_count(0)
    assert bench.headline.inner_text() == headline

    bench.page.unroute("**/")
    with bench.answer():
        bench.page.get_by_role("button", name="Try again").click()
    expect(bench.status).to_have_text("Up to date.")
    assert bench.headline.inner_text() != headline


def test_the_next_edit_recovers_by_itself(bench: Bench, expected_complaints: list[str]) -> None:
    expected_complaints.extend(["console error: .*ERR_FAILED", "console error: htmx:"])
    bench.page.route("**/", lambda route: route.abort())
    bench.input("years[0].wages").fill("500000")
    expect(bench.status).to_contain_text("Out of date")
    bench.page.unroute("**/")
    bench.type("years[0].wages", "510000")

    expect(bench.status).to_have_text("Up to date.")
    expect(bench.results).not_to_have_class(re.compile(r"\bstale\b"))


def test_a_slow_answer_does_not_win_over_the_newer_one(bench: Bench) -> None:
    slow = FirstHeldBack()
    bench.page.route("**/", slow)
    with bench.page.expect_request("**/"):
        bench.input("years[0].wages").fill("1000000")
    bench.type("years[0].wages", "123456")
    newest = bench.year_table.inner_text()
    slow.let_go()
    bench.page.wait_for_timeout(1000 * SOON)

    assert bench.year_table.inner_text() == newest
    assert bench.amount("adjusted_gross_income", 2026) == "$123,456"
    expect(bench.status).to_have_text("Up to date.")


def test_the_server_keeps_the_newest_edit_whatever_arrives_first(bench: Bench) -> None:
    bench.type("years[0].wages", "99999")
    slow = FirstHeldBack()
    bench.page.route("**/", slow)
    with bench.page.expect_request("**/"):
        bench.input("years[0].wages").fill("1000000")
    bench.type("years[0].wages", "123456")
    slow.let_go()
    bench.page.wait_for_timeout(1000 * SOON)
    bench.page.reload()

    expect(bench.input("years[0].wages")).to_have_value(re.compile("123,?456"))


class FirstHeldBack:
    """The first request stays under way until it is let go; the others pass."""

    def __init__(self) -> None:
        self.held: Route | None = None

    def __call__(self, route: Route) -> None:
        if self.held:
            route.continue_()
        else:
            self.held = route

    def let_go(self) -> None:
        """Reaches the server now, and the page if that still wants the answer."""
        assert self.held
        answer = self.held.fetch()
        with suppress(Error):
            self.held.fulfill(response=answer)
