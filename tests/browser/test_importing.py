"""Rows out of a file, in Chromium: chosen, looked over, taken over, and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import Bench

WRONG = (
    "Date option granted;Date option exercised;Exercise price per share;Fair market value;Shares\n"
    "31/01/2022;3/2/2026;2.50;41.40;1000\n"
    "1/31/2022;6/15/2026;2.50;forty;500\n"
)
RIGHT = WRONG.replace("31/01/2022", "1/31/2022").replace("forty", "45")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """As Excel saves “Unicode text”, but with semicolons."""
    path = tmp_path / "form-3921.csv"
    path.write_bytes(WRONG.encode("utf-16"))
    return path


def imported(page: Page, bench: Bench, file: Path) -> None:
    """From the editor to the preview of a corrected file, with the keyboard where one types."""
    page.get_by_role("link", name="Import exercises from a file").click()
    page.locator("#file").set_input_files(file)
    page.get_by_role("button", name="Preview").press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("2 things to correct")
    expect(alert).to_contain_text("Row 2, column A (Date option granted): “31/01/2022” has no")
    expect(alert).to_contain_text("Row 3, column D (Fair market value): “forty” is not a price")
    expect(page.locator("#text")).to_have_value(WRONG)
    page.locator("#text").fill(RIGHT)
    page.get_by_role("button", name="Preview again").press("Enter")
    expect(page.get_by_role("heading", name="2 rows to take over")).to_be_visible()


def test_a_file_is_chosen_corrected_taken_over_and_undone(
    page: Page, file: Path, expected_complaints: list[str]
) -> None:
    expected_complaints.append("Failed to load resource: .* 422")
    bench = Bench(page).open("/planner/")
    bench.type("title", "Mine")
    count = page.locator('[name^="exercises["][name$="].id"]').count()
    before = bench.amounts("amt")
    imported(page, bench, file)

    granted = page.get_by_label("New grant: ISO of Jan 31, 2022 at $2.50. Shares granted")
    expect(granted).to_have_value("1,500")
    granted.fill("5,000")
    granted.press("Enter")  # presses the first button, which only shows it once more
    expect(granted).to_have_value("5,000")
    page.get_by_role("button", name="Take over 2 rows").click()

    bench.wait_for_charts()
    expect(page).to_have_url(re.compile(r"/planner/#exercises-title$"))
    expect(page.locator('[name^="exercises["][name$="].id"]')).to_have_count(count + 2)
    expect(bench.input(f"exercises[{count}].fair_market_value")).to_have_value("41.4")
    assert bench.amounts("amt") != before
    bench.press("undo")

    expect(page.locator('[name^="exercises["][name$="].id"]')).to_have_count(count)
    assert bench.amounts("amt") == before


def test_a_saved_scenario_takes_rows_on_a_phone(
    page: Page, file: Path, expected_complaints: list[str]
) -> None:
    expected_complaints.append("Failed to load resource: .* 422")
    page.set_viewport_size(PHONE)
    bench = Bench(page).open("/planner/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/scenarios/*/")
    bench.wait_for_charts()
    address = page.url
    page.get_by_text("Inputs", exact=True).click()
    imported(page, bench, file)
    page.get_by_role("button", name="Take over 2 rows").click()

    page.wait_for_url(f"{address}#exercises-title")
    page.reload()
    last = page.locator('[name^="exercises["][name$="].fair_market_value"]').last
    expect(last).to_have_value("45")
    expect(page.locator(".row summary", has_text="worth $45 each")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Undo"))).to_be_enabled()


def test_rows_are_pasted_without_scripts(new_context: Callable[..., BrowserContext]) -> None:
    page: Page = new_context(java_script_enabled=False).new_page()
    page.goto("/import/csv/")
    page.get_by_text("Or paste the rows").click()
    page.locator("#text").fill(f"\n{RIGHT}")

    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#text")).to_have_value(f"\n{RIGHT}")
    page.get_by_role("button", name="Take over 2 rows").click()

    expect(page.locator('[name="exercises[1].shares"]')).to_have_value("500")


def test_the_preview_is_fit_for_everyone(
    page: Page,
    file: Path,
    accessibility_faults: Callable[[Page], list[str]],
    expected_complaints: list[str],
) -> None:
    expected_complaints.append("Failed to load resource: .* 422")
    bench = Bench(page).open("/planner/")
    for step in ("form", "problems", "preview"):
        if step == "form":
            page.goto("/import/csv/")
        elif step == "problems":
            page.locator("#file").set_input_files(file)
            page.get_by_role("button", name="Preview").click()
        else:
            page.set_viewport_size(DESKTOP)
            bench.open("/planner/")
            imported(page, bench, file)
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            for brightness in ("light", "dark"):
                page.emulate_media(color_scheme=brightness)
                assert accessibility_faults(page) == [], (step, size, brightness)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) == 0, (step, size)
