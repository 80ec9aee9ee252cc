"""Many years and rows by keyboard alone: filled right, pasted, added, undone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.bench import Bench

PASTE = """(field, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    field.dispatchEvent(new ClipboardEvent("paste", paste));
}"""


def test_years_are_filled_right_and_pasted_and_each_is_one_step(page: Page) -> None:
    bench = Bench(page).open()
    wages = [bench.input(f"years[{n}].wages") for n in range(10)]
    bench.type("years[1].wages", "$0.1m")
    bench.input("fill_growth").fill("10")
    wages[1].focus()
    with bench.answer():
        page.keyboard.press("Alt+ArrowRight")

    expect(wages[1]).to_be_focused()
    assert [each.input_value() for each in wages[:4]] == [
        "200,000",
        "100,000",
        "110,000",
        "121,000",
    ]
    with bench.answer():
        page.keyboard.press("Control+z")
    expect(wages[2]).to_have_value("200,000")

    wages[0].focus()
    with bench.answer():
        wages[0].evaluate(PASTE, "$1,000\t2k\t 3.5")
    expect(wages[0]).to_be_focused()
    assert [each.input_value() for each in wages[:4]] == ["1,000", "2,000", "3.5", "200,000"]


def test_a_block_pasted_into_a_row_fills_it_and_adds_rows_in_one_step(page: Page) -> None:
    bench = Bench(page).open()
    name = bench.input("grants[0].label")
    page.locator("#grants-0 summary").first.click()
    name.focus()
    with bench.answer():
        name.evaluate(PASTE, "Astra\tISO\t1/15/2023\t20,000\t$1.50\nBorea\tNSO\t2023-03-01\t2k\t4")

    expect(name).to_be_focused()
    expect(bench.input("grants[0].date")).to_have_value("2023-01-15")
    expect(bench.input("grants[1].label")).to_have_value("Borea")
    expect(page.locator("#grants-1-words")).to_have_text(
        "Borea, NSO, 2,000 options at $4, granted Mar 1, 2023"
    )
    with bench.answer():
        page.keyboard.press("Control+z")
    expect(bench.input("grants[1].label")).to_have_count(0)
    expect(name).to_have_value("Grant of 2023")


def test_two_grants_and_three_sales_by_keyboard_alone(page: Page) -> None:
    bench = Bench(page)
    page.goto("/blank/")
    page.keyboard.press("g")
    fill_in_a_grant(bench, 0, "01152023")
    operate(bench, "Alt+Shift+KeyG")
    fill_in_a_grant(bench, 1, "02152023")
    operate(bench, "Alt+Shift+KeyS")

    expect(bench.input("exercises[0].date")).to_be_focused()
    expect(bench.input("exercises[0].shares")).to_have_value("1,000")
    fill_in(bench, "exercises[0].fair_market_value", "12")
    bench.tab_to(bench.input("sales[0].shares"), within=25)
    fill_in(bench, "sales[0].shares", "400")
    fill_in(bench, "sales[0].price", "30")
    expect(page.locator("#sales-0-outcome")).to_contain_text("qualifying")
    for number, shares in ((1, "500"), (2, "100")):
        operate(bench, "Alt+Shift+KeyS")
        expect(bench.input(f"sales[{number}].from")).to_be_focused()
        fill_in(bench, f"sales[{number}].shares", shares)
        fill_in(bench, f"sales[{number}].price", "35")
    expect(page.locator("#status")).to_have_text("Up to date.")


def operate(bench: Bench, shortcut: str) -> None:
    with bench.answer():
        bench.page.keyboard.press(shortcut)


def fill_in_a_grant(bench: Bench, number: int, day: str) -> None:
    expect(bench.input(f"grants[{number}].label")).to_be_focused()
    with bench.answer():
        bench.page.keyboard.type(f"Grant {number}")
    fill_in(bench, f"grants[{number}].date", day)
    fill_in(bench, f"grants[{number}].shares", "1k")
    fill_in(bench, f"grants[{number}].strike", "$2.50")


def fill_in(bench: Bench, path: str, text: str) -> None:
    field = bench.input(path)
    bench.tab_to(field, within=12)
    if field.get_attribute("type") != "date":
        bench.page.keyboard.press("Control+a")
    with bench.answer():
        bench.page.keyboard.type(text)


def test_keys_are_listed_and_letters_can_be_turned_off(page: Page) -> None:
    bench = Bench(page).open()
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed).to_be_visible()
    listed.get_by_label("Single letters do something").uncheck()
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("?")
    expect(listed).to_be_hidden()
    expect(bench.input("grants[1].label")).to_have_count(0)


def test_a_slider_writes_into_its_box_and_one_movement_is_one_step(page: Page) -> None:
    bench = Bench(page).open()
    page.locator("#sales-0 .play summary").click()
    slider, price = page.locator('[data-plays="sales-0-price"]'), bench.input("sales[0].price")
    before = price.input_value()
    slider.focus()
    for _ in range(3):
        with bench.answer():
            page.keyboard.press("ArrowRight")
    assert price.input_value() != before
    with bench.answer():
        page.keyboard.press("Control+z")
    expect(price).to_have_value(before)
