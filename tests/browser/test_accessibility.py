"""Every page for everyone: by axe, by keyboard, by ear, on small screens, without motion.

axe finds no fault with a chart that has no words and no table, so what charts need is asked here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.bench import FIGURES, Bench

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SMALLEST_PHONE = {"width": 320, "height": 568}
YEARS = 10

SIDEWAYS_SCROLL = """() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    return scrollWidth - clientWidth;
}"""

# WCAG 2.2, 2.5.8: 24 by 24 pixels, or a circle of that size around it that touches no other target.
# Links within a sentence may be as high as their line. What is there for the mouse but not to be
# seen, such as the radio buttons under their labels, has the size of its label.
SMALL_TARGETS = """() => {
    const inSentence = (element) => element.matches("a")
        && element.parentElement.textContent.trim() !== element.textContent.trim();
    const targets = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
        .filter((element) => !element.matches("[type=hidden], [aria-hidden=true], .skip")
            && element.checkVisibility({ visibilityProperty: true }))
        .map((element) => [element, (element.matches("[type=radio], [type=checkbox]")
            && element.closest("label") || element).getBoundingClientRect()]);
    const isSmall = ({ width, height }) => width < 24 || height < 24;
    const distance = (x, y, { left, right, top, bottom }) =>
        Math.hypot(Math.max(left - x, x - right, 0), Math.max(top - y, y - bottom, 0));
    const isCrowded = (element, { left, top, width, height }) => {
        const [x, y] = [left + width / 2, top + height / 2];
        const touches = (box) => distance(x, y, box) < 12 || isSmall(box)
            && Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y) < 24;
        return targets.some(([other, box]) => other !== element && touches(box));
    };
    return targets
        .filter(([element, box]) => isSmall(box) && !inSentence(element) && isCrowded(element, box))
        .map(([element, { width, height }]) =>
            `${element.outerHTML.slice(0, 90)} ${width.toFixed(1)}x${height.toFixed(1)}`);
}"""

TABBABLE = """() => [...document.querySelectorAll(
        "a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden"
        && element.checkVisibility({ visibilityProperty: true }))
    .map((element, place) => { element.dataset.place = place; return place; })"""

# Where the focus is; whether it can be seen, and is not covered by anything that sticks.
FOCUS = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    const shown = element.matches("[type=radio]") ? element.nextElementSibling : element;
    const corners = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]].map(([x, y]) =>
        document.elementFromPoint(left + width * x, top + Math.min(height, 80) * y));
    const clear = corners.some((at) => at && (element.contains(at) || at.contains(element)
        || at.closest("label")?.control === element));
    return {
        place: Number(element.dataset.place),
        outlined: getComputedStyle(shown).outlineStyle !== "none",
        clear,
        words: element.outerHTML.slice(0, 110),
    };
}"""

START_OF_PAGE = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
}"""

MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    const moves = transitionDuration.split(", ").some((seconds) => parseFloat(seconds) > 0);
    return moves || animationName !== "none";
}).map((element) => element.outerHTML.slice(0, 90))"""


def landing(page: Page) -> None:
    Bench(page).open()


def example(page: Page) -> None:
    Bench(page).open("/examples/eso-primer-6/")


def with_mistakes(page: Page) -> None:
    bench = Bench(page).open()
    bench.type("years[0].wages", "a lot")
    bench.type("sales[0].price", "?")


def saved(page: Page) -> None:
    Bench(page).open()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/scenarios/*/")
    Bench(page).wait_for_charts()


def links(page: Page) -> None:
    saved(page)
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_text("Options: ").click()
    page.get_by_label("may copy").check()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_label("Address of the new link").wait_for()


def shared(page: Page) -> None:
    links(page)
    Bench(page).open(page.get_by_label("Address of the new link").input_value())


def shared_without_amounts(page: Page) -> None:
    links(page)
    page.get_by_text("Options: ").click()
    page.get_by_label("sees no amounts").check()
    page.get_by_role("button", name="Make a link").click()
    Bench(page).open(page.get_by_label("Address of the new link").input_value())


def copy(page: Page) -> None:
    shared(page)
    page.get_by_role("link", name="Make a copy").click()
    page.wait_for_url("**/copy/")


def library(page: Page) -> None:
    saved(page)
    page.goto("/scenarios/")


def gallery(page: Page) -> None:
    page.goto("/examples/")


def missing(page: Page) -> None:
    page.goto("/nowhere/")


PAGES = (
    landing,
    example,
    with_mistakes,
    saved,
    links,
    shared,
    shared_without_amounts,
    copy,
    library,
    gallery,
    missing,
)
COMPLAINTS = {with_mistakes: "console error: .*422", missing: "console error: .*404"}
OpenPage = Callable[[Page], None]


@pytest.fixture
def expected_complaints(request: pytest.FixtureRequest) -> list[str]:
    """What some of the pages put on the console by being what they are."""
    opened = getattr(request.node, "callspec", None)
    complaint = opened and COMPLAINTS.get(opened.params.get("open_page"))
    if "said_aloud" in request.node.name:
        complaint = COMPLAINTS[with_mistakes]
    return [complaint] if complaint else []


@pytest.mark.parametrize("open_page", PAGES, ids=lambda page: page.__name__)
def test_axe_finds_no_fault_and_a_page_fits_its_screen_and_its_targets_the_finger(
    page: Page, open_page: OpenPage, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    open_page(page)
    faults = {}
    # Colours do not depend on the size, nor does the order of things on the brightness.
    for size, brightness in ((DESKTOP, "light"), (PHONE, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=brightness)
        faults[f"{brightness} at {size['width']}"] = accessibility_faults(page)
    if open_page is with_mistakes:
        page.get_by_text("Inputs", exact=True).click()
        faults["inputs on the phone"] = accessibility_faults(page)

    assert {place: found for place, found in faults.items() if found} == {}
    for size in (DESKTOP, PHONE, SMALLEST_PHONE):
        page.set_viewport_size(size)
        for side in page.locator(".sides span").all() or [None]:
            if side and side.is_visible():
                side.click()
            assert page.evaluate(SIDEWAYS_SCROLL) == 0, size
            assert page.evaluate(SMALL_TARGETS) == [], size


@pytest.mark.parametrize(
    ("key", "size"), [("Tab", DESKTOP), ("Shift+Tab", PHONE)], ids=["desktop", "phone"]
)
def test_the_tab_key_reaches_everything_and_the_focus_is_seen(
    page: Page, key: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)
    bench = Bench(page).open()
    if size is PHONE:
        page.get_by_text("Inputs", exact=True).click()
    tabbable = page.evaluate(TABBABLE)
    page.evaluate(START_OF_PAGE)
    visits: dict[int, list[dict[str, Any]]] = {}
    page.keyboard.press(key)
    if key == "Shift+Tab":  # at first out of the page, to the browser itself
        page.keyboard.press(key)
    while focus := page.evaluate(FOCUS):
        visits.setdefault(focus["place"], []).append(focus)
        page.keyboard.press(key)
    covered = [visit["words"] for place in visits.values() for visit in place if not visit["clear"]]
    # Within a date, the browser itself outlines the part that has the focus.
    unmarked = [
        place[0]["words"] for place in visits.values() if not any(v["outlined"] for v in place)
    ]

    radios = page.locator("[type=radio]").evaluate_all(
        "(radios) => radios.filter((radio) => !radio.checked).map((radio) => +radio.dataset.place)"
    )
    assert sorted({*tabbable} - {*visits} - {*radios}) == []
    assert covered == []
    assert unmarked == []
    expect(bench.status).to_have_text("Up to date.")


def test_every_chart_has_a_name_a_sentence_and_a_table_of_all_years(page: Page) -> None:
    Bench(page).open()
    for figure in FIGURES:
        place = page.locator(f"#figure-{figure}")
        title = place.get_by_role("heading").inner_text()
        expect(page.get_by_role("figure", name=title)).to_have_count(1)
        picture = place.get_by_role("img")
        if place.locator(".picture.empty").count():
            # What there is to say is the sentence, and it stands there.
            expect(picture).to_have_count(0)
            expect(place.locator(".chart-sentence")).to_be_visible()
        else:
            expect(picture).to_have_accessible_name(f"{title} {sentence_of(page, figure)}")
        expect(place.locator(".plot")).to_have_attribute("aria-hidden", "true")
        expect(place.locator(".plot :is(a, button, [tabindex])")).to_have_count(0)

        place.locator("summary").focus()
        page.keyboard.press("Enter")
        rows = place.get_by_role("table").locator("tbody").get_by_role("row")
        expect(rows).to_have_count(YEARS)
        for row in rows.all():
            expect(row.get_by_role("rowheader")).to_have_count(1)


def test_the_sentence_of_a_chart_follows_the_figures(page: Page) -> None:
    bench = Bench(page).open()
    before = {figure: sentence_of(page, figure) for figure in ("credit", "taxes", "total")}
    bench.type("years[0].wages", "600,000")

    for figure, sentence in before.items():
        assert sentence_of(page, figure) != sentence


def test_what_is_said_aloud_stays_in_its_place_while_it_is_the_same(page: Page) -> None:
    """What is put there anew is said anew, at each keystroke."""
    bench = Bench(page).open()
    bench.type("years[1].wages", "a lot")
    expect(bench.status).to_have_role("status")
    said = {
        place: page.locator(place).element_handle()
        for place in ("#status", "#save-state", "#mistakes [role=alert]")
    }
    for edit in ("600,000", "600,001"):
        bench.type("years[0].wages", edit)
    stayed = {place: each.evaluate("(line) => line.isConnected") for place, each in said.items()}

    assert stayed == dict.fromkeys(said, True)


def test_nothing_moves_for_those_who_asked_for_stillness(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    bench = Bench(page).open()
    bench.type("years[0].wages", "600,000")

    assert page.evaluate(MOVING) == []
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_the_first_tab_leads_past_the_header(page: Page) -> None:
    Bench(page).open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    expect(page.get_by_role("link", name="To the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    focused: bool = page.evaluate("() => document.activeElement.closest('main') !== null")
    assert focused


def sentence_of(page: Page, figure: str) -> str:
    return page.locator(f"#figure-{figure} .chart-sentence").inner_text()
