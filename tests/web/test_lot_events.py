"""The page of all lots, and the way to it from the results."""

from __future__ import annotations

from typing import Any

import pytest

from amtweb.worksheets.lot_words import event_in_words
from calculator import parse_scenario
from calculator.analysis.lot_ledger import LotEvent, lot_ledgers
from tests.web.reading import Element, Page
from tests.web.reports.subjects import HOSTILE, with_text
from tests.web.share_situations import EVERY_SITUATION
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db


def of(document: dict[str, Any]) -> Page:
    visitor = Visitor()
    scenario = visitor.saved(title="Kept")
    scenario.draft = document
    scenario.save()
    return visitor.page(f"{scenario.get_absolute_url()}lots/")


def cells(row: Element) -> dict[str, str]:
    """The amounts of a row by what they are."""
    return {
        cell.attributes["data-heading"]: cell.text
        for cell in row.elements
        if cell.tag == "td" and "data-heading" in cell.attributes
    }


def test_a_lot_sold_piecemeal_is_one_table() -> None:
    # 20,000 shares at 1.50, worth 21.50; 5,000 sold at 25 in 2028.
    page = Visitor().page("/examples/way-back/lots/")

    assert len([e for e in page.all("section") if e.attributes.get("class") == "lot"]) == 1
    sold = cells(page.find("sales-0"))
    assert sold["Shares"] == "−5,000"
    assert sold["Left"] == "15,000"
    assert sold["Basis"] == "$1.50"
    assert sold["AMT basis"] == "$21.50"
    assert sold["Gain"] == "$117,500long-term"
    assert sold["AMT gain"] == "$17,500long-term"
    assert sold["Left in AMT"] == "$300,000"


def test_every_row_of_the_results_leads_to_its_row_of_a_lot() -> None:
    visitor = Visitor()
    for place in ("/planner/", "/examples/slices/"):
        links = [
            e.attributes["href"]
            for e in visitor.page(place).all("a")
            if e.attributes.get("class") == "in-lot"
        ]
        assert links
        address = links[0].partition("#")[0]
        lots = visitor.page(address)
        for link in links:
            start, _, row = link.partition("#")
            assert start == address
            assert lots.find(row).tag == "tr"


def test_rows_that_are_only_begun_are_not_counted_on_the_way_to_a_lot() -> None:
    visitor = Visitor()
    visitor.edit(op="add:sales")
    fields = visitor.fields()
    last = max(int(name[6:].partition("]")[0]) for name in fields if name.startswith("sales["))
    first = {name: value for name, value in fields.items() if name.startswith("sales[0]")}
    # What was the first sale is typed into the row that was begun last, and the first row emptied.
    changes = {name.replace("[0]", f"[{last}]"): value for name, value in first.items()}
    changes |= {name: "" for name in first if not name.endswith(".from")}
    visitor.send(fields | changes)

    page = visitor.page()

    links = [e.attributes["href"] for e in page.all("a") if e.attributes.get("class") == "in-lot"]
    lots = visitor.page(links[0].partition("#")[0])
    assert all(lots.find(link.partition("#")[2]) for link in links)


def test_splits_vesting_and_parts_of_a_sale_are_rows_of_their_own() -> None:
    page = of(EVERY_SITUATION)

    text = page.root.text
    assert "Split: 4 new shares for each old one" in text
    assert "Vested, worth $30 a share" in text
    rows = [e for e in page.all("tr") if "sold" in e.attributes.get("class", "").split()]
    # The sale of shares of two vestings is two rows, one of which is led to.
    assert len(rows) == len(EVERY_SITUATION["sales"]) + 1
    assert len(set(page.ids)) == len(page.ids)


def test_every_event_has_words() -> None:
    worthless = {
        "schema_version": 1,
        "years": [{"year": 2025}],
        "holdings": [{"id": "h", "stock": "A", "acquired": "2020-01-01", "shares": 90, "basis": 1}],
        "splits": [{"id": "x", "stock": "A", "date": "2025-02-01", "ratio": 0.1}],
        "sales": [
            {
                "id": "w",
                "from": "h",
                "date": "2025-06-30",
                "shares": 9,
                "price": 0,
                "kind": "worthless",
            }
        ],
    }
    events: list[LotEvent] = [
        event
        for document in (EVERY_SITUATION, worthless)
        for ledger in lot_ledgers(parse_scenario(document))
        for event in ledger.events
    ]

    said = [event_in_words(event) for event in events]

    assert "Worthless: counts as sold for nothing" in said
    assert "Reverse split: one new share for 10 old ones" in said
    assert all(said)


def test_without_options_and_shares_it_says_so() -> None:
    bare = {"schema_version": 1, "years": [{"year": 2026}]}

    assert "no exercises and no holdings yet" in of(bare).root.text


@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_shown_as_they_were_typed(text: str) -> None:
    names = [e.text for e in of(with_text(text)).all("bdi")]

    assert any(text.replace("\n", " ")[:60] in name for name in names)


def test_years_of_the_scenario_lead_to_their_forms() -> None:
    visitor = Visitor()
    page = visitor.page("/examples/way-back/lots/")
    link = next(e for e in page.find("sales-0").elements if e.tag == "a")

    assert link.attributes["href"] == "../worksheets/2028/"
    assert visitor.page("/examples/way-back/worksheets/2028/")
