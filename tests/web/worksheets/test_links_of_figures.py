"""Every figure of the results leads to the line of a form that it stands on."""

from __future__ import annotations

import re
from typing import Any

import pytest

from amtweb.scenarios.charts.money_words import whole
from amtweb.scenarios.gallery import example
from calculator import evaluate, parse_scenario
from tests.web.reading import Element, Page
from tests.web.share_situations import EVERY_SITUATION
from tests.web.visitors import Visitor
from tests.web.worksheets.walk import Walker, amount_of, in_dollars, of_class, on_the_bench

pytestmark = pytest.mark.django_db

SCENARIOS = [
    pytest.param(EVERY_SITUATION, id="every situation"),
    pytest.param(example("erosion").document, id="erosion"),
    pytest.param(example("eso-primer-6").document, id="flat"),
]
NAME = re.compile(r"^(?P<figure>[A-Z].+) (?P<year>[0-9]{4}), (?P<text>\S+): to (?P<place>.+)$")


def name_of(link: Element) -> str:
    return link.attributes.get("aria-label") or link.attributes["title"]


def figures_of(page: Page) -> list[Element]:
    """The links of figures; those of years lead to the law."""
    return [each for each in of_class(page, "to-line") if "worksheets" in each.attributes["href"]]


@pytest.mark.parametrize("document", SCENARIOS)
def test_a_figure_is_the_amount_of_the_line_that_it_leads_to(document: dict[str, Any]) -> None:
    walker = Walker(on_the_bench(document))
    years = len(document["years"])
    figures = figures_of(walker.page("/planner/"))

    for link in figures:
        said = NAME.match(name_of(link))
        assert said is not None, name_of(link)
        assert said["text"] == link.text
        line = walker.target(link, of="/planner/")
        # A credit that is used is a minus in one of the tables.
        assert abs(in_dollars(link.text)) == abs(whole(amount_of(line))), name_of(link)
    # The year table, the tables beside the charts, and the headline.
    assert len(figures) >= years * (18 + 5 + 4 + 4 + 6) + 5


@pytest.mark.parametrize("document", SCENARIOS)
def test_every_amount_of_the_tables_is_linked(document: dict[str, Any]) -> None:
    page = Walker(on_the_bench(document)).page("/planner/")

    for table in ("year-table", "table-credit", "table-taxes", "table-losses", "table-total"):
        cells = [each for each in page.find(table).elements if each.tag == "td"]
        assert cells
        for cell in cells:
            (link,) = of_class(cell, "to-line")
            assert link.text == cell.text


def test_a_figure_is_called_by_what_it_is_where_it_leads_to() -> None:
    names = {name_of(each) for each in figures_of(Walker().page("/planner/"))}

    assert "AMT 2026, $115,148: to Form 6251 line 11" in names
    assert any(
        name.startswith("AMT credit used 2027, ") and name.endswith(": to Form 8801 line 25")
        for name in names
    )
    assert "AMT credit left 2026, $115,148: to Form 8801 of 2027 line 21" in names
    assert any(name.startswith("Federal tax 2035, ") for name in names)


def test_the_amount_of_a_sentence_is_linked_and_the_sentence_stays_whole() -> None:
    page = Walker().page("/examples/astra-price-falls-standard/")
    (heading,) = page.all("h1")

    paid, left = of_class(heading, "to-line")
    assert heading.text == (
        "AMT costs $271,388 in 2024; $146,531 of it comes back by 2031"
        " and $124,857 is still to come back after 2031."
    )
    assert paid.text == "$271,388"
    assert paid.attributes["href"].endswith("#form_6251-11")
    assert left.text == "$124,857"
    assert left.attributes["href"].endswith("#figures-credit_balance")


def test_after_an_edit_of_an_example_figures_lead_to_the_bench() -> None:
    visitor = Visitor()
    before = visitor.page("/examples/erosion/")
    edit = {"years[0].wages": "222,222"}
    after = visitor.send(before.fields(), "/planner/", htmx=True, **edit).content
    walker = Walker(visitor)
    page = Page(after)
    targets = {each.attributes["href"].partition("#")[0] for each in figures_of(page)}

    assert all(
        each.attributes["href"].startswith("/examples/erosion/worksheets/")
        for each in figures_of(before)
    )
    assert all(target.startswith("/worksheets/") for target in targets)
    for target in targets:
        assert not of_class(walker.page(target), "changed")


def test_what_is_not_kept_anywhere_has_no_lines() -> None:
    assert figures_of(Walker().page("/blank/")) == []


def test_two_versions_of_a_scenario_have_no_lines_before_one_is_chosen() -> None:
    visitor = Visitor()
    saved = visitor.saved()
    stale = visitor.fields(saved.get_absolute_url())
    visitor.edit(saved.get_absolute_url(), htmx=False, **{"years[0].wages": "111,111"})
    visitor.send(stale, saved.get_absolute_url(), htmx=False, **{"years[0].wages": "222,222"})

    page = visitor.page(saved.get_absolute_url())

    assert page.find("conflict").text.strip()
    assert figures_of(page) == []


def test_every_year_leads_to_the_law_it_is_computed_with() -> None:
    document = EVERY_SITUATION | {"law": {"path": "sunset", "indexing_rate": 0.0325}}
    walker = Walker(on_the_bench(document))
    links = [
        each
        for each in of_class(walker.page("/planner/"), "to-line")
        if each.attributes["href"].startswith("/law/")
    ]
    laws = [each.law for each in evaluate(parse_scenario(document)).years]

    assert [name_of(each) for each in links] == [
        f"Parameters of {year}: {law}" for year, law in zip((2024, 2025, 2026), laws, strict=True)
    ]
    for link in links:
        assert "status=married_filing_jointly" in link.attributes["href"]
        assert "path=sunset" in link.attributes["href"]
        assert "indexing=3.25" in link.attributes["href"]
        walker.target(link, of="/planner/")


def test_the_law_of_a_year_is_that_of_its_own_filing_status() -> None:
    years = [{"year": 2026}, {"year": 2027, "household": {"filing_status": "head_of_household"}}]
    walker = Walker(on_the_bench({"schema_version": 1, "years": years}))

    links = [each.attributes["href"] for each in of_class(walker.page("/planner/"), "to-line")]
    assert any("/law/2026/?status=single&" in href for href in links)
    assert any("/law/2027/?status=head_of_household&" in href for href in links)


def test_exercises_and_sales_lead_to_their_places_in_the_forms() -> None:
    walker = Walker()
    address = "/examples/astra-price-falls-standard/"
    links = of_class(walker.page(address), "in-forms")

    targets = [walker.target(link, of=address) for link in links]

    assert [each.attributes["id"] for each in targets] == ["form_6251-2i", "schedule_d-sales-0"]
    assert amount_of(targets[0]) == 985_000
