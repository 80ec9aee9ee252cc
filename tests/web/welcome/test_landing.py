"""The first page: an example computed from the numbers of its address."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client

from tests.web.reading import Page
from tests.web.visitors import HTMX

pytestmark = pytest.mark.django_db

BRACKETS_2026 = ((12_400, 0.10), (50_400, 0.12), (105_700, 0.22), (201_775, 0.24))
"""Rev. Proc. 2025-32, single: up to, rate."""
STANDARD, EXEMPTION, PHASE_OUT, BREAK = 16_100, 90_100, 500_000, 244_500
"""Of 2026, single: standard deduction; AMT exemption, where it begins to go, 26% up to."""
WAGES = 200_000


def amt_of_2026(spread: float) -> float:
    """The two taxes of wages and a spread, worked out from the figures of the law."""
    taxable = WAGES - STANDARD
    below = regular = 0.0
    for top, rate in BRACKETS_2026:
        regular += rate * max(0.0, min(taxable, top) - below)
        below = top
    income = WAGES + spread
    base = income - max(0.0, EXEMPTION - 0.5 * max(0.0, income - PHASE_OUT))
    return 0.26 * base + 0.02 * max(0.0, base - BREAK) - regular


def page(**asked: str) -> Page:
    return Page(Client().get("/", asked).content)


def headline(**asked: str) -> str:
    return page(**asked).find("example-headline").text


def costs(**asked: str) -> str:
    return " ".join(page(**asked).find("example-costs").text.split())


def balances(**asked: str) -> dict[str, list[str]]:
    rows = [e for e in page(**asked).find("table-example").elements if "data-year" in e.attributes]
    cells = [[e.text for e in row.elements if e.tag in ("th", "td")] for row in rows]
    return {year: amounts for year, *amounts in cells}


@pytest.mark.parametrize(
    ("shares", "value", "spread"),
    [("15,000", "22", 300_000), ("12.5k", "$30.00", 350_000), ("20000", "26", 480_000)],
)
def test_it_says_the_amt_that_the_law_of_the_year_gives(
    shares: str, value: str, spread: float
) -> None:
    amt = f"${amt_of_2026(spread):,.0f}"

    assert f"You pay {amt} of AMT in 2026;" in headline(shares=shares, value=value)
    assert balances(shares=shares, value=value)["2026"] == [amt, amt]


def test_pairing_brings_it_back_sooner_and_its_cost_is_told() -> None:
    """15% of the gain is regular tax, which credit pays as tentative minimum tax stays where it is;
    3.8% is net investment income tax.  The credit is back either way, so all of it is added.
    """
    said = headline()

    alone, paired = (int(part[:4]) for part in said.split("back in ")[1:])
    assert "Pairing $150,000 of other gains in 2028 brings it back in" in said
    assert 2028 < paired < alone
    assert balances()[str(paired)][1] == "$0" != balances()[str(paired)][0]
    told = costs()
    assert "is a loss of $210,000;" in told
    assert "adds $22,500 of regular tax; the credit pays all of it, but not $5,700" in told
    assert "you pay $28,200 more than if you never took that gain" in told


def test_without_a_gain_there_is_one_course_and_no_cost() -> None:
    assert "Pairing" not in headline(gain="0")
    assert "regular tax" not in costs(gain="0")
    assert all(len(amounts) == 1 for amounts in balances(gain="0").values())


def test_where_nothing_is_lost_for_amt_no_pairing_is_praised() -> None:
    assert "leaves no AMT loss" in costs(price="30")
    assert "No AMT is due in 2026" in headline(shares="1,000")
    assert "No AMT" in page(shares="1,000").find("example-picture").text


def test_a_gain_beyond_the_loss_is_told_to_raise_both_taxes() -> None:
    """The loss of 210,000 takes up all but the 3,000 that count against other income anyway."""
    told = costs(gain="300,000")

    assert "It takes up $207,000 of other gains" in told
    assert "adds $45,000 of regular tax; the credit pays $3" in told
    assert "the credit pays all of it" not in told


def test_credit_that_a_gain_destroys_is_not_called_back() -> None:
    """So large a gain phases out the exemption: exclusion items alone would have cost AMT."""
    told = costs(gain="900,000")

    assert "brings it back" not in headline(gain="900,000")
    assert re.search(
        r"Pairing \$900,000 of other gains in 2028 loses \$[0-9,]{6}", headline(gain="900,000")
    )
    assert "is lost to exclusion items" in told
    assert "none left after" in page(gain="900,000").find("example-picture").text


def test_a_slider_gets_the_pieces_alone_and_no_input_among_them() -> None:
    response = Client().get("/", {"gain": "60000"}, headers=HTMX)

    pieces = Page(response.content)
    assert "$60,000" in pieces.find("example-headline").text
    assert all("hx-swap-oob" in piece.attributes for piece in pieces.pieces)
    named = [e for e in pieces.elements if e.attributes.get("name")]
    assert {e.attributes["name"]: e.attributes["value"] for e in named} == {
        "shares": "15,000",
        "value": "22",
        "price": "8",
        "gain": "60,000",
    }


HOSTILE = ("", "-1", "nan", "1e400", "1" * 41, "<script>alert(1)</script>", "\x00", "9" * 13, "½")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_cannot_be_read_is_said_beside_its_field_and_stays(text: str) -> None:
    asked = dict.fromkeys(("shares", "value", "gain"), text)

    response = Client().get("/", asked)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    read = Page(response.content)
    for name in asked:
        box = read.find(f"id_{name}")
        assert box.attributes.get("value", "") == text
        assert box.attributes["aria-invalid"] == "true"
        assert "Enter" in read.find(f"id_{name}-mistake").text
    assert read.find("id_price-mistake").text == ""
    assert "You pay $73,148" in read.find("example-headline").text


def test_a_slider_at_what_cannot_be_read_leaves_the_chart() -> None:
    response = Client().get("/", {"gain": "many"}, headers=HTMX)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert {each.split("-")[1] for each in Page(response.content).ids} == {"mistake"}


def test_looking_sets_no_session_and_can_be_kept_as_an_address() -> None:
    client = Client()

    for query in ({}, {"gain": "60000"}, {"gain": "60000", "unknown": "1"}):
        assert client.get("/", query).status_code == HTTPStatus.OK
    assert "sessionid" not in client.cookies


def test_it_needs_no_script_and_loads_none_but_two() -> None:
    read: Any = page()

    assert [e.text for e in read.find("example").elements if e.tag == "button"] == ["Compute"]
    sources = [e.attributes["src"] for e in read.all("script")]
    assert not any("plotly" in source for source in sources)
    assert len(sources) == 2
    for name in ("exercised", "credit", "advisor"):
        assert any(e.attributes.get("href") == f"/start/{name}/" for e in read.all("a"))
