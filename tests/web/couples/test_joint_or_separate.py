"""Joint against separate returns of two scenarios."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from amtweb.scenarios.charts.money_words import dollars
from amtweb.scenarios.models import Scenario
from amtweb.scenarios.quotas import IN_A_BROWSER
from calculator import evaluate, parse_scenario
from tests.calculator.builders import years_from
from tests.web.comparing.comparison_page import kept
from tests.web.couples.couple_pages import (
    MAKE_JOINT,
    PATH,
    CouplePage,
    address,
    both_kept,
    exercised,
    plain,
)
from tests.web.reading import Page
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db

WAY = "example:way-back"
JOINTLY = {"filing_status": "married_filing_jointly"}


@pytest.fixture
def owner() -> Visitor:
    return Visitor()


def separate(document: dict[str, Any]) -> Any:
    status = {"filing_status": "married_filing_separately"}
    return evaluate(parse_scenario(document | {"household": status}))


def test_the_page_asks_for_two_scenarios_and_stores_nothing() -> None:
    client = Client()
    found = CouplePage(client.get(PATH))

    names = {e.attributes["name"] for e in found.page.all("select")}
    assert names == {"yours", "spouse"}
    assert not client.cookies


def test_both_are_compared_by_year_and_in_all(owner: Visitor) -> None:
    mine, theirs = both_kept(owner)
    found = CouplePage.of(owner.client, mine.public_id, theirs.public_id)
    years = (separate(exercised()).years, separate(plain()).years)

    cells = found.years()
    assert list(cells) == [2026, 2027, 2028]
    for own, others in zip(*years, strict=True):
        joint, apart, _, yours, spouses = cells[own.year]["federal_tax"]
        assert yours == dollars(own.federal_tax)
        assert spouses == dollars(others.federal_tax)
        assert apart == dollars(own.federal_tax + others.federal_tax)
        assert joint != apart
    assert found.headline.startswith("Separate returns cost $")
    assert "over 2026–2028" in found.headline


def test_the_sentence_names_the_year_that_says_the_opposite(owner: Visitor) -> None:
    # At 300,000 each the cap on state taxes is 11,900 jointly, and 13,075 on each separate return.
    paid = {"state_and_local_taxes": 25_000, "mortgage_interest": 20_000}
    first = {"wages": 300_000, "itemized": paid}
    documents = [years_from(2026, first, {"wages": w}, title="A") for w in (300_000, 0)]
    mine, theirs = (kept(owner, document) for document in documents)
    found = CouplePage.of(owner.client, mine.public_id, theirs.public_id)

    more = {year: cells["federal_tax"][2] for year, cells in found.years().items()}
    assert more[2026].startswith("\N{MINUS SIGN}$"), more
    assert f"; in 2026 they save {more[2026][1:]} in tax." in found.headline
    # Both have nothing to carry on, so that what 2026 saves is saved by changing in 2027.
    assert (
        f"Separate returns until 2026 and joint ones from 2027 cost least: {more[2026][1:]} less"
        in found.text
    )


def test_what_makes_the_difference_is_said_with_its_amounts(owner: Visitor) -> None:
    loss = {"amt_capital_loss": {"short_term": 0, "long_term": 9_000}}
    mine = kept(owner, exercised(title="Mine", opening=loss))
    found = CouplePage.of(owner.client, mine.public_id, "nobody")

    assert "The AMT exemption of a separate return is half the joint one" in found.text
    assert "on your return and $70,100 on your spouse’s, jointly $140,200" in found.text
    assert "AMT capital loss is deducted up to half the joint limit" in found.text
    assert "senior deduction" not in found.text


def test_credit_that_is_left_is_set_against_what_separate_returns_cost(owner: Visitor) -> None:
    mine = kept(owner, exercised())
    found = CouplePage.of(owner.client, mine.public_id, "nobody")
    joint, separate, more, *_ = found.years()[2028]["credit_balance"]

    assert (
        f"After 2028, separate returns have {more[1:]} more AMT credit left than joint ones, "
        f"{separate} against {joint}: up to as much of the difference can still come back."
    ) in found.text


def test_flat_rates_know_no_rules_of_separate_returns(owner: Visitor) -> None:
    flat = {"law": {"path": "flat"}}
    loss = {"capital_loss": {"short_term": 9_000, "long_term": 0}}
    mine = kept(owner, exercised(opening=loss, **flat))
    gain = years_from(2026, {"short_term_gain": 5_000}, {}, {}, title="Gain", **flat)
    theirs = kept(owner, gain)
    found = CouplePage.of(owner.client, mine.public_id, theirs.public_id)

    assert "On separate returns the capital loss of one does not meet the gain" in found.text
    for rule in ("half the joint", "are half", "both itemize", "threshold"):
        assert rule not in found.text


def test_a_spouse_with_nothing_needs_no_scenario() -> None:
    found = CouplePage.of(Client(), WAY, "nobody")

    (first, *_) = found.years().values()
    assert first["federal_tax"][4] == "$0"


def test_the_address_is_all_there_is(owner: Visitor) -> None:
    mine, theirs = both_kept(owner)
    before = Scenario.objects.count()
    page = CouplePage.of(owner.client, mine.public_id, theirs.public_id)
    again = CouplePage.of(owner.client, mine.public_id, theirs.public_id)

    assert page.years() == again.years()
    assert Scenario.objects.count() == before


def test_a_variant_of_the_address_stays_chosen() -> None:
    variant = f"{WAY}~law.path=sunset"
    found = CouplePage.of(Client(), variant, "nobody")

    assert found.page.fields("choose-two") == {"yours": variant, "spouse": "nobody"}


def test_what_is_anothers_is_like_what_is_not_there(owner: Visitor) -> None:
    mine, _ = both_kept(owner)
    stranger = Visitor()
    stranger.saved()

    for reference in (mine.public_id, "nothere"):
        for pair in ((reference, WAY), (WAY, reference)):
            response = stranger.client.get(address(*pair))
            page = CouplePage(response, HTTPStatus.NOT_FOUND)
            assert "There is no such scenario, revision or example here" in page.text
            assert "Mine" not in page.text
            for path in (f"{PATH}years.csv", MAKE_JOINT):
                send = stranger.client.post if path == MAKE_JOINT else stranger.client.get
                fields = {"yours": pair[0], "spouse": pair[1]}
                assert send(path, fields).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("other", "words"),
    [
        pytest.param({"law": {"path": "flat"}}, "the same law", id="law"),
        pytest.param({"years": [{"year": 2027}]}, "the same first year", id="years"),
        pytest.param(
            {
                "household": {"filing_status": "married_filing_jointly", "people_65_or_over": 2},
            },
            "counts two people",
            id="people",
        ),
    ],
)
def test_what_does_not_go_together_is_said(
    owner: Visitor, other: dict[str, Any], words: str
) -> None:
    mine, theirs = both_kept(owner, **other)
    found = CouplePage.of(
        owner.client, mine.public_id, theirs.public_id, HTTPStatus.UNPROCESSABLE_ENTITY
    )

    assert words in found.text
    # What was chosen stays chosen.
    assert found.page.fields("choose-two") == {
        "yours": mine.public_id,
        "spouse": theirs.public_id,
    }


@pytest.mark.parametrize("text", ["~", "a b", "bench@1", "x" * 600, "\x00", "example:", "é"])
def test_no_text_breaks_the_page(text: str) -> None:
    response = Client().get(PATH, {"yours": text, "spouse": WAY})

    assert response.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)


def test_a_joint_return_chosen_for_one_spouse_is_doubted(owner: Visitor) -> None:
    joint = kept(owner, plain(title="Both") | {"household": JOINTLY})
    found = CouplePage.of(owner.client, joint.public_id, "nobody")

    assert "“Both” says that it is of a joint return" in found.text
    assert f'href="/joint-or-separate/divide/?of={joint.public_id}"' in found.html


def test_a_wash_sale_between_spouses_is_noticed(owner: Visitor) -> None:
    held = {"id": "h", "acquired": "2020-01-02", "shares": 9, "basis": 50, "stock": "Acme"}
    sale = {"id": "s", "from": "h", "date": "2026-03-02", "shares": 9, "price": 20}
    mine = kept(owner, plain(holdings=[held], sales=[sale]))
    theirs = kept(owner, plain(holdings=[held | {"acquired": "2026-03-20"}]))
    found = CouplePage.of(owner.client, mine.public_id, theirs.public_id)

    assert "Yours, sale s: what the other spouse acquires counts, too." in found.text


def test_the_csv_has_every_year_and_adds_up(owner: Visitor) -> None:
    mine, theirs = both_kept(owner)
    response = owner.client.get(address(mine.public_id, theirs.public_id, f"{PATH}years.csv"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"].startswith("text/csv")
    assert {row["year"] for row in rows} == {"2026", "2027", "2028"}
    for row in rows:
        apart = float(row["yours: Mine"]) + float(row["spouse: Theirs"])
        assert float(row["separate"]) == pytest.approx(apart)
        assert float(row["separate minus joint"]) == pytest.approx(apart - float(row["joint"]))


def joint_made(owner: Visitor, *references: str) -> Any:
    page = Page(owner.client.get(address(*references)).content)
    return owner.client.post(MAKE_JOINT, page.fields("make-joint"))


def test_the_joint_return_becomes_a_scenario_with_the_rows_of_each(owner: Visitor) -> None:
    mine, theirs = both_kept(owner, **exercised())
    found = CouplePage.of(owner.client, mine.public_id, theirs.public_id)
    response = joint_made(owner, mine.public_id, theirs.public_id)

    assert response.status_code == HTTPStatus.FOUND
    made = Scenario.objects.get(public_id=response["Location"].split("/")[2])
    assert str(made) == "Mine and One, jointly"
    assert [grant.get("owner", "self") for grant in made.draft["grants"]] == ["self", "spouse"]
    assert made.draft["grants"][1]["label"] == "Your spouse’s grant 2"
    result = evaluate(parse_scenario(made.draft))
    assert found.years()[2026]["federal_tax"][0] == dollars(float(result.years[0].federal_tax))


def test_a_double_click_makes_one(owner: Visitor) -> None:
    mine, _ = both_kept(owner)
    page = Page(owner.client.get(address(mine.public_id, "nobody")).content)
    fields = page.fields("make-joint")
    first, second = (owner.client.post(MAKE_JOINT, fields) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Scenario.objects.count() == 3


def test_a_full_list_takes_no_joint_return(owner: Visitor) -> None:
    for _ in range(IN_A_BROWSER):
        kept(owner, plain())
    mine = Scenario.objects.first()
    assert mine is not None
    response = joint_made(owner, mine.public_id, "nobody")

    assert response.status_code == HTTPStatus.CONFLICT
    assert Scenario.objects.count() == IN_A_BROWSER


def test_the_page_asks_no_more_of_many_rows(owner: Visitor) -> None:
    def asked(mine: Scenario) -> int:
        with CaptureQueriesContext(connection) as queries:
            CouplePage.of(owner.client, mine.public_id, "nobody")
        return len(queries)

    few = kept(owner, plain())
    holdings = [
        {"id": f"h{n}", "acquired": "2020-01-02", "shares": 9, "basis": 50} for n in range(500)
    ]
    many = kept(owner, plain(holdings=holdings))
    assert asked(few) == asked(many)
