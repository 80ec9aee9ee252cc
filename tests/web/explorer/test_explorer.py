"""How many options before AMT: the answer, the plans, and a plan applied to the planner."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from django.utils import timezone

from amtweb.scenarios.differences import differences
from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db

ASKED = {
    "from": "nothing",
    "status": "single",
    "year": "2026",
    "wages": "180k",
    "grant1_options": "10,000",
    "grant1_strike": "$1.50",
    "grant1_value": "12",
    "within": "3",
}
EXPLORER = "/explorer/"


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def saved(visitor: Visitor) -> Scenario:
    """A scenario with an exercise that lies ahead, and a sale of its shares."""
    return visitor.saved(
        **{
            "title": "Astra of mine",
            "household.filing_status": "single",
            "grants[0].shares": "10,000",
            "grants[0].strike": "1.50",
            "exercises[0].date": f"{timezone.now().year + 1}-03-01",
            "exercises[0].shares": "700",
            "exercises[0].fair_market_value": "12",
            "sales[0].date": f"{timezone.now().year + 3}-03-01",
            "sales[0].shares": "700",
            "sales[1].shares": "0",
            "sales[2].shares": "0",
        }
    )


def ask(visitor: Visitor, path: str = EXPLORER, *, htmx: bool = False, **changes: str) -> Any:
    query = urlencode(ASKED | changes)
    return visitor.client.get(f"{path}?{query}", headers=HTMX if htmx else None)


def sentence(response: Any) -> str:
    return Page(response.content).find("sentence").text.strip()


def apply(visitor: Visitor, page: Page, plan: str, path: str = EXPLORER, **more: str) -> Any:
    fields = page.fields("apply") | {"plan": plan} | more
    return visitor.client.post(f"{path}apply/", fields)


def amounts(page: Page, plan: str) -> list[list[str]]:
    """The year table of a card: options, AMT, cash, credit left."""
    rows = [row for row in page.find(f"plan-{plan}").elements if row.tag == "tr"][1:]
    return [[cell.text for cell in row.elements if cell.tag == "td"] for row in rows]


def test_a_first_look_shows_an_answer(visitor: Visitor) -> None:
    page = visitor.page(EXPLORER)

    assert "You can exercise 3,135 of 10,000 options" in page.find("sentence").text
    assert "These are example figures" in page.root.text


# The room for spread before AMT is worked by hand in tests/calculator/analysis/test_before_amt.py.
@pytest.mark.parametrize(
    ("year", "status", "wages", "room"),
    [
        ("2025", "single", "$180,000", 32_203.85),
        ("2025", "married_filing_jointly", "300k", 29_823.08),
        ("2026", "single", "0.18m", 32_923.08),
        ("2026", "married_filing_jointly", "300 000", 30_461.54),
    ],
)
def test_the_answer_is_that_of_form_6251(
    visitor: Visitor, year: str, status: str, wages: str, room: float
) -> None:
    response = ask(visitor, year=year, status=status, wages=wages)

    most = int(room / 10.5)
    cost = 0.26 * ((most + 1_000) * 10.5 - room)
    assert f"You can exercise {most:,} of 10,000 options in {year} before AMT" in sentence(response)
    assert f"the next 1,000 cost ${cost:,.0f} of AMT." in sentence(response)


def test_of_two_grants_the_lesser_spread_comes_first(visitor: Visitor) -> None:
    # 3,000 of a spread of 5 take 15,000 of the 32,923.08; 17,923.08 / 10.50 fit beside them.
    more = {"grant2_options": "3,000", "grant2_strike": "7"}

    page = Page(ask(visitor, **more).content)

    assert "You can exercise 4,706 of 13,000 options" in page.find("sentence").text
    order = page.find("order").text
    assert order.index("Grant 2") < order.index("Grant 1")
    assert "1,706" in order


def test_the_next_grant_takes_the_value_of_the_one_above(visitor: Visitor) -> None:
    blank = ask(visitor, grant2_options="3,000", grant2_strike="7")
    said = ask(visitor, grant2_options="3,000", grant2_strike="7", grant2_value="12")

    assert sentence(blank) == sentence(said)


def test_all_mistakes_stand_beside_their_fields_and_nothing_is_lost(visitor: Visitor) -> None:
    response = ask(visitor, wages="lots", grant1_strike="-3", grant1_value="", grant2_options="1.5")

    page = Page(response.content)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for name in ("wages", "grant1_strike", "grant1_value", "grant2_options", "grant2_strike"):
        assert page.find(f"{name}-mistake").text
        assert page.find(f"id_{name}").attributes["aria-invalid"] == "true"
    assert page.find("grant1_options-mistake").text == ""
    assert page.find("id_wages").attributes["value"] == "lots"
    assert page.find("id_grant2_options").attributes["value"] == "1.5"


def test_an_answer_never_holds_the_fields(visitor: Visitor) -> None:
    right, wrong = ask(visitor, htmx=True), ask(visitor, htmx=True, wages="x")

    for response in (right, wrong):
        page = Page(response.content)
        assert not [e for e in page.all("input") if e.attributes.get("type") != "hidden"]
        assert all("hx-swap-oob" in piece.attributes for piece in page.pieces)
    assert Page(wrong.content).find("wages-mistake").text
    assert "plans" not in Page(wrong.content).ids


@pytest.mark.parametrize(
    "hostile",
    [
        {"wages": "9" * 400},
        {"wages": "1e999"},
        {"wages": "NaN"},
        {"wages": "1000000000000", "grant1_options": "1000000000", "grant1_value": "999999999999"},
        {"grant1_value": "0"},
        {"grant1_options": "0"},
        {"grant1_options": "1", "grant1_value": "1.500000000001"},
        {"year": "1913"},
        {"year": "20²6"},
        {"status": "<script>"},
        {"within": "99"},
        {"within": "0"},
        {"exercise": "-5"},
        {"exercise": "99999999999999"},
        {"basis": "0" * 12, "filled": "2026"},
        {"grant5_options": "\x00"},
        {"other": "-1000000000000", "gain": "-1000000000000"},
        {"taxes": "1000000000000", "itemized": "1000000000000", "credit": "1000000000000"},
    ],
)
def test_hostile_figures_get_an_answer_or_a_sentence(
    visitor: Visitor, hostile: dict[str, str]
) -> None:
    response = ask(visitor, **hostile)

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert b"<script>" not in response.content
    searched = visitor.client.get(f"{EXPLORER}cheapest/?{urlencode(ASKED | hostile)}")
    assert searched.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    fields = {"asked": urlencode(ASKED | hostile), "plan": "line"}
    response = visitor.client.post(f"{EXPLORER}apply/", fields)
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR


def test_without_scripts_one_button_asks_for_every_plan(visitor: Visitor) -> None:
    page = Page(ask(visitor, all="1").content)

    for plan in ("now", "line", "even", "cheapest"):
        assert amounts(page, plan)
    assert [b.attributes["value"] for b in page.all("button") if b.text == "Show the answer"]


def test_questions_of_the_planner_are_linked_where_they_are_of_the_same_scenario(
    visitor: Visitor, saved: Scenario
) -> None:
    path = f"{saved.get_absolute_url()}explorer/"
    alone, of_saved = (
        Page(visitor.client.get(address, follow=True).content)
        for address in (f"{EXPLORER}?from=nothing", path)
    )

    def panels(page: Page) -> set[str]:
        hrefs = (each.attributes.get("href") or "" for each in page.elements)
        return {href for href in hrefs if "/analyses/" in href}

    assert panels(alone) == set()
    scenario = saved.get_absolute_url()
    assert panels(of_saved) == {
        f"{scenario}analyses/{slug}/" for slug in ("crossover", "exercise-plan")
    }
    for page in (alone, of_saved):
        assert "Every plan keeps today’s share value in all years." in page.root.text
        targets = {each.attributes.get("popovertarget") for each in page.elements} - {None}
        assert "term-strike" in targets
        assert targets <= set(page.ids)


def test_where_nothing_costs_amt_one_plan_is_enough(visitor: Visitor) -> None:
    page = Page(ask(visitor, grant1_options="500").content)

    assert "all 500 options in 2026 without AMT" in page.find("sentence").text
    assert amounts(page, "now")
    assert "plan-line" not in page.ids


def test_the_answer_itself_is_applied_with_what_it_assumes(visitor: Visitor) -> None:
    page = Page(ask(visitor, exercise="2,000").content)
    assert page.find("take").text == "Plan with 2,000 in 2026"

    response = apply(visitor, page, "first")

    planner = Page(visitor.client.get(response["Location"]).content)
    assert "exercise 2,000 in 2026; 8,000 of 10,000 stay unexercised" in planner.root.text
    assert "Assumed, to change where it is wrong: granted on Jan 1, 2024" in planner.root.text
    (exercise,) = visitor.client.session["working_document"]["exercises"]
    assert exercise["shares"] == 2_000


def test_what_a_plan_advances_is_told_from_what_it_loses(visitor: Visitor) -> None:
    # All AMT of an exercise is deferral: whatever of it is not back is credit that is left.
    card = Page(ask(visitor, grant1_options="40,000").content).find("plan-now").text

    owed = re.search(r"Credit owed to you after 2035\s*(\$[\d,]+)", card)
    assert owed
    assert f"{owed[1]} more than without these options, all of it an advance" in card
    assert re.search(r"Lost for good\s*none", card)


@pytest.mark.parametrize("plan", ["now", "line", "even", "cheapest"])
def test_a_plan_applied_gives_the_very_figures_in_the_planner(visitor: Visitor, plan: str) -> None:
    asked = Page(ask(visitor, all="1", grant2_options="3,000", grant2_strike="7").content)

    response = apply(visitor, asked, plan)

    assert response.status_code == HTTPStatus.FOUND
    planner = Page(visitor.client.get(response["Location"]).content)
    assert planner.find("applied").text.startswith("Applied “")
    document = visitor.client.session["working_document"]
    result = evaluate(parse_scenario(document))
    expected = [(f"${year.amt:,.0f}", f"${year.credit_balance:,.0f}") for year in result.years]
    # The cheapest may be one of the others, which then has the figures.
    cards = [plan] if amounts(asked, plan) else ["now", "line", "even"]
    shown = [[(amt, credit) for _, amt, _, credit in amounts(asked, card)] for card in cards]
    assert expected in shown


def test_a_plan_never_takes_the_place_of_work_unasked(visitor: Visitor) -> None:
    visitor.edit(title="Precious")
    before = visitor.client.session["working_document"]
    asked = Page(ask(visitor).content)

    response = apply(visitor, asked, "line")

    assert response.status_code == HTTPStatus.OK
    page = Page(response.content)
    assert "Precious" in page.root.text
    assert visitor.client.session["working_document"] == before

    (form,) = (e for e in page.all("form") if "explorer/apply" in e.attributes["action"])
    fields = {
        e.attributes["name"]: e.attributes["value"] for e in form.elements if e.tag == "input"
    }
    assert visitor.client.post(f"{EXPLORER}apply/", fields).status_code == HTTPStatus.FOUND
    assert visitor.client.session["working_document"]["title"] != "Precious"
    visitor.edit(op="undo")
    assert not differences(before, visitor.client.session["working_document"])


def test_the_questions_are_filled_from_the_planner(visitor: Visitor) -> None:
    visitor.edit(title="Mine & <b>", **{"years[0].wages": "123,456", "grants[0].shares": "90,000"})

    page = visitor.page(EXPLORER)

    assert "From your scenario Mine & <b>" in page.root.text
    assert page.find("id_wages").attributes["value"] == "123,456"
    # No name, title or id is in the address that the page gives itself.
    query = parse_qs(page.find("sentence").attributes["data-address"].partition("?")[2])
    assert set(query) <= {
        *("status", "year", "wages", "other", "interest", "dividends", "gain", "taxes"),
        *("itemized", "within", "basis", "filled"),
        *(f"grant{n}_{what}" for n in range(1, 6) for what in ("options", "strike", "value")),
    }
    assert "Mine" not in str(query)


def test_a_plan_goes_into_the_scenario_that_it_was_made_for(
    visitor: Visitor, saved: Scenario
) -> None:
    path = f"{saved.get_absolute_url()}explorer/"
    page = visitor.page(path)
    assert page.find("id_grant1_options").attributes["value"] == "10,000"
    before = saved.draft

    told = Page(apply(visitor, page, "line", path).content)

    # The exercise that lay ahead gives way, with its sales: that is asked first.
    assert "Exercise 1 removed" in told.root.text
    saved.refresh_from_db()
    assert saved.draft == before
    (form,) = (e for e in told.all("form") if "explorer/apply" in e.attributes["action"])
    fields = {
        e.attributes["name"]: e.attributes["value"] for e in form.elements if e.tag == "input"
    }
    response = visitor.client.post(f"{path}apply/", fields)
    assert response["Location"].startswith(saved.get_absolute_url())
    saved.refresh_from_db()
    result = evaluate(parse_scenario(saved.draft))
    by_year = {year.year: f"${year.amt:,.0f}" for year in result.years}
    years = [row for row in page.find("plan-line").elements if row.tag == "tr"][1:]
    shown = {
        int(row.elements[1].text): cells[1]
        for row, cells in zip(years, amounts(page, "line"), strict=True)
    }
    assert shown == {year: by_year[year] for year in shown}

    visitor.edit(saved.get_absolute_url(), op="undo")
    saved.refresh_from_db()
    assert not differences(before, saved.draft)


def test_another_year_of_the_scenario_has_its_own_income(visitor: Visitor, saved: Scenario) -> None:
    path = f"{saved.get_absolute_url()}explorer/"
    page = visitor.page(path)
    fields = page.fields("explorer")
    other = str(int(fields["year"]) + 1)

    response = visitor.client.get(f"{path}?{urlencode(fields | {'year': other})}")

    assert response.status_code == HTTPStatus.FOUND
    led = visitor.page(response["Location"])
    assert led.fields("explorer")["year"] == other


def test_what_has_changed_meanwhile_is_not_mixed_up(visitor: Visitor) -> None:
    visitor.edit(**{"grants[0].shares": "90,000"})
    fields = visitor.page(EXPLORER).fields("explorer")
    visitor.edit(**{"years[0].wages": "5"})

    page = Page(visitor.client.get(f"{EXPLORER}?{urlencode(fields)}").content)

    assert "Your scenario is another by now" in page.root.text
    assert page.find("id_wages").attributes["value"] == fields["wages"]


def test_a_grant_that_is_not_modelled_is_left_out_by_name(visitor: Visitor) -> None:
    visitor.edit(op="add:grants", **{"grants[0].shares": "90,000"})
    visitor.edit(
        **{
            "grants[1].label": "Old options",
            "grants[1].kind": "nso",
            "grants[1].date": "2020-01-02",
            "grants[1].shares": "100",
            "grants[1].strike": "1",
        }
    )

    said = visitor.page(EXPLORER).find("sentence").text

    assert re.search("Old options is left out: nonqualified options cause wages, not AMT", said)


def test_a_number_of_ones_own_stays_and_the_proposed_one_follows(visitor: Visitor) -> None:
    chosen = Page(ask(visitor, exercise="5k", suggested="3,135", wages="200k").content)
    proposed = Page(ask(visitor, exercise="3,135", suggested="3,135", wages="200k").content)

    assert chosen.find("id_exercise").attributes["value"] == "5,000"
    # Taxable 183,900: 36,734 of tax; 26% of 109,900 is 28,574; 8,160 / 26% / 10.50.
    assert proposed.find("id_exercise").attributes["value"] == "2,989"
