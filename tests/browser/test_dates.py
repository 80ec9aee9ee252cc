"""The dates of options and shares, and what each event counted as, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def bench(page: Page) -> Bench:
    return Bench(page).open()


def test_a_mark_of_the_picture_and_a_day_of_the_table_lead_to_their_inputs(bench: Bench) -> None:
    page = bench.page
    page.locator('.mark[data-goes-to="sales-0-date"]').first.click()
    expect(bench.input("sales[0].date")).to_be_focused()

    page.locator("#dates-table summary").click()
    page.locator(".days-table").get_by_role("link", name="Granted").first.click()
    expect(bench.input("grants[0].date")).to_be_focused()


def test_a_sale_moved_before_its_day_is_told_and_drawn_as_too_early(bench: Bench) -> None:
    drawn = bench.page.locator("#lots .mark .mark-sold-too-early")
    told = bench.page.locator(".happened").get_by_text("Disqualifying")
    expect(drawn).to_have_count(0)
    expect(told).to_have_count(0)

    bench.type("sales[0].date", "2026-12-01")

    expect(drawn).to_have_count(1)
    expect(told.first).to_be_visible()


def test_what_is_unfolded_stays_so_over_an_edit(bench: Bench) -> None:
    page = bench.page
    page.locator("#dates-table summary").click()
    page.locator("#why-sales-0 summary").click()

    bench.type("sales[0].date", "2029-12-01")

    expect(page.locator("#dates-table")).to_have_attribute("open", "")
    expect(page.locator("#why-sales-0")).to_have_attribute("open", "")
    expect(page.locator(".days-table")).to_contain_text("Dec 1, 2029")


def test_an_edit_of_a_year_leaves_the_part_in_its_place(bench: Bench) -> None:
    before = bench.page.locator(".lanes").element_handle()

    bench.type("years[0].wages", "300,000")

    assert before is not None
    assert before.evaluate("(lanes) => lanes.isConnected")


def test_the_days_can_be_read_from_the_last_to_the_first(bench: Bench) -> None:
    page = bench.page
    page.locator("#dates-table summary").click()
    rows = page.locator(".days-table tbody tr th")
    forwards = rows.all_inner_texts()

    page.get_by_role("button", name="Turn the order").click()

    assert rows.all_inner_texts() == forwards[::-1]
    expect(page.locator(".days-table th").first).to_have_attribute("aria-sort", "descending")


def test_on_a_phone_the_lanes_scroll_and_their_names_stay(page: Page) -> None:
    page.set_viewport_size(PHONE)
    Bench(page).open()
    lanes = page.locator(".lanes-scroll")
    lanes.scroll_into_view_if_needed()
    lanes.evaluate("(place) => { place.scrollLeft = place.scrollWidth; }")

    for name in page.locator(".lane-name").all():
        expect(name).to_be_visible()
        box = name.bounding_box()
        assert box is not None
        assert box["x"] >= 0


class TestARefusedSituation:
    @pytest.fixture
    def expected_complaints(self) -> list[str]:
        """A refused edit is answered with 422."""
        return ["console error: .*422"]

    def test_says_so_beside_its_field_though_that_is_folded_up(self, bench: Bench) -> None:
        kind = bench.page.locator("#sales-0-kind")

        with bench.answer():
            kind.evaluate(
                """(select) => {
                    select.value = "gift";
                    select.dispatchEvent(new Event("input", { bubbles: true }));
                }"""
            )

        expect(kind).to_be_visible()
        expect(bench.page.locator("#sales-0-kind-mistake")).to_contain_text(
            "Gifts are not modelled"
        )


def test_axe_finds_no_fault_with_everything_unfolded(
    bench: Bench, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    page = bench.page
    page.evaluate("() => document.querySelectorAll('#lots details').forEach((f) => f.open = true)")

    for brightness in ("light", "dark"):
        page.emulate_media(color_scheme=brightness)  # type: ignore[arg-type]
        assert accessibility_faults(page) == []
