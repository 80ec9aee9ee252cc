"""Work is not lost: by a reload, by leaving, or by the browser's own memory of fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import Bench

WAGES = "years[0].wages"


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page).open()


def test_anonymous_work_outlives_a_reload(bench: Bench) -> None:
    bench.type(WAGES, "345,678")
    bench.press("add:sales")
    table = bench.year_table.inner_text()
    bench.page.reload()
    bench.wait_for_charts()

    expect(bench.input(WAGES)).to_have_value("345,678")
    expect(bench.input("sales[3].from")).to_be_visible()
    assert bench.year_table.inner_text() == table


def test_what_cannot_be_computed_outlives_a_reload_too(
    bench: Bench, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*422")
    bench.type(WAGES, "345,678")
    table = bench.year_table.inner_text()
    bench.type("years[1].wages", "about 300")
    bench.page.reload()
    bench.wait_for_charts()

    expect(bench.input(WAGES)).to_have_value("345,678")
    expect(bench.input("years[1].wages")).to_have_value("about 300")
    expect(bench.summary.get_by_role("link")).to_have_count(1)
    assert bench.year_table.inner_text() == table

    bench.type("years[1].wages", "300,000")
    assert bench.amount("adjusted_gross_income", 2027) == "$300,000"


def test_coming_back_by_the_back_button_shows_figures_of_the_fields(bench: Bench) -> None:
    bench.type(WAGES, "345,678")
    bench.page.goto("/examples/")
    bench.page.go_back()
    bench.wait_for_charts()

    expect(bench.input(WAGES)).to_have_value("345,678")
    expect(bench.year_table.locator('[data-key="adjusted_gross_income"] td').first).to_have_text(
        "$345,678"
    )


def test_leaving_in_the_middle_of_a_computation_is_quiet(bench: Bench) -> None:
    bench.page.route(
        "**/", lambda route: None if route.request.method == "POST" else route.fallback()
    )
    with bench.page.expect_request(lambda request: request.method == "POST"):
        bench.input(WAGES).fill("345,678")
    bench.page.goto("/examples/")

    expect(bench.page.get_by_role("heading", name="Worked examples")).to_be_visible()


def test_an_example_edited_becomes_the_working_copy(bench: Bench) -> None:
    bench.open("/examples/eso-primer-6/")
    bench.type("sales[0].price", "7")
    bench.open("/planner/")

    expect(bench.input("sales[0].price")).to_have_value("7")


def test_only_looking_at_an_example_leaves_the_work_alone(bench: Bench) -> None:
    bench.type(WAGES, "345,678")
    bench.open("/examples/eso-primer-6/").open("/planner/")

    expect(bench.input(WAGES)).to_have_value("345,678")


def test_starting_over_forgets_the_work(bench: Bench) -> None:
    bench.type(WAGES, "345,678")
    bench.page.get_by_role("button", name="Start over").click()
    bench.wait_for_charts()

    expect(bench.input(WAGES)).to_have_value("200,000")


def test_edits_of_a_saved_scenario_are_kept_as_they_are_made(bench: Bench) -> None:
    bench.page.get_by_role("button", name="Save").click()
    bench.page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    bench.type(WAGES, "345,678")
    bench.page.reload()
    bench.wait_for_charts()

    expect(bench.input(WAGES)).to_have_value("345,678")
    expect(bench.page.get_by_text("Saved as revision 1")).to_be_visible()
    with bench.answer():
        bench.page.get_by_role("button", name="Save revision").click()
    expect(bench.page.get_by_text("Saved as revision 2")).to_be_visible()


@pytest.fixture
def two_windows(bench: Bench, expected_complaints: list[str]) -> tuple[Bench, Bench]:
    """One that has changed the scenario, and one that is refused for it."""
    expected_complaints.append("console error: .*409")
    bench.page.get_by_role("button", name="Save", exact=True).click()
    bench.page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    other = Bench(bench.page.context.new_page()).open(bench.page.url)
    other.type(WAGES, "111,111")
    with bench.page.expect_response(lambda response: response.request.method == "POST"):
        bench.input(WAGES).fill("222,222")
    expect(bench.page.get_by_role("heading", name="Not saved: changed elsewhere")).to_be_visible()
    expect(bench.page.locator("#conflict tbody")).to_contain_text("Wages 2026$111,111$222,222")
    expect(bench.input(WAGES)).to_have_value("222,222")
    return other, bench


def draft_in(window: Bench) -> Bench:
    """The scenario as a window sees it that is opened now."""
    return Bench(window.page.context.new_page()).open(window.page.url)


def test_of_two_windows_the_refused_one_may_keep_its_own(
    two_windows: tuple[Bench, Bench],
) -> None:
    _, refused = two_windows
    with refused.answer():
        refused.page.get_by_role("button", name="Keep mine").click()

    expect(refused.page.locator("#conflict")).to_be_empty()
    expect(draft_in(refused).input(WAGES)).to_have_value("222,222")
    with refused.answer():
        refused.page.locator("body").press("Control+z")
    expect(draft_in(refused).input(WAGES)).to_have_value("111,111")


def test_of_two_windows_the_refused_one_may_take_the_other(
    two_windows: tuple[Bench, Bench],
) -> None:
    _, refused = two_windows
    with refused.answer():
        refused.page.get_by_role("button", name="Take theirs").click()

    expect(refused.input(WAGES)).to_have_value("111,111")
    refused.press("undo")
    expect(refused.input(WAGES)).to_have_value("222,222")
    expect(draft_in(refused).input(WAGES)).to_have_value("222,222")


def test_of_two_windows_both_may_be_kept(two_windows: tuple[Bench, Bench]) -> None:
    other, refused = two_windows
    address = refused.page.url
    refused.page.get_by_role("button", name="Keep both").click()
    refused.page.wait_for_url(lambda url: url != address)
    refused.wait_for_charts()

    expect(refused.input(WAGES)).to_have_value("222,222")
    expect(draft_in(other).input(WAGES)).to_have_value("111,111")


def test_what_was_refused_survives_a_reload_with_its_question(
    two_windows: tuple[Bench, Bench],
) -> None:
    _, refused = two_windows
    refused.page.reload()
    refused.wait_for_charts()

    expect(refused.input(WAGES)).to_have_value("222,222")
    expect(refused.page.get_by_role("button", name="Keep mine")).to_be_visible()


def test_edits_are_taken_back_and_done_again_by_keyboard(bench: Bench) -> None:
    bench.type(WAGES, "345,678")
    bench.press("remove:sales:0")
    body = bench.page.locator("body")
    for _ in range(2):
        with bench.answer():
            body.press("Control+z")
    expect(bench.input(WAGES)).to_have_value("200,000")
    expect(bench.input(WAGES)).to_be_focused()
    expect(bench.input("sales[2].from")).to_be_visible()
    expect(bench.status).to_contain_text("Undone: Wages 2026: 200,000 → 345,678")
    bench.page.reload()
    bench.wait_for_charts()
    with bench.answer():
        body.press("Control+Shift+z")
    expect(bench.input(WAGES)).to_have_value("345,678")


def test_a_note_is_saved_with_the_revision(bench: Bench) -> None:
    bench.page.get_by_role("button", name="Save", exact=True).click()
    bench.page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    bench.page.locator("#note-fold summary").click()
    bench.page.get_by_label("What changed?").fill("A raise")
    with bench.answer():
        bench.page.get_by_label("What changed?").press("Control+s")
    expect(bench.page.get_by_text("Saved as revision 2")).to_be_visible()
    bench.page.get_by_role("link", name="History").click()
    expect(bench.page.get_by_text("A raise")).to_be_visible()


def test_the_list_of_saved_scenarios_is_the_visitor_s_own(
    bench: Bench, new_context: Callable[..., BrowserContext], expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*404")
    bench.input("title").fill("My <own> plan")
    bench.page.get_by_role("button", name="Save").click()
    bench.page.wait_for_url("**/scenarios/*/")
    address = bench.page.url
    bench.page.goto("/scenarios/")
    expect(bench.page.get_by_role("link", name="My <own> plan")).to_be_visible()

    stranger = new_context().new_page()
    stranger.goto("/scenarios/")
    expect(stranger.get_by_text("Nothing is saved yet.")).to_be_visible()
    stranger.goto(address)
    expect(stranger.get_by_role("heading", name="Not found")).to_be_visible()

    bench.page.get_by_label("Actions for My <own> plan").click()
    bench.page.get_by_role("button", name="Delete").last.click()
    expect(bench.page.get_by_role("link", name="My <own> plan")).to_have_count(0)


def test_a_revoked_link_is_dead(
    bench: Bench, new_context: Callable[..., BrowserContext], expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*404")
    page = bench.page
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Address of the new link").input_value()
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("button", name="Revoke")).to_have_count(0)

    stranger = new_context().new_page()
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="Not found")).to_be_visible()
