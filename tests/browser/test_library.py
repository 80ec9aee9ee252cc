"""The list of saved scenarios as a person uses it: by mouse, by keyboard, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from amtweb.scenarios import quotas
from amtweb.scenarios.bench import result_of
from amtweb.scenarios.gallery import examples
from amtweb.scenarios.headline import figures_of
from amtweb.scenarios.models import Scenario
from tests.browser.bench import Bench

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
SIDEWAYS_SCROLL = """() => document.scrollingElement.scrollWidth
    - document.scrollingElement.clientWidth"""
TITLES = (
    "Exercise in March",
    "Sell in 2028",
    "<b>Bold</b> & Co",
    "\u202eturned around",
    "W" * 120,
    "",
)


def key_of(page: Page) -> str:
    """The digest by which the site knows the browser, which has saved one scenario before."""
    Bench(page).open()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/scenarios/*/")
    saved = Scenario.objects.get(public_id=page.url.split("/")[-2])
    saved.delete()
    return saved.visitor


def stock(digest: str, count: int) -> None:
    """Puts scenarios on the shelf of a browser, as many as no browser could save by itself."""
    offered = list(examples())
    for number in range(count):
        document = offered[number % len(offered)].document
        title = TITLES[number] if number < len(TITLES) else f"Number {number}"
        document["title"] = title
        made = Scenario.objects.create(visitor=digest, title=title, draft=document)
        made.make_revision(document, figures_of(result_of(document)))


@pytest.fixture
def stocked(page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(quotas, "IN_A_BROWSER", len(TITLES))
    stock(key_of(page), len(TITLES))
    page.goto("/scenarios/")
    return page


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=title, exact=True))


def act(page: Page, title: str, action: str) -> None:
    page.get_by_label(f"Actions for {title}", exact=True).click()
    row(page, title).get_by_text(action, exact=True).click()


def said(page: Page) -> Locator:
    return page.locator("#library-said")


def test_searching_happens_as_one_types_and_is_announced(stocked: Page) -> None:
    search = stocked.get_by_role("searchbox")
    search.press_sequentially("march")

    expect(stocked.locator("tbody").get_by_role("row")).to_have_count(1)
    expect(said(stocked)).to_have_text("1 of 6 scenarios with “march”")
    expect(said(stocked)).to_have_role("status")
    expect(search).to_be_focused()
    expect(search).to_have_value("march")
    expect(stocked).to_have_url(re.compile(r"\?q=march$"))

    stocked.reload()
    expect(stocked.locator("tbody").get_by_role("row")).to_have_count(1)
    stocked.get_by_role("searchbox").fill("")
    expect(stocked.locator("tbody").get_by_role("row")).to_have_count(6)


def test_a_head_sorts_and_keeps_the_focus(stocked: Page) -> None:
    head = stocked.get_by_role("link", name="Scenario", exact=True)
    head.focus()
    stocked.keyboard.press("Enter")

    expect(stocked.get_by_role("columnheader", name="Scenario")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(stocked.get_by_role("link", name="Scenario", exact=True)).to_be_focused()
    stocked.keyboard.press("Enter")
    expect(stocked.get_by_role("columnheader", name="Scenario")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_deleting_and_undoing_by_keyboard_alone(stocked: Page) -> None:
    rows = stocked.locator("tbody").get_by_role("row")
    bench = Bench(stocked)
    bench.tab_to(stocked.get_by_label("Actions for Sell in 2028"))
    stocked.keyboard.press("Enter")
    bench.tab_to(row(stocked, "Sell in 2028").get_by_role("button", name="Delete"))
    stocked.keyboard.press("Enter")

    expect(rows).to_have_count(5)
    expect(said(stocked)).to_contain_text("Deleted “Sell in 2028”.")
    # Newest first: the one below it was made before it.
    expect(stocked.get_by_role("link", name="Exercise in March")).to_be_focused()

    bench.tab_to(said(stocked).get_by_role("button", name="Undo"), backwards=True)
    stocked.keyboard.press("Enter")
    expect(rows).to_have_count(6)
    expect(said(stocked)).to_contain_text("Put back “Sell in 2028”.")
    expect(stocked.get_by_role("link", name="Sell in 2028")).to_be_focused()


def test_the_last_one_deleted_leaves_the_focus_with_the_message(stocked: Page) -> None:
    stocked.get_by_label("All").check()
    stocked.get_by_role("group", name="With the chosen").get_by_role(
        "button", name="Delete"
    ).click()

    expect(said(stocked)).to_contain_text("Deleted 6 scenarios.")
    expect(said(stocked)).to_be_focused()
    said(stocked).get_by_role("button", name="Undo").click()
    expect(stocked.locator("tbody").get_by_role("row")).to_have_count(6)


def test_a_menu_closes_by_escape_and_by_going_elsewhere(stocked: Page) -> None:
    menu = stocked.get_by_label("Actions for Sell in 2028")
    items = row(stocked, "Sell in 2028").locator(".menu-items")
    menu.click()
    expect(items).to_be_visible()
    stocked.keyboard.press("Escape")
    expect(items).to_be_hidden()
    expect(menu).to_be_focused()

    menu.click()
    stocked.get_by_label("Actions for Exercise in March").click()
    expect(items).to_be_hidden()
    stocked.get_by_role("heading", name="Saved scenarios").click()
    expect(stocked.locator(".menu-items:visible")).to_have_count(0)


def test_renaming_in_its_place(stocked: Page, expected_complaints: list[str]) -> None:
    expected_complaints.append("console error: .*422")
    act(stocked, "Sell in 2028", "Rename")
    box = stocked.get_by_label("New title of Sell in 2028")
    expect(box).to_be_focused()
    box.fill("bad\x07title")
    stocked.keyboard.press("Enter")
    expect(stocked.locator("#rename-mistake")).to_be_visible()
    expect(box).to_have_value("bad\x07title")

    box.fill("Sell in 2029")
    stocked.keyboard.press("Enter")
    expect(stocked.get_by_role("link", name="Sell in 2029")).to_be_focused()
    expect(said(stocked)).to_contain_text("Renamed to “Sell in 2029”.")


def test_archiving_and_finding_it_again(stocked: Page) -> None:
    act(stocked, "Sell in 2028", "Archive")
    expect(said(stocked)).to_contain_text("Archived “Sell in 2028”.")
    stocked.get_by_role("link", name="Archived 1").click()
    expect(stocked.get_by_role("link", name="Sell in 2028")).to_be_visible()
    act(stocked, "Sell in 2028", "Unarchive")
    expect(stocked.get_by_text("Nothing is archived.")).to_be_visible()


def test_two_chosen_are_compared(stocked: Page) -> None:
    compare = stocked.get_by_role("button", name="Compare")
    compare.click()
    expect(said(stocked)).to_contain_text("choose two, three or four")
    stocked.get_by_label("Choose Sell in 2028").check()
    stocked.get_by_label("Choose Exercise in March").check()
    expect(stocked.locator(".chosen-count")).to_have_text("2 chosen")
    compare.click()

    stocked.wait_for_url(re.compile(r"/compare/\?with=.+&with=.+"))


def test_a_full_browser_is_told_and_loses_nothing(
    stocked: Page, expected_complaints: list[str]
) -> None:
    expected_complaints.append("console error: .*409")
    act(stocked, "Sell in 2028", "Duplicate")
    expect(said(stocked)).to_contain_text("This browser keeps up to 6 saved scenarios")

    bench = Bench(stocked).open()
    bench.type("years[0].wages", "345,678")
    bench.page.get_by_role("button", name="Save").click()
    expect(bench.status).to_contain_text("Not saved, and still here.")
    expect(bench.status.get_by_role("link", name="make an account")).to_be_visible()
    bench.page.reload()
    expect(bench.input("years[0].wages")).to_have_value("345,678")


def test_a_new_one_opens_at_once(page: Page) -> None:
    page.goto("/scenarios/")
    page.get_by_label("Title").fill("From an example")
    page.get_by_label("Begins with").select_option(label=examples()[2].title)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url("**/scenarios/*/")

    expect(page.locator('#inputs [name="title"]')).to_have_value("From an example")
    page.goto("/scenarios/")
    expect(page.get_by_role("link", name="From an example")).to_be_visible()


def test_all_of_a_browser_can_be_forgotten(stocked: Page) -> None:
    stocked.get_by_role("link", name="Forget everything").click()
    stocked.get_by_role("button", name="Forget everything").click()
    stocked.goto("/scenarios/")

    expect(stocked.get_by_text("Nothing is saved yet.")).to_be_visible()
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("shelf", ["current", "deleted", "renaming"])
def test_axe_finds_no_fault_and_all_fits(
    stocked: Page, shelf: str, accessibility_faults: Callable[[Page], list[str]]
) -> None:
    if shelf == "deleted":
        act(stocked, "Sell in 2028", "Delete")
        expect(said(stocked)).to_contain_text("Sell in 2028")
        stocked.goto("/scenarios/?show=deleted")
    if shelf == "renaming":
        act(stocked, "Sell in 2028", "Rename")
        expect(stocked.get_by_label("New title of Sell in 2028")).to_be_visible()
    for size in ({"width": 800, "height": 600}, {"width": 320, "height": 568}):
        stocked.set_viewport_size(size)
        assert stocked.evaluate(SIDEWAYS_SCROLL) == 0, size
    for size, brightness in ((DESKTOP, "light"), (PHONE, "dark")):
        stocked.set_viewport_size(size)
        stocked.emulate_media(color_scheme=brightness)
        assert accessibility_faults(stocked) == [], (size, brightness)


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, page: Page, new_context: Callable[..., BrowserContext]) -> Page:
        stock(key_of(page), 3)
        context = new_context(java_script_enabled=False)
        context.add_cookies(page.context.cookies())
        plain = context.new_page()
        plain.goto("/scenarios/")
        return plain

    def test_everything_works(self, plain: Page) -> None:
        plain.get_by_role("searchbox").fill("sell")
        plain.get_by_role("button", name="Search").click()
        expect(plain.locator("tbody").get_by_role("row")).to_have_count(1)

        act(plain, "Sell in 2028", "Rename")
        plain.get_by_label("New title").fill("Sell in 2029")
        plain.get_by_role("button", name="Rename").click()
        expect(said(plain)).to_contain_text("Renamed to “Sell in 2029”.")
        expect(plain).to_have_url(re.compile(r"\?q=sell$"))

        act(plain, "Sell in 2029", "Delete")
        expect(said(plain)).to_be_focused()
        said(plain).get_by_role("button", name="Undo").click()
        expect(plain.get_by_role("link", name="Sell in 2029")).to_be_visible()

        plain.get_by_label("Choose Sell in 2029").check()
        plain.get_by_role("group", name="With the chosen").get_by_role(
            "button", name="Archive"
        ).click()
        plain.get_by_role("link", name="Archived 1").click()
        expect(plain.get_by_role("link", name="Sell in 2029")).to_be_visible()
