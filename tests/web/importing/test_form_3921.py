"""Form 3921 as rows of a file: what it adds to a scenario, and what is said about it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import pytest

from amtweb.scenarios.working_copy import DOCUMENT
from calculator import evaluate, parse_scenario
from tests.web.importing.forms import (
    HEADINGS_3921,
    buttons,
    preview,
    problems,
    said,
    sent_by,
    take,
)
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

TWO_OF_ONE_GRANT = (
    HEADINGS_3921
    + '1/15/2022,3/2/2026,$2.50,$41.40,"1,000"\n1/15/2022,6/15/2026,$2.50,$45.00,500\n'
)
GRANT = {"id": "g7", "kind": "iso", "date": "2022-01-15", "shares": 9_000, "strike": 2.5}
EXERCISE = {
    "id": "e7",
    "grant": "g7",
    "date": "2026-03-02",
    "shares": 1_000,
    "fair_market_value": 41.4,
}


def working_on(document: dict[str, Any]) -> Visitor:
    """Somebody with a scenario of just this document on the bench."""
    visitor = Visitor()
    visitor.client.get("/planner/")
    session = visitor.client.session
    years = [{"year": year, "wages": 300_000} for year in (2026, 2027)]
    session[DOCUMENT] = {"schema_version": 1, "years": years} | document
    session.save()
    visitor.client.cookies["sessionid"] = session.session_key
    return visitor


def stands(visitor: Visitor) -> dict[str, Any]:
    """The document on the visitor's bench."""
    document: dict[str, Any] = visitor.client.session[DOCUMENT]
    return document


def test_transfers_of_one_date_and_price_are_one_grant() -> None:
    visitor = working_on({})

    response = take(visitor, preview(visitor, TWO_OF_ONE_GRANT))

    assert response.status_code == HTTPStatus.FOUND
    document = stands(visitor)
    assert document["grants"] == [
        {"id": "g1", "kind": "iso", "date": "2022-01-15", "shares": 1_500, "strike": 2.5}
    ]
    assert document["exercises"] == [
        {
            "id": "e1",
            "grant": "g1",
            "date": "2026-03-02",
            "shares": 1_000,
            "fair_market_value": 41.4,
        },
        {
            "id": "e2",
            "grant": "g1",
            "date": "2026-06-15",
            "shares": 500,
            "fair_market_value": 45,
        },
    ]
    # Form 6251 line 2i: 1,000 shares by 38.90 and 500 by 42.50.
    year = evaluate(parse_scenario(document)).years[0]
    assert year.equity.bargain_element == pytest.approx(38_900 + 21_250)


def test_a_new_grant_has_as_many_shares_as_somebody_says() -> None:
    visitor = working_on({})
    first = preview(visitor, TWO_OF_ONE_GRANT)
    assert "New grant: ISO of Jan 15, 2022 at $2.50. Shares granted" in said(first)
    (name,) = (field for field in sent_by(first) if field.startswith("granted:"))
    assert sent_by(first)[name] == "1,500"

    second = preview(visitor, **sent_by(first) | {name: "8,000"})
    take(visitor, second)

    assert [grant["shares"] for grant in stands(visitor)["grants"]] == [8_000]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,499", "At least 1,500 were exercised."),
        ("many", "Enter a number of shares, such as 1,000."),
    ],
)
def test_a_wrong_number_of_shares_is_said_beside_it(typed: str, sentence: str) -> None:
    visitor = working_on({})
    first = preview(visitor, TWO_OF_ONE_GRANT)
    (name,) = (field for field in sent_by(first) if field.startswith("granted:"))

    response = preview(visitor, **sent_by(first) | {name: typed})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = Page(response.content)
    (control,) = (e for e in page.all("input") if e.attributes.get("name") == name)
    assert control.attributes["value"] == typed
    assert page.find(control.attributes["aria-describedby"]).text == sentence
    assert not [label for label in buttons(response) if label.startswith("Take over")]


def test_the_scenarios_own_grant_is_found_by_date_and_price() -> None:
    visitor = working_on({"grants": [GRANT]})

    response = preview(visitor, TWO_OF_ONE_GRANT)
    assert "New grant" not in said(response)
    assert "ISO of Jan 15, 2022 at $2.50" in said(response)
    take(visitor, response)

    assert stands(visitor)["grants"] == [GRANT]
    assert [row["grant"] for row in stands(visitor)["exercises"]] == ["g7", "g7"]


def test_an_nso_of_the_same_date_and_price_is_another_grant() -> None:
    visitor = working_on({"grants": [GRANT | {"kind": "nso"}]})

    take(visitor, preview(visitor, TWO_OF_ONE_GRANT))

    assert [grant["kind"] for grant in stands(visitor)["grants"]] == ["nso", "iso"]


def test_two_grants_that_fit_must_be_told_apart() -> None:
    visitor = working_on({"grants": [GRANT, GRANT | {"id": "g8", "label": "Second"}]})

    response = preview(visitor, TWO_OF_ONE_GRANT)

    assert problems(response)[0] == (
        "Row 2, column A (Date option granted): 2 grants are of this date and price: “ISO of"
        " Jan 15, 2022 at $2.50” (id g7) and “Second” (id g8). Say in a column “Grant” which one it"
        " is."
    )
    text = HEADINGS_3921.replace("\n", ",Grant\n") + "1/15/2022,3/2/2026,2.5,41.4,1000,second\n"
    take(visitor, preview(visitor, text))
    assert [row["grant"] for row in stands(visitor)["exercises"]] == ["g8"]


def test_a_price_that_was_rounded_somewhere_is_pointed_out() -> None:
    visitor = working_on({"grants": [GRANT | {"strike": 2.4967}]})

    response = preview(visitor, TWO_OF_ONE_GRANT)

    assert (
        "Row 2: the scenario has a grant of 2022-01-15 at $2.4967, and the row says $2.50; so it"
        " counts as another grant." in said(response)
    )


def test_what_the_scenario_has_already_is_left_out() -> None:
    visitor = working_on({"grants": [GRANT], "exercises": [EXERCISE]})

    response = preview(visitor, TWO_OF_ONE_GRANT)

    assert "already there, left out" in said(response)
    assert "Take over 1 row" in buttons(response)
    take(visitor, response)
    assert [row["date"] for row in stands(visitor)["exercises"]] == ["2026-03-02", "2026-06-15"]


def test_what_the_scenario_has_already_can_be_taken_once_more() -> None:
    visitor = working_on({"grants": [GRANT], "exercises": [EXERCISE]})
    first = preview(visitor, TWO_OF_ONE_GRANT)

    second = preview(visitor, **sent_by(first) | {"with_duplicates": "on"})
    assert "Take over 2 rows" in buttons(second)
    take(visitor, second)

    days = [row["date"] for row in stands(visitor)["exercises"]]
    assert days == ["2026-03-02", "2026-03-02", "2026-06-15"]


def test_the_same_file_twice_adds_nothing() -> None:
    visitor = working_on({})
    take(visitor, preview(visitor, TWO_OF_ONE_GRANT))
    before = stands(visitor)

    response = preview(visitor, TWO_OF_ONE_GRANT)

    assert "Nothing new: the scenario has all of it already" in said(response)
    assert not [label for label in buttons(response) if label.startswith("Take over")]
    assert take(visitor, response).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert stands(visitor) == before


def test_two_transfers_that_are_alike_are_two() -> None:
    visitor = working_on({})
    alike = HEADINGS_3921 + "1/15/2022,3/2/2026,2.5,41.4,1000\n" * 2

    take(visitor, preview(visitor, alike))

    assert len(stands(visitor)["exercises"]) == 2
    assert "Nothing new" in said(preview(visitor, alike))


def test_what_a_closed_year_made_a_holding_of_is_there_already() -> None:
    iso = {
        "granted": "2022-01-15",
        "exercised": "2025-03-02",
        "strike": 2.5,
        "fair_market_value": 41.4,
    }
    held = {"id": "h1", "acquired": "2025-03-02", "shares": 10, "iso": iso}
    visitor = working_on({"holdings": [held]})

    response = preview(visitor, HEADINGS_3921 + "1/15/2022,3/2/2025,2.5,41.4,1000\n")

    assert "Nothing new" in said(response)


def test_an_exercise_before_the_first_year_is_said_to_be_a_lot_alone() -> None:
    visitor = working_on({})

    response = preview(visitor, HEADINGS_3921 + "1/15/2022,3/2/2024,2.5,41.4,1000\n")

    assert (
        "Row 2 was exercised before 2026, the first year of the scenario: that only gives shares to"
        " sell, with both bases." in said(response)
    )
    assert take(visitor, response).status_code == HTTPStatus.FOUND


def test_an_exercise_after_the_last_year_offers_the_years_up_to_it() -> None:
    visitor = working_on({})
    late = HEADINGS_3921 + "1/15/2022,3/2/2029,2.5,41.4,1000\n"

    first = preview(visitor, late)
    assert problems(first) == [
        "Row 2, column B (Date option exercised): The date lies outside the years of this scenario,"
        " 2026 to 2027."
    ]
    assert "Add the years 2028 to 2029, copies of 2027" in said(first)
    second = preview(visitor, **sent_by(first) | {"more_years": "on"})
    assert second.status_code == HTTPStatus.OK
    take(visitor, second)

    years = stands(visitor)["years"]
    assert years == [{"year": year, "wages": 300_000} for year in (2026, 2027, 2028, 2029)]


def test_no_more_years_are_offered_than_a_scenario_has() -> None:
    visitor = working_on({})

    response = preview(visitor, HEADINGS_3921 + "1/15/2022,3/2/2090,2.5,41.4,1000\n")

    assert "Add the years" not in said(response)
    assert len(problems(response)) == 1


def test_boxes_by_number_and_the_other_corporation_are_understood() -> None:
    visitor = working_on({})
    text = (
        "Box 1;Box 2;Box 3;Box 4;Box 5;Box 6;Account number;Name\n"
        "15.01.2022;Mar 2, 2026;2.50;41.40;1,000;=Parent Inc;77-1;Hiring\n"
    )

    response = preview(visitor, text)
    assert "77-1" not in "".join(e.text for e in Page(response.content).all("td"))
    take(visitor, response)

    (grant,) = stands(visitor)["grants"]
    assert (grant["label"], grant["stock"]) == ("Hiring", "=Parent Inc")
    assert "77-1" not in str(stands(visitor))


def test_the_preview_shows_what_the_rows_do_to_the_figures() -> None:
    visitor = working_on({})
    many = HEADINGS_3921 + "1/15/2022,3/2/2026,2.50,102.50,10000\n"

    response = preview(visitor, many)

    exercise = EXERCISE | {"shares": 10_000, "fair_market_value": 102.5}
    with_rows = {"grants": [GRANT | {"shares": 10_000}], "exercises": [exercise]}
    years = [{"year": year, "wages": 300_000} for year in (2026, 2027)]
    document = {"schema_version": 1, "years": years} | with_rows
    totals = evaluate(parse_scenario(document)).totals
    rows = [
        [cell.text for cell in row.elements if cell.tag in ("th", "td")]
        for row in Page(response.content).all("tr")
    ]
    (amt,) = (row for row in rows if row[0] == "AMT")
    assert amt == ["AMT", "$0", f"${totals.amt:,.0f}", f"+${totals.amt:,.0f}"]
    assert totals.amt > 100_000


def test_a_new_scenario_begins_with_the_year_of_the_first_exercise() -> None:
    visitor = working_on({})
    early = TWO_OF_ONE_GRANT.replace("3/2/2026", "3/2/2024")

    response = preview(visitor, early, into="new")
    assert "that only gives shares" not in said(response)
    take(visitor, response)

    years = [year["year"] for year in stands(visitor)["years"]]
    assert years[0] == 2024
    assert years == list(range(2024, years[-1] + 1))


def test_a_new_scenario_begins_no_earlier_than_the_law_that_is_known() -> None:
    visitor = working_on({})
    early = TWO_OF_ONE_GRANT.replace("1/15/2022", "1/15/1999").replace("3/2/2026", "3/2/2001")

    take(visitor, preview(visitor, early, into="new"))

    assert stands(visitor)["years"][0]["year"] == 2017


def test_an_example_left_above_the_rows_is_pointed_out() -> None:
    visitor = working_on({})
    template = visitor.client.get("/import/csv/form-3921.csv").content.decode("utf-8-sig")

    alone = preview(visitor, template)
    filled_in = preview(visitor, template + "1/15/2022,3/3/2026,2.50,41.40,10,,,,\n")

    remark = "Row 2 is the example of the template: take it out if it is not yours."
    assert remark not in said(alone)
    assert remark in said(filled_in)


def test_a_spouses_transfers_are_of_a_grant_of_the_spouse() -> None:
    visitor = working_on({"grants": [GRANT]})
    text = HEADINGS_3921.replace("\n", ",Whose\n") + "1/15/2022,3/2/2026,2.5,41.4,1000,Spouse\n"

    response = preview(visitor, text)
    assert "New grant: ISO of Jan 15, 2022 at $2.50, your spouse’s" in said(response)
    take(visitor, response)

    assert [row.get("owner", "self") for row in stands(visitor)["grants"]] == ["self", "spouse"]
    assert "Nothing new" in said(preview(visitor, text))
