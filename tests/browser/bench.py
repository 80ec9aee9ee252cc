"""The bench as a person uses it: typing, waiting for the answer, reading figures and charts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page, Response

FIGURES = ("credit", "taxes", "income", "losses", "total")

# Whether Plotly shows what the newest JSON of the page says, in every chart that says anything.
# It is there for a mouse on a chart, and comes with one; where a test keeps it away, the pictures
# are enough.
CHARTS_ARE_CURRENT = """() => {
    const source = document.querySelector("#figures-data");
    if (!source) return false;
    if (!window.Plotly) {
        if (window.mouseStaysStill) return document.readyState === "complete";
        const mouse = { pointerType: "mouse", bubbles: true };
        const chart = document.querySelector("[data-figure]");
        chart.dispatchEvent(new PointerEvent("pointermove", mouse));
        return false;
    }
    const drawn = (trace) => JSON.stringify([trace.name, trace.x, trace.y]);
    return Object.entries(JSON.parse(source.textContent)).every(([figure, spec]) => {
        const plot = document.querySelector(`#plot-${figure}`);
        if (!spec.data.length) return !plot.closest("figure").classList.contains("drawn");
        const shown = plot.data ?? [];
        return shown.length === spec.data.length
            && shown.every((trace, place) => drawn(trace) === drawn(spec.data[place]));
    });
}"""


class Bench:
    """One tab on a page of the bench."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.results = page.locator("#results")
        self.status = page.locator("#status")
        self.headline = page.locator("#headline")
        self.summary = page.locator("#mistakes")
        self.year_table = page.locator("#year-table")

    def open(self, address: str = "/planner/") -> Bench:
        self.page.goto(address)
        self.unfold()
        self.wait_for_charts()
        return self

    def unfold(self) -> None:
        """Opens rows and panels that are told in a line."""
        self.page.eval_on_selector_all(
            "#inputs :is(.row, .panel-fold)", "(folds) => folds.forEach((f) => { f.open = true })"
        )

    def wait_for_charts(self) -> None:
        self.page.wait_for_function(CHARTS_ARE_CURRENT)

    def input(self, path: str) -> Locator:
        return self.page.locator(f'#inputs [name="{path}"]')

    def button(self, operation: str) -> Locator:
        # What takes a change back beside the words on it is a second button for the same.
        return self.page.locator(f'button[name="op"][value="{operation}"]:not(#change button)')

    @contextmanager
    def answer(self) -> Iterator[None]:
        """Waits for the answer to the edit that is made within, until the page has taken it."""
        with self.page.expect_response(_is_answer):
            yield
        expect(self.results).not_to_have_attribute("aria-busy", "true")
        self.wait_for_charts()

    def type(self, path: str, text: str) -> None:
        """Fills in an input, in a row that may be folded to one line, and waits for the answer."""
        self.input(path).evaluate(
            "(input) => { input.closest('details')?.setAttribute('open', '') }"
        )
        with self.answer():
            self.input(path).fill(text)

    def press(self, operation: str) -> None:
        """Presses a button of the rows and waits for the answer."""
        with self.answer():
            self.button(operation).click()

    def amount(self, row: str, year: int) -> str:
        """An amount of the year table."""
        return self.year_table.locator(f'[data-key="{row}"] td[data-year="{year}"]').inner_text()

    def amounts(self, row: str) -> list[str]:
        """A row of the year table."""
        return self.year_table.locator(f'[data-key="{row}"] td').all_inner_texts()

    def drawn(self, figure: str) -> dict[str, list[float | None]]:
        """What Plotly shows in a chart: the amounts by the names of the traces."""
        traces: dict[str, Any] = self.page.locator(f"#plot-{figure}").evaluate(
            "(plot) => Object.fromEntries((plot.data ?? []).map(({name, y}) => [name, y]))"
        )
        return traces

    def focused(self) -> str:
        """The name of the field that has the focus, or the operation of the button."""
        return str(
            self.page.evaluate(
                "() => { const { name, value } = document.activeElement;"
                " return name === 'op' ? value : name ?? '' }"
            )
        )

    def tab_to(self, place: Locator, *, backwards: bool = False, within: int = 400) -> None:
        """Presses Tab until the place has the focus, as one without a mouse does."""
        for _ in range(within):
            if place.evaluate("(element) => element === document.activeElement"):
                return
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        raise AssertionError(f"{within} times Tab do not reach {place}")


def _is_answer(response: Response) -> bool:
    return response.request.method == "POST"
