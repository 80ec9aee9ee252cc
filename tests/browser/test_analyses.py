"""The panels of the analyses in the browser: opened, asked, applied, taken back."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from amtweb.analyses.panels import PANELS
from tests.browser.bench import Bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Locator, Page
    from playwright.sync_api import Route as PageRoute

pytestmark = pytest.mark.django_db(transaction=True)

DEFAULT = "way-back"
FITTING = {"pairing": "pairing-alone", "deductions": "astra-price-stays-standard"}
CHANGES = {
    "pairing": ("upto", "120,000"),
    "crossover": ("budget", "20,000"),
    "sale-prices": ("prices", "5 10 15"),
    "sale-years": ("price", "12"),
    "exercise-plan": ("amt", "20,000"),
    "deductions": ("credit_value", "100"),
    "laws": ("parameter", "amt.exemption"),
    "price-risk": ("volatility", "90"),
    "cash": ("withholding", "60,000"),
    "why": ("to_year", "2030"),
}
"""A control of each panel, and what is put into it."""
EVERY = [pytest.param(panel, id=panel.slug) for panel in PANELS if panel.slug in CHANGES]
PROPOSING = [each for each in EVERY if each.id not in ("price-risk", "why")]
# Where every third is asked, all are asked without a browser.
PHONE = {"width": 390, "height": 844}
PATIENCE = 30_000
APPLIES = ".proposals button:visible, [data-applies-slider]"
"""What a panel proposes to a page with scripts."""
"""Milliseconds for an analysis that plans, on a machine that is busy."""


class Analyses(Bench):
    """The bench with its panels."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = page.locator("#analysis")
        self.answered = page.locator("#analysis-answer")

    def ask(self, slug: str) -> None:
        """Opens a panel and waits for its answer."""
        self.page.locator(f'[data-analysis="{slug}"]').click()
        expect(self.panel.locator("[data-said]").first).to_be_visible(timeout=PATIENCE)

    @contextmanager
    def asked_again(self) -> Iterator[None]:
        """Waits until the open panel has answered anew."""
        with self.page.expect_response(
            lambda response: "/analyses/" in response.url, timeout=PATIENCE
        ):
            yield
        expect(self.panel.locator("#ask")).not_to_have_class(re.compile("htmx-request"))

    def control(self, name: str) -> Locator:
        return self.panel.locator(f'[name="ask-{name}"]')

    def put(self, name: str, text: str) -> None:
        """Changes a control and waits for the answer."""
        control = self.control(name)
        with self.asked_again():
            if control.evaluate("(element) => element.tagName") == "SELECT":
                control.select_option(text)
            else:
                control.fill(text)


@pytest.fixture
def analyses(page: Page) -> Analyses:
    return Analyses(page)


def typed(analyses: Analyses) -> dict[str, Any]:
    """What stands in the inputs."""
    values: dict[str, Any] = analyses.page.evaluate(
        "() => Object.fromEntries([...new FormData(document.querySelector('#bench'))]"
        ".filter(([name]) => /^(title|law|household|opening|years|grants|exercises|holdings|sales)"
        "\\b/.test(name)))"
    )
    return values


@pytest.mark.parametrize("panel", EVERY[::3])
def test_a_panel_answers_with_a_picture_and_answers_again_when_a_control_changes(
    analyses: Analyses, panel: Any
) -> None:
    analyses.open(f"/examples/{FITTING.get(panel.slug, DEFAULT)}/")
    analyses.ask(panel.slug)
    expect(analyses.panel.locator("svg[role=img]").first).to_be_visible()
    first = analyses.answered.inner_text()

    analyses.put(*CHANGES[panel.slug])

    expect(analyses.panel.locator("[data-said]").first).to_be_visible()
    assert analyses.answered.inner_text() != first


@pytest.mark.parametrize("panel", PROPOSING[::3])
def test_what_is_proposed_is_applied_with_one_click_and_undone_with_another(
    analyses: Analyses, panel: Any
) -> None:
    analyses.open(f"/examples/{FITTING.get(panel.slug, DEFAULT)}/")
    analyses.ask(panel.slug)
    proposal = analyses.panel.locator(APPLIES).first
    before = typed(analyses)

    with analyses.asked_again():
        proposal.click()
    expect(analyses.status).to_contain_text("Up to date")
    after = typed(analyses)
    with analyses.asked_again():
        analyses.button("undo").click()

    expect(analyses.status).to_contain_text("Undone")
    assert after != before
    assert typed(analyses) == before


@pytest.mark.parametrize("panel", EVERY[1::3])
def test_a_panel_fits_a_phone_and_axe_finds_no_fault(
    new_context: Callable[..., BrowserContext],
    accessibility_faults: Callable[[Page], list[str]],
    panel: Any,
) -> None:
    analyses = Analyses(new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page())
    analyses.page.goto(f"/examples/{FITTING.get(panel.slug, DEFAULT)}/")
    analyses.ask(panel.slug)

    width = analyses.page.evaluate("() => document.documentElement.scrollWidth")

    assert width <= PHONE["width"]
    assert accessibility_faults(analyses.page) == []


def test_the_slider_reads_the_curve_and_applies_the_gain_where_it_stands(
    analyses: Analyses,
) -> None:
    analyses.open("/examples/pairing-alone/")
    analyses.ask("pairing")
    apply = analyses.panel.locator("[data-applies-slider]")
    expect(apply).to_be_enabled()

    slider = analyses.panel.locator("[data-curve]")
    slider.focus()
    analyses.page.keyboard.press("Home")
    expect(apply).to_be_disabled()
    for _ in range(50):
        analyses.page.keyboard.press("ArrowRight")
    gain = analyses.panel.locator(".curve-slider output").inner_text()

    assert slider.get_attribute("aria-valuetext") == gain
    expect(apply).to_have_text(f"Realize {gain} of long-term gain in 2024")
    with analyses.asked_again():
        apply.click()
    whole = analyses.input("years[0].long_term_gain").input_value()
    assert f"${whole}" == gain


def test_the_job_is_done_by_keyboard_alone(analyses: Analyses) -> None:
    analyses.open("/examples/pairing-alone/")
    keyboard = analyses.page.keyboard
    analyses.page.locator('[data-analysis="pairing"]').focus()
    keyboard.press("Enter")
    expect(analyses.page.locator("#analysis-title")).to_be_focused()

    analyses.tab_to(analyses.control("upto"))
    with analyses.asked_again():
        keyboard.type("150k")
    with analyses.asked_again():
        keyboard.press("Enter")
    analyses.tab_to(analyses.panel.locator(APPLIES).first)
    with analyses.asked_again():
        keyboard.press("Enter")
    expect(analyses.button("undo")).not_to_have_attribute("aria-disabled", "true")
    analyses.tab_to(analyses.panel.locator("[data-closes-analysis]"), backwards=True)
    keyboard.press("Enter")

    expect(analyses.page.locator('[data-analysis="pairing"]')).to_be_focused()
    expect(analyses.panel).to_be_empty()


def test_a_mistake_in_a_control_is_marked_there_and_goes_away(
    analyses: Analyses, expected_complaints: list[str]
) -> None:
    expected_complaints.append(r"status of 422")
    analyses.open("/examples/pairing-alone/")
    analyses.ask("pairing")
    with analyses.asked_again():
        analyses.control("upto").fill("much")
    expect(analyses.control("upto")).to_have_attribute("aria-invalid", "true")
    expect(analyses.answered).to_contain_text("Enter an amount")

    analyses.put("upto", "100,000")

    expect(analyses.control("upto")).not_to_have_attribute("aria-invalid", "true")


def test_one_sentence_of_the_answer_is_announced_once_it_rests(analyses: Analyses) -> None:
    analyses.open("/examples/pairing-alone/")
    analyses.ask("pairing")

    said = analyses.panel.locator("[data-said]").first.inner_text()

    expect(analyses.page.locator("#analysis-said")).to_have_text(said)


def test_an_edit_of_the_inputs_asks_the_open_panel_again(analyses: Analyses) -> None:
    analyses.open("/examples/pairing-alone/")
    analyses.ask("pairing")
    first = analyses.answered.inner_text()

    with analyses.asked_again():
        analyses.input("sales[0].price").fill("30")

    expect(analyses.answered).not_to_have_text(first)


def test_many_paths_grow_until_they_are_stopped(analyses: Analyses) -> None:
    on_the_way: list[PageRoute] = []

    def hold_the_next_step(route: PageRoute) -> None:
        if "so_far=20000" in (route.request.post_data or ""):
            on_the_way.append(route)
        else:
            route.continue_()

    analyses.page.route("**/analyses/**", hold_the_next_step)
    analyses.open(f"/examples/{DEFAULT}/")
    analyses.ask("price-risk")
    analyses.put("paths", "100,000")
    progress = analyses.panel.locator("progress")
    expect(progress).to_have_attribute("value", "10000", timeout=PATIENCE)

    with analyses.page.expect_event("requestfailed"):
        analyses.panel.locator("[data-stops]").click()

    expect(analyses.panel.locator(".progress label")).to_contain_text("stopped")
    analyses.page.wait_for_timeout(500)
    assert len(on_the_way) == 1
    expect(progress).to_have_attribute("value", "10000")


def test_all_paths_are_there_in_the_end(analyses: Analyses) -> None:
    analyses.open(f"/examples/{DEFAULT}/")
    analyses.ask("price-risk")

    analyses.put("paths", "30,000")

    expect(analyses.panel.locator("progress")).to_have_count(0, timeout=PATIENCE)
    expect(analyses.panel.locator(".fan").first).to_be_visible()


def test_a_control_changed_while_paths_are_growing_begins_anew(analyses: Analyses) -> None:
    analyses.open(f"/examples/{DEFAULT}/")
    analyses.ask("price-risk")
    analyses.put("paths", "100,000")

    analyses.put("paths", "5,000")

    expect(analyses.panel.locator("progress")).to_have_count(0, timeout=PATIENCE)


def test_without_scripts_a_question_is_answered_applied_and_undone(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/examples/pairing-alone/")
    page.locator('[data-analysis="pairing"]').click()
    page.locator('[name="ask-upto"]').fill("50,000")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".findings")).to_contain_text("Taking $50,000")

    page.locator(".proposals button").first.click()
    gain = page.locator('[name="years[0].long_term_gain"]')
    assert gain.input_value() not in ("", "0")
    page.locator("#undo-step").click()

    assert gain.input_value() in ("", "0")
