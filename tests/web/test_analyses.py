"""The panels of the analyses: asked by scripts and without them, well and badly."""

from __future__ import annotations

import json
from html import unescape
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from amtweb.analyses.panels import PANELS
from amtweb.scenarios.editor import typed
from amtweb.scenarios.gallery import DEFAULT, example, examples
from amtweb.scenarios.models import Scenario
from calculator import evaluate, parse_scenario
from tests.web.reading import Page
from tests.web.visitors import HTMX, Visitor

pytestmark = pytest.mark.django_db

ANALYSES = [pytest.param(each, id=each.slug) for each in PANELS]
EVERY = [pytest.param(panel, id=panel.slug) for panel in PANELS]
FITTING = {
    "pairing": "pairing-alone",
    "erosion": "erosion",
    "deductions": "astra-price-stays-standard",
}
"""An example in which a panel has something to propose; else the default."""
QUICK = {
    "sale-years": {"first_year": "2027", "last_year": "2028"},
    "exercise-plan": {"first_year": "2026", "last_year": "2027"},
    "price-risk": {"paths": "100"},
}
"""Controls that shorten an answer of many computations."""
BARE = {"schema_version": 1, "years": [{"year": 2026, "wages": 100_000}]}


def document_for(panel: Any) -> dict[str, Any]:
    return example(FITTING.get(panel.slug, DEFAULT)).document


def flattened(tree: Any, path: str = "") -> dict[str, str]:
    """The tree as a form posts it."""
    if isinstance(tree, dict):
        items = [(f"{path}.{key}" if path else key, value) for key, value in tree.items()]
    elif isinstance(tree, list):
        items = [(f"{path}[{place}]", value) for place, value in enumerate(tree)]
    else:
        return {path: str(tree)}
    return {name: text for key, value in items for name, text in flattened(value, key).items()}


def fields_of(document: dict[str, Any]) -> dict[str, str]:
    return flattened(typed.from_document(document))


class Asker(Visitor):
    """Somebody who asks."""

    def ask(
        self, panel: Any, document: dict[str, Any], *, htmx: bool = True, **controls: str
    ) -> Any:
        """Opens a panel, or asks an open one again if controls are given."""
        fields = fields_of(document)
        if controls:
            fields |= {"asked": panel.slug} | {f"ask-{k}": v for k, v in controls.items()}
        headers = HTMX if htmx else None
        return self.client.post(f"/analyses/{panel.slug}/", fields, headers=headers)

    def controls(self, panel: Any, document: dict[str, Any]) -> dict[str, str]:
        """The defaults as the panel shows them."""
        page = Page(self.ask(panel, document).content)
        form = page.fields("ask")
        # A switch that is off is not sent.
        off = {
            e.attributes["name"]
            for e in page.all("input")
            if e.attributes.get("type") == "checkbox" and "checked" not in e.attributes
        }
        return {
            name.removeprefix("ask-"): value
            for name, value in form.items()
            if name.startswith("ask-") and name not in off
        }


@pytest.fixture
def asker() -> Asker:
    return Asker()


def operations(page: Page) -> list[str]:
    return [value for value in page.buttons() if value.startswith("apply:")]


def test_the_panels_have_names_of_their_own() -> None:
    for field in ("slug", "name", "title"):
        assert len({getattr(panel, field) for panel in PANELS}) == len(PANELS)


@pytest.mark.parametrize("panel", ANALYSES)
def test_a_panel_opens_with_an_answer_in_words_a_picture_and_a_table(
    asker: Asker, panel: Any
) -> None:
    response = asker.ask(panel, document_for(panel))

    page = Page(response.content)
    pictures = [e for e in page.all("svg") if e.attributes.get("role") == "img"]
    assert response.status_code == HTTPStatus.OK
    assert page.find("analysis-title").text == panel.title
    assert any("data-said" in e.attributes and e.text.strip() for e in page.elements)
    assert pictures
    assert page.all("table")
    for picture in pictures:
        described = picture.attributes["aria-labelledby"].split()
        assert all(page.find(part).text.strip() for part in described)


@pytest.mark.parametrize("panel", EVERY)
def test_nothing_of_an_answer_has_a_style_or_a_script(asker: Asker, panel: Any) -> None:
    page = Page(asker.ask(panel, document_for(panel)).content)

    assert not page.all("script")
    assert not [e for e in page.elements if "style" in e.attributes]


@pytest.mark.parametrize("panel", EVERY)
def test_every_control_has_a_label(asker: Asker, panel: Any) -> None:
    page = Page(asker.ask(panel, document_for(panel)).content)

    labelled = {e.attributes["for"] for e in page.all("label")}
    controls = [
        e
        for e in page.elements
        if e.tag in ("input", "select") and e.attributes.get("type") != "hidden"
    ]
    assert {e.attributes["id"] for e in controls} <= labelled


@pytest.mark.parametrize("panel", EVERY)
def test_asking_again_with_the_defaults_gives_the_answer_alone(asker: Asker, panel: Any) -> None:
    document = document_for(panel)

    response = asker.ask(panel, document, **asker.controls(panel, document))

    assert response.status_code == HTTPStatus.OK
    assert "analysis-title" not in Page(response.content).ids


@pytest.mark.parametrize("panel", ANALYSES)
@pytest.mark.parametrize("told", [pytest.param(e.slug, id=e.slug) for e in examples()[::2]])
def test_every_second_example_has_an_answer_or_a_reason(
    asker: Asker, panel: Any, told: str
) -> None:
    response = asker.ask(panel, example(told).document)

    page = Page(response.content)
    assert response.status_code == HTTPStatus.OK
    assert any("data-said" in e.attributes and e.text.strip() for e in page.elements)


@pytest.mark.parametrize("panel", EVERY)
def test_a_panel_says_what_is_missing_where_it_makes_no_sense(asker: Asker, panel: Any) -> None:
    response = asker.ask(panel, BARE)

    assert response.status_code == HTTPStatus.OK
    possible = panel.is_possible(parse_scenario(BARE))
    assert (panel.needs and panel.needs in response.content.decode()) or possible


@pytest.mark.parametrize("panel", EVERY)
def test_the_smallest_scenario_that_can_be_asked_about_gets_an_answer(
    asker: Asker, panel: Any
) -> None:
    document = BARE | {
        "grants": [{"id": "g", "kind": "iso", "date": "2024-01-01", "shares": 1, "strike": 0}],
        "exercises": [
            {"id": "e", "grant": "g", "date": "2026-01-02", "shares": 1, "fair_market_value": 0}
        ],
        "sales": [{"id": "s", "from": "e", "date": "2026-12-31", "shares": 1, "price": 0}],
    }

    assert asker.ask(panel, document).status_code == HTTPStatus.OK


@pytest.mark.parametrize("panel", EVERY)
def test_mistakes_of_the_bench_come_first(asker: Asker, panel: Any) -> None:
    fields = fields_of(document_for(panel)) | {"years[0].wages": "plenty"}

    response = asker.client.post(f"/analyses/{panel.slug}/", fields, headers=HTMX)

    assert "Correct the inputs first" in response.content.decode()


HOSTILE = (
    "",
    "x",
    "-1",
    "-1e99",
    "1e99",
    "nan",
    "inf",
    "0",
    "0.0000001",
    "1,000,000,000,000",
    "9" * 400,
    "\x00",
    "<script>alert(1)</script>",
    "2026",
    "1970-01-01",
    "0001-01-01",
    "9999-12-31",
    "holding:nothing",
    "anew:nothing",
    "\u0665",
    " ; ; ",
)


@pytest.mark.parametrize("panel", EVERY)
def test_no_value_of_a_control_brings_the_server_down(asker: Asker, panel: Any) -> None:
    document = document_for(panel)
    defaults = asker.controls(panel, document) | QUICK.get(panel.slug, {})
    # Every text in some control, and several texts in every control.
    for number, text in enumerate(HOSTILE * 2):
        name = list(defaults)[(number + number // len(HOSTILE)) % len(defaults)]
        response = asker.ask(panel, document, **defaults | {name: text})

        answered = (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)
        assert response.status_code in answered, (name, text)
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("panel", EVERY)
def test_controls_that_are_all_missing_are_mistakes_or_the_defaults(
    asker: Asker, panel: Any
) -> None:
    response = asker.ask(panel, document_for(panel), nothing="")

    assert response.status_code in (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)


@pytest.mark.parametrize(
    ("slug", "control", "text", "sentence"),
    [
        ("pairing", "upto", "much", "Enter an amount, such as 12,500 or 1.2m."),
        ("crossover", "budget", "-5", "Enter at least 0."),
        ("sale-prices", "prices", "6, twenty", "Enter prices separated by spaces"),
        ("sale-prices", "prices", "1 2 3 4 5 6 7 8 9 10 11 12 13", "Enter at most 12 prices."),
        ("price-risk", "paths", "100,001", "Enter a whole number from 1 to 100,000."),
        ("price-risk", "start", "yesterday", "Enter a date, such as 2026-03-31."),
        ("price-risk", "volatility", "a lot", "Enter a percentage, such as 2 or 2.5."),
        ("laws", "value", "half", "Enter an amount, or a percentage for a rate."),
    ],
)
def test_a_control_that_cannot_be_read_is_a_mistake_in_words(
    asker: Asker, slug: str, control: str, text: str, sentence: str
) -> None:
    panel = next(each for each in PANELS if each.slug == slug)
    document = document_for(panel)
    defaults = asker.controls(panel, document)

    response = asker.ask(panel, document, **defaults | {control: text})

    page = Page(response.content)
    (mistake,) = [e for e in page.elements if "data-mistake-of" in e.attributes]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert mistake.attributes["data-mistake-of"] == f"id_ask-{control}"
    assert sentence in mistake.text


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("panel", EVERY)
def test_asking_stores_nothing(asker: Asker, panel: Any, *, htmx: bool) -> None:
    document = document_for(panel)
    kept = fields_of(document) | {"title": "Never to be kept"}

    asker.client.post(f"/analyses/{panel.slug}/", kept, headers=HTMX if htmx else None)

    assert not Session.objects.exists()
    assert not Scenario.objects.exists()
    assert asker.fields()["title"] == example(DEFAULT).title


@pytest.mark.parametrize("panel", EVERY)
def test_without_scripts_the_page_of_the_bench_comes_with_the_panel_open(
    asker: Asker, panel: Any
) -> None:
    document = document_for(panel) | {"title": "Mine"}

    response = asker.ask(panel, document, htmx=False)

    page = Page(response.content)
    opener = next(e for e in page.elements if e.attributes.get("data-analysis") == panel.slug)
    assert response.status_code == HTTPStatus.OK
    assert page.fields()["title"] == "Mine"
    assert page.find("bench").attributes["action"] == "/planner/"
    assert page.find("analysis-title").text == panel.title
    assert opener.attributes["aria-expanded"] == "true"
    assert opener.attributes["formaction"] == f"/analyses/{panel.slug}/#analysis"
    assert {
        e.attributes.get("form")
        for e in page.find("ask").elements
        if e.tag in ("input", "select") or (e.tag == "button" and "form" in e.attributes)
    } == {"bench"}


@pytest.mark.parametrize("panel", EVERY)
def test_a_panel_has_an_address_to_look_at(asker: Asker, panel: Any) -> None:
    page = asker.page(f"/analyses/{panel.slug}/")

    assert page.find("analysis-title").text == panel.title


def test_without_scripts_a_mistake_in_a_control_is_said_on_the_page(asker: Asker) -> None:
    panel = PANELS[0]
    document = document_for(panel)
    controls = asker.controls(panel, document) | {"upto": "much"}

    response = asker.ask(panel, document, htmx=False, **controls)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Enter an amount" in Page(response.content).find("analysis-answer").text


def test_a_panel_beside_a_saved_scenario_stays_beside_it(asker: Asker) -> None:
    saved = asker.saved(title="Kept")
    address = saved.get_absolute_url()

    response = asker.send(asker.fields(address), f"{address}analyses/pairing/")

    page = Page(response.content)
    assert response.status_code == HTTPStatus.OK
    assert page.find("bench").attributes["action"] == address
    assert page.fields()["draft_version"] == str(saved.draft_version)


def test_nobody_asks_beside_the_scenario_of_somebody_else(asker: Asker) -> None:
    saved = asker.saved(title="Kept")

    response = Visitor().client.get(f"{saved.get_absolute_url()}analyses/pairing/")

    assert response.status_code == HTTPStatus.NOT_FOUND


def test_there_is_no_panel_of_another_name(asker: Asker) -> None:
    assert asker.client.get("/analyses/nothing/").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("panel", EVERY)
def test_what_a_panel_proposes_can_be_applied_and_undone(
    asker: Asker, panel: Any, *, htmx: bool
) -> None:
    document = document_for(panel)
    before = fields_of(document)
    offered = operations(Page(asker.ask(panel, document).content))
    for operation in offered:
        said = json.loads(operation.removeprefix("apply:"))["said"]
        applied = asker.send(before, op=operation, htmx=htmx)

        assert applied.status_code == HTTPStatus.OK, unescape(applied.content.decode())[:2000]
        after = asker.fields()
        assert after != before | {k: after[k] for k in after.keys() - before.keys()} or (
            len(after) > len(before)
        )
        added = [name for name in after.keys() - before.keys() if name.endswith("].id")]
        if not added and before.items() <= after.items():
            # What is proposed stands there already: there is nothing to undo.
            continue
        assert said in unescape(asker.page().find("undo").elements[1].attributes["title"])
        asker.send(after, op="undo", htmx=htmx)
        undone = asker.fields()
        assert {name: undone[name] for name in before if name in undone} == {
            name: text for name, text in before.items() if name in undone
        }


def test_some_panels_propose_something_by_default(asker: Asker) -> None:
    proposing = {
        panel.slug
        for panel in PANELS
        if operations(Page(asker.ask(panel, document_for(panel)).content))
    }

    assert proposing >= {
        "pairing",
        "crossover",
        "sale-prices",
        "sale-years",
        "exercise-plan",
        "deductions",
        "laws",
    }


def applied(asker: Asker, document: dict[str, Any], operation: str) -> dict[str, Any]:
    """The working copy after applying a proposal to a document."""
    asker.send(fields_of(document), op=operation)
    kept: dict[str, Any] = asker.client.session["working_document"]
    return kept


def test_the_gain_that_is_absorbed_leaves_tentative_minimum_tax_where_it_is(asker: Asker) -> None:
    panel = PANELS[0]
    document = example("pairing-alone").document
    operation = operations(Page(asker.ask(panel, document).content))[0]

    after = evaluate(parse_scenario(applied(asker, document, operation))).years[0]

    before = evaluate(parse_scenario(document)).years[0]
    assert after.tentative_minimum_tax == pytest.approx(before.tentative_minimum_tax, abs=0.01)
    assert after.credit_used > before.credit_used


def test_the_shares_before_amt_cause_none(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "crossover")
    document = example(DEFAULT).document
    operation = operations(Page(asker.ask(panel, document).content))[0]

    after = evaluate(parse_scenario(applied(asker, document, operation)))

    assert after.years[0].amt == 0
    assert after.years[0].equity.bargain_element > 0


def test_the_plan_of_least_tax_costs_no_more_than_the_others(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "exercise-plan")
    document = example(DEFAULT).document
    offered = operations(Page(asker.ask(panel, document).content))

    taxes = []
    for operation in offered:
        planned = applied(asker, document, operation)
        gone = {"sales": [s for s in planned["sales"] if s["from"] != "e1"]}
        taxes.append(evaluate(parse_scenario(planned | gone)).totals.federal_tax)

    assert len(taxes) > 1
    assert taxes[0] == min(taxes)


def test_the_deductions_proposed_save_what_is_said(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "deductions")
    document = document_for(panel)
    page = Page(asker.ask(panel, document).content)

    after = evaluate(parse_scenario(applied(asker, document, operations(page)[0])))

    saved = evaluate(parse_scenario(document)).totals.present_value - after.totals.present_value
    assert f"costs ${saved:,.0f} less" in page.root.text


def test_one_holding_can_be_sold_for_the_gain(asker: Asker) -> None:
    panel = PANELS[0]
    document = example("pairing-alone").document
    document["holdings"][1:] = [
        {
            "id": "h2",
            "label": "Other stock",
            "acquired": "2016-05-09",
            "shares": 1000,
            "basis": 40,
            "price": 237,
        }
    ]
    controls = asker.controls(panel, document) | {"source": "holding:h2"}
    page = Page(asker.ask(panel, document, **controls).content)

    after = applied(asker, document, operations(page)[0])

    sale = after["sales"][-1]
    assert (sale["from"], sale["date"], sale["price"]) == ("h2", "2024-12-31", 237)
    assert sale["shares"] * 197 == pytest.approx(197_000)


def test_more_paths_come_in_growing_answers_to_a_script(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "price-risk")
    document = example(DEFAULT).document
    controls = asker.controls(panel, document) | {"paths": "30,000"}
    seen, so_far = [], ""
    while True:
        asked = controls | ({"so_far": so_far} if so_far else {})
        page = Page(asker.ask(panel, document, **asked).content)
        seen += [e.attributes["value"] for e in page.all("progress")]
        more = [e for e in page.elements if e.attributes.get("id") == "more-paths"]
        if not more:
            break
        so_far = json.loads(more[0].attributes["hx-vals"])["ask-so_far"]

    assert seen == ["10000", "20000"]
    assert so_far == "30000"


def test_without_scripts_all_paths_come_at_once(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "price-risk")
    document = example(DEFAULT).document
    controls = asker.controls(panel, document) | {"paths": "12,000"}

    page = Page(asker.ask(panel, document, htmx=False, **controls).content)

    assert not page.all("progress")


def test_the_same_draw_gives_the_same_answer(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "price-risk")
    document = example(DEFAULT).document
    controls = asker.controls(panel, document) | {"paths": "500"}
    answers = [asker.ask(panel, document, **controls).content for _ in range(2)]
    other = asker.ask(panel, document, **controls | {"seed": "2"}).content

    assert answers[0] == answers[1] != other


def test_after_a_button_the_change_itself_is_explained(asker: Asker) -> None:
    document = example("pairing-alone").document
    gain = operations(Page(asker.ask(PANELS[0], document).content))[0]
    asker.send(fields_of(document), op=gain)
    why = next(each for each in PANELS if each.slug == "why")

    page = Page(asker.client.get("/analyses/why/").content)

    chosen = [e for e in page.find("id_ask-other").elements if "selected" in e.attributes]
    assert [e.attributes["value"] for e in chosen] == ["before"]
    assert "Federal tax of 2024 is" in page.find("analysis-answer").text
    assert why.compares


def test_a_saved_scenario_can_be_compared_with_only_by_its_owner(asker: Asker) -> None:
    saved = asker.saved(title="My plan")
    why = next(each for each in PANELS if each.slug == "why")
    document = document_for(why) | {"title": "Other"}
    asked = {"other": f"saved:{saved.public_id}", "year": "", "to_year": ""}

    mine = asker.ask(why, document, **asked)
    strangers = Asker().ask(why, document, **asked)

    assert mine.status_code == HTTPStatus.OK
    assert strangers.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "My plan" not in strangers.content.decode()


def test_withholding_moves_the_instalments(asker: Asker) -> None:
    panel = next(each for each in PANELS if each.slug == "cash")
    document = document_for(panel)

    without = asker.ask(panel, document, year="2026", withholding="0").content.decode()
    enough = asker.ask(panel, document, year="2026", withholding="1m").content.decode()

    assert "Four instalments" in without
    assert "No instalments are required for 2026." in enough
    assert "comes back as a refund" in enough


def test_pairing_judges_to_the_dollar_and_the_headline_says_the_same(asker: Asker) -> None:
    """By hand: AMT loss of 15,000 shares at 22 less 8, less 50,000 of gains and the limit of 3,000.

    15% of 157,000 is regular tax that the credit pays, 3.8% is not; 18.8% is what 50,000 cost.
    """
    document = {
        "schema_version": 1,
        "years": [{"year": year, "wages": 200_000} for year in range(2025, 2035)],
        "grants": [{"id": "g", "kind": "iso", "date": "2023-03-01", "shares": 15_000, "strike": 2}],
        "exercises": [
            {
                "id": "e",
                "grant": "g",
                "date": "2025-03-01",
                "shares": 15_000,
                "fair_market_value": 22,
            }
        ],
        "sales": [{"id": "s", "from": "e", "date": "2026-12-31", "shares": 15_000, "price": 8}],
    }
    document["years"][1]["long_term_gain"] = 50_000
    page = Page(asker.ask(PANELS[0], document, htmx=False).content)

    findings = [e.text for e in page.find("analysis-answer").elements if e.tag == "li"]
    assert findings[0].endswith("through 2034 you pay $9,400 more federal tax than without it.")
    assert findings[1].endswith("federal tax through 2034 is $29,516 higher.")
    assert any(
        "It adds $23,550 of regular tax and $5,966 of net investment income tax in 2026, and"
        " $23,550 more of the credit" in each
        for each in findings
    )
    assert "Realizing $157,000 of other long-term gains in 2026 would bring back $23,550" in (
        page.find("headline").text
    )
    (slider,) = [e for e in page.elements if "data-curve" in e.attributes]
    (data,) = [e for e in page.elements if e.attributes.get("class") == "curve-data"]
    assert json.loads(data.text)["x"][int(slider.attributes["value"])] == 157_000


def test_a_credit_alone_has_ways_and_no_dead_button(asker: Asker) -> None:
    document = {
        "schema_version": 1,
        "opening": {"minimum_tax_credit": 60_000},
        "years": [{"year": year, "wages": 200_000} for year in range(2026, 2036)],
    }
    page = Page(asker.ask(PANELS[0], document).content)

    assert "Long-term gains: none up to $500,000 is enough." in page.root.text
    assert not [e for e in page.elements if "data-applies-slider" in e.attributes]
    assert "least tax" not in page.root.text
    assert any(e.attributes.get("value") == "add:holdings" for e in page.all("button"))
