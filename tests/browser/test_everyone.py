"""What axe does not ask of a page, asked of many pages in one browser context.

Each page is loaded once; what depends on the width, the contrast or the zoom is emulated on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.test_accessibility import SIDEWAYS_SCROLL, SMALL_TARGETS

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
FOUR_TIMES_AS_LARGE = {"width": 320, "height": 256}
"""What is left of 1280 by 1024 at a zoom of 400 %, which WCAG asks for; 200 % is milder."""

PAGES = (
    "/",
    "/planner/",
    "/explorer/",
    "/examples/",
    "/learn/",
    "/learn/credit/",
    "/glossary/",
    "/find-my-credit/",
    "/joint-or-separate/",
    "/compare/?with=bench&with=example:eso-primer-6",
    "/worksheets/2026/",
    "/report/",
    "/law/2026/",
    "/coverage/",
    "/privacy/",
    "/account/sign-up/",
    "/scenarios/",
)

# The one heading of the first level comes first, and none leaves a level out on the way down.
HEADINGS = """() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((heading) => heading.checkVisibility())
        .map((heading) => [Number(heading.tagName[1]), heading.textContent.trim().slice(0, 40)]);
    const faults = levels.filter(([level], place) =>
        place && level > levels[place - 1][0] + 1).map((found) => `leaves out a level: ${found}`);
    const first = levels.filter(([level]) => level === 1).length;
    return first === 1 ? faults : [...faults, `${first} headings of the first level`];
}"""

LANDMARKS = """() => {
    const faults = [];
    for (const name of ["main", "body > header", "body > footer"]) {
        const found = document.querySelectorAll(name).length;
        if (found !== 1) faults.push(`${found} of ${name}`);
    }
    const names = [...document.querySelectorAll("nav")]
        .map((nav) => nav.getAttribute("aria-label") || nav.getAttribute("aria-labelledby"));
    if (names.some((name) => !name)) faults.push("a nav without a name");
    if (new Set(names).size !== names.length) faults.push(`nav names: ${names}`);
    return faults;
}"""

# A chart has a name, a sentence, and the same in a table that can be unfolded beside it.
FIGURES = """() => [...document.querySelectorAll("figure:has(svg), figure:has(.plot)")]
    .filter((figure) => figure.checkVisibility())
    .map((figure) => {
        const of = (name) => figure.getAttribute(name);
        const named = of("aria-label") || of("aria-labelledby")
            || figure.querySelector("figcaption") ;
        const picture = figure.querySelector("svg:not(.lane-key)");
        const hidden = picture.closest("[aria-hidden=true]");
        const said = hidden || picture.closest("[role=img]")?.matches(
            "[aria-label], [aria-labelledby], :has(> title)");
        // A report has one table of all years for all of its charts.
        const around = figure.closest(".report") || figure.closest("section, article, .card")
            || document;
        const twin = figure.querySelector("table") || around.querySelector("table");
        return [named || "no name", said ? "" : "no words for the picture",
            twin ? "" : "no table", figure.id || figure.className];
    })
    .filter(([named, said, twin]) => named === "no name" || said || twin)
    .map((fault) => fault.slice(0, 4).map(String).join("; "))"""

# The words that one sees on a control are in its name, so that one can say them to it (2.5.3).
LABEL_IN_NAME = """() => [...document.querySelectorAll("a[aria-label], button[aria-label]")]
    .filter((element) => element.checkVisibility())
    .map((element) => {
        const plain = (text) => text.toLowerCase().replace(/[^a-z0-9$]+/g, " ").trim();
        const seen = [...element.querySelectorAll("*")].some((inner) =>
            inner.getAttribute("aria-hidden") === "true") ? "" : plain(element.innerText);
        return [seen, plain(element.getAttribute("aria-label"))];
    })
    .filter(([seen, name]) => seen && !name.includes(seen))
    .map(([seen, name]) => `${seen} is called ${name}`)"""

# A live region is polite, and is not the whole of what changes.
LIVE_REGIONS = """() => [...document.querySelectorAll("[aria-live], [role=status], [role=alert]")]
    .filter((region) => region.getAttribute("aria-live") === "assertive"
        || region.textContent.trim().length > 400
        || region.querySelector("table, form, figure, h1"))
    .map((region) => region.outerHTML.slice(0, 120))"""

# Where colours are the reader's own, a control still has an edge, and a chart's marks differ from
# the paper they are on.
FORCED = """() => {
    const faults = [];
    const UNEDGED = ".link, .term, .year-button, .default-button, summary,"
        + " [type=range], [type=radio], [type=checkbox]";
    for (const control of document.querySelectorAll("button, input, select, textarea, .button")) {
        if (!control.checkVisibility() || control.matches(UNEDGED)) continue;
        const { borderTopWidth, borderTopStyle, textDecorationLine } = getComputedStyle(control);
        const edged = parseFloat(borderTopWidth) > 0 && borderTopStyle !== "none";
        if (!edged && textDecorationLine === "none") faults.push(control.outerHTML.slice(0, 90));
    }
    for (const legend of document.querySelectorAll(".chart-legend")) {
        const keys = [...legend.querySelectorAll(".key")].map((key) => {
            const { backgroundColor, backgroundImage, borderTopColor, borderTopStyle }
                = getComputedStyle(key, "::before");
            return [backgroundColor, backgroundImage, borderTopColor, borderTopStyle].join();
        });
        if (new Set(keys).size !== keys.length) faults.push(`keys alike: ${legend.innerText}`);
    }
    const chosen = document.querySelector(".sides input:checked + span");
    const other = document.querySelector(".sides input:not(:checked) + span");
    const edge = (element) => getComputedStyle(element).borderBottomColor;
    if (chosen && edge(chosen) === edge(other)) faults.push("Inputs and Results look alike");
    for (const bar of document.querySelectorAll(".picture .bar, .picture .line")) {
        const { fill, stroke } = getComputedStyle(bar);
        const paper = getComputedStyle(bar.closest(".chart, figure, body")).backgroundColor;
        const seen = [fill, stroke].some((colour) =>
            colour !== "none" && colour !== paper && !/^rgba.* 0\\)$/.test(colour));
        if (!seen && bar.getBoundingClientRect().height) faults.push(bar.outerHTML.slice(0, 90));
    }
    return faults;
}"""


def test_every_page_is_in_order_named_reachable_and_fits(page: Page) -> None:
    """One visit a page, for all of it: the visits are what takes time."""
    faults: dict[str, list[str]] = {}

    def ask(question: str, what: str, address: str) -> None:
        found = page.evaluate(question)
        if found:
            faults[f"{address} {what}"] = found

    for address in PAGES:
        page.set_viewport_size(DESKTOP)
        page.goto(address)
        ask(HEADINGS, "headings", address)
        ask(LANDMARKS, "landmarks", address)
        ask(FIGURES, "figures", address)
        ask(LABEL_IN_NAME, "label in name", address)
        ask(LIVE_REGIONS, "live regions", address)
        ask(SMALL_TARGETS, "targets", address)
        page.emulate_media(forced_colors="active")
        ask(FORCED, "forced colours", address)
        page.emulate_media(forced_colors="none")
        page.set_viewport_size(PHONE)
        ask(SMALL_TARGETS, "targets on a phone", address)
        page.set_viewport_size(FOUR_TIMES_AS_LARGE)
        ask(SIDEWAYS_SCROLL, "sideways scroll", address)

    assert not faults, "\n".join(f"{place}: {found}" for place, found in faults.items())
