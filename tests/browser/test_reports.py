"""What is taken away, opened elsewhere: the report without a network, the charts as pictures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from amtweb.reports.drawings import HEIGHT, WIDTH
from tests.browser.bench import Bench

PNG = b"\x89PNG\r\n\x1a\n"
SIDEWAYS_SCROLL = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def report_file(page: Page, tmp_path: Path) -> Path:
    """The interactive report of the first example, as a browser saves it."""
    page.goto("/examples/erosion/download/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Interactive report").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name.endswith("-report.html")
    return file


def without_network(
    browser_context: Callable[..., BrowserContext], width: int = 1440, **options: object
) -> tuple[Page, list[str]]:
    """A window that can reach nothing, and what it asks for."""
    context = browser_context(offline=True, viewport={"width": width, "height": 900}, **options)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return context.new_page(), asked


@pytest.fixture
def apart(browser: object, expected_complaints: list[str]) -> Callable[..., BrowserContext]:
    """Contexts for files: the site's are watched, and allow no address but its own."""
    return browser.new_context  # type: ignore[attr-defined]


@pytest.mark.plotly
@pytest.mark.parametrize("width", [1440, 390])
def test_the_report_works_from_a_disk_without_a_network(
    report_file: Path, apart: Callable[..., BrowserContext], width: int
) -> None:
    page, asked = without_network(apart, width)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(report_file.as_uri())
    expect(page.locator("#figure-credit")).to_have_class(re.compile("drawn"))

    assert asked == [report_file.as_uri()]
    assert complaints == []
    assert not page.evaluate(SIDEWAYS_SCROLL)
    drawn = page.locator("#plot-credit").evaluate("(plot) => plot.data.map(({name}) => name)")
    specs = json.loads(page.locator("#figures-data").text_content() or "")
    assert drawn == [trace["name"] for trace in specs["credit"]["data"]]
    page.close()


@pytest.mark.plotly
def test_a_year_picked_in_the_report_is_picked_everywhere(
    report_file: Path, apart: Callable[..., BrowserContext]
) -> None:
    page, asked = without_network(apart)
    page.goto(report_file.as_uri())
    expect(page.locator("#figure-credit")).to_have_class(re.compile("drawn"))

    page.locator("#year-stepper").fill("2026")

    expect(page.locator("#readout-credit")).to_contain_text("2026: ")
    expect(page.locator("#readout-total")).to_contain_text("2026: ")
    expect(page.locator('.tiles [data-follows="amt"] .of-year')).to_have_text("2026")
    # And by pointing at a chart, whose label then names its amounts.
    box = page.locator("#plot-credit").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    expect(page.locator("#plot-credit .hoverlayer")).to_contain_text("Opening")
    assert asked == [report_file.as_uri()]
    page.close()


def test_the_report_shows_its_pictures_without_scripts(
    report_file: Path, apart: Callable[..., BrowserContext]
) -> None:
    page, asked = without_network(apart, java_script_enabled=False)
    page.goto(report_file.as_uri())

    for figure in ("credit", "taxes", "total"):
        assert page.locator(f"#picture-{figure} .bar").first.is_visible()
    assert not page.locator(".stepper").is_visible()
    assert page.locator("#year-table td").count() > 50
    assert asked == [report_file.as_uri()]
    page.close()


def test_the_report_has_no_faults_that_axe_finds(
    report_file: Path,
    apart: Callable[..., BrowserContext],
    accessibility_faults: Callable[[Page], list[str]],
) -> None:
    page, _ = without_network(apart, bypass_csp=True)
    page.goto(report_file.as_uri())
    expect(page.locator("#figure-credit")).to_have_class(re.compile("drawn"))

    assert accessibility_faults(page) == []
    page.close()


@pytest.mark.parametrize(
    ("address", "width"), [("/report/", 390), ("/download/", 1440), ("/import/", 390)]
)
def test_the_pages_have_no_faults_and_fit(
    page: Page,
    accessibility_faults: Callable[[Page], list[str]],
    address: str,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)

    assert accessibility_faults(page) == []
    assert not page.evaluate(SIDEWAYS_SCROLL)


@pytest.mark.parametrize("address", ["/planner/", "/report/"])
def test_a_chart_is_saved_as_png_of_twice_its_size(
    page: Page, tmp_path: Path, address: str
) -> None:
    page.goto(address)
    with page.expect_download() as download:
        page.get_by_role("link", name="PNG of AMT credit, year by year").click()
    file = tmp_path / "chart.png"
    download.value.save_as(file)

    assert download.value.suggested_filename.endswith("-credit.png")
    content = file.read_bytes()
    assert content.startswith(PNG)
    size = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    assert size == [2 * WIDTH, 2 * HEIGHT]
    # Not an empty canvas: it packs into much less.
    assert len(content) > 10_000


def test_a_picture_that_cannot_be_had_is_said(page: Page, expected_complaints: list[str]) -> None:
    expected_complaints.append("Failed to load resource")
    page.goto("/download/")
    page.route("**/credit.svg", lambda route: route.fulfill(status=503))

    page.get_by_role("link", name="PNG of AMT credit, year by year").click()

    expect(page.get_by_role("link", name="Not saved: try again")).to_be_visible()


def test_the_files_of_an_example_become_those_of_ones_own_with_the_first_edit(
    page: Page,
) -> None:
    bench = Bench(page).open("/examples/erosion/")
    link = page.get_by_role("link", name="Download")
    svg = page.get_by_role("link", name="SVG of AMT credit, year by year")
    expect(link).to_have_attribute("href", "/examples/erosion/download/")
    expect(svg).to_have_attribute("href", "/examples/erosion/report/credit.svg")

    bench.type("title", "My own")

    expect(link).to_have_attribute("href", "/download/")
    expect(svg).to_have_attribute("href", "/report/credit.svg")
    link.click()
    expect(page.get_by_role("link", name="← My own")).to_be_visible()


def test_a_saved_chart_opens_as_a_picture(page: Page) -> None:
    page.goto("/planner/")
    loaded = page.evaluate(
        """async () => {
            const image = new Image();
            image.src = "/report/credit.svg";
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        }"""
    )

    assert loaded == [WIDTH, HEIGHT]


def test_a_file_is_dropped_imported_and_taken_back(page: Page) -> None:
    document = {"schema_version": 1, "title": "Dropped", "years": [{"year": 2026, "wages": 1000}]}
    bench = Bench(page).open("/planner/")
    bench.type("title", "Mine before")
    page.goto("/import/")

    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.items.add(new File([text], "mine.json", { type: "application/json" }));
            for (const kind of ["dragover", "drop"]) {
                const options = { dataTransfer: data, bubbles: true, cancelable: true };
                document.body.dispatchEvent(new DragEvent(kind, options));
            }
        }""",
        json.dumps(document),
    )
    expect(page.get_by_text("mine.json is chosen: press Import.")).to_be_visible()
    page.keyboard.press("Enter")

    bench.wait_for_charts()
    expect(bench.input("title")).to_have_value("Dropped")
    bench.press("undo")
    expect(bench.input("title")).to_have_value("Mine before")


def test_text_is_pasted_and_stays_where_it_was_refused(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("Failed to load resource: .* 422")
    page.goto("/import/")
    page.get_by_text("Or paste its text").click()
    page.locator("#pasted").fill('{"schema_version": 1, "years": 7}')

    page.get_by_role("button", name="Import").click()

    expect(page.get_by_role("alert")).to_contain_text("years")
    expect(page.locator("#pasted")).to_have_value('{"schema_version": 1, "years": 7}')


def test_an_edit_that_is_too_large_says_so_and_leaves_what_is_typed(
    page: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("Failed to load resource: .* 413")
    bench = Bench(page).open("/planner/")

    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        bench.input("notes").fill("a" * (2 * 1024 * 1024 + 1))

    assert answer.value.status == 413
    expect(bench.status).to_contain_text("Not kept: ")
    assert len(bench.input("notes").input_value()) > 2 * 1024 * 1024
