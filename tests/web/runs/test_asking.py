"""A question to many clients, from the form to the results."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus

import pytest

from amtweb.audit.models import Event
from amtweb.firms.models import Tag
from amtweb.runs.models import Run, State
from amtweb.runs.results import Pair, Row
from amtweb.scenarios.models import digest_of
from calculator import ENGINE_VERSION, evaluate, parse_scenario
from calculator.law import law_version
from tests.web.firms.cast import Cast, cast
from tests.web.runs.book import a_book, ask, item, with_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone(db: None) -> Cast:
    return cast()


def acts(everyone: Cast) -> list[str]:
    return list(Event.objects.filter(log=everyone.firm.public_id).values_list("act", flat=True))


def test_each_client_is_computed_before_and_after(everyone: Cast) -> None:
    clients = a_book(everyone)
    run = ask(everyone)
    found = item(run, clients["way back"])
    plan = clients["way back"].scenarios.get()
    totals = evaluate(parse_scenario(plan.draft)).totals

    assert found.result["after"]["federal_tax"] == totals.federal_tax
    assert found.result["after"]["credit_left"] == totals.credit_left
    assert (found.digest, found.revision) == (digest_of(plan.draft), 1)
    assert (found.engine_version, found.law_version) == (ENGINE_VERSION, law_version())
    assert "run_begun" in acts(everyone)


def test_who_has_no_plan_is_named_with_the_reason_and_counted_nowhere(everyone: Cast) -> None:
    clients = a_book(everyone)
    run = ask(everyone)
    page = everyone.reader.page(run.get_absolute_url())

    assert item(run, clients["without"]).state == State.FAILED
    assert "There is no scenario of this client." in page.find("main").text
    assert "of any of 3 clients" in page.find("main").text
    assert "1 client is in no figure" in page.find("main").text


def test_what_a_law_cannot_compute_is_named(everyone: Cast) -> None:
    late = {"schema_version": 1, "law": {"path": "flat"}, "years": [{"year": 2070}]}
    client = with_plan(everyone, "Late", late)
    found = item(ask(everyone, change="law", path="current"), client)

    assert found.state == State.FAILED
    assert "2070 cannot be computed" in found.reason
    assert found.result == {}


def test_a_fall_of_the_price_concerns_those_who_have_later_sales(everyone: Cast) -> None:
    clients = a_book(everyone)
    run = ask(everyone, change="price", percent="-50", from_day="2026-01-01")
    figures = item(run, clients["way back"]).result

    assert figures["after"]["federal_tax"] < figures["before"]["federal_tax"]
    nobody = ask(everyone, change="price", price="3", stock="Nobody", from_day="2026-01-01")
    assert item(nobody, clients["way back"]).result["untouched"]


def test_a_parameter_can_be_without_limit(everyone: Cast) -> None:
    a_book(everyone)
    run = ask(everyone, change="parameter", parameter="deductions.salt_cap", value="")

    assert run.question["value"] is None
    assert "no limit" in everyone.reader.page(run.get_absolute_url()).find("main").text


def test_today_is_compared_with_what_was_saved(everyone: Cast) -> None:
    clients = a_book(everyone)
    plan = clients["flat"].scenarios.get()
    headline = plan.revisions.get().headline | {"federal_tax": 1.0}
    plan.revisions.all().delete()
    plan.make_revision(plan.draft, headline)
    figures = item(ask(everyone, change="now"), clients["flat"]).result

    assert figures["before"]["federal_tax"] == 1
    assert figures["after"]["federal_tax"] == evaluate(parse_scenario(plan.draft)).totals[6]


def test_who_gets_the_same_credit_back_later_is_among_those_whose_figures_change() -> None:
    same = {"credit_eroded": Pair(0.0, 0.0), "federal_tax": Pair(9.0, 9.0)}

    def touched(before: float | None, after: float | None) -> bool:
        return Row({}, same, {"credit_back": Pair(before, after)}).is_touched

    assert touched(2027, 2028)
    assert touched(2027, None)
    assert not touched(2027, 2027)
    assert not touched(None, None)


def test_the_clients_of_an_advisor_or_a_tag_or_of_the_book_are_meant(everyone: Cast) -> None:
    clients = a_book(everyone)
    tag = Tag.objects.create(firm=everyone.firm, name="ISO")
    clients["flat"].tags.add(tag)
    advisor = everyone.advisor.member.public_id
    chosen = f"{clients['flat'].public_id},{clients['way back'].public_id}"

    of_advisor = ask(everyone, whom="advisor", advisor=advisor)
    assert list(of_advisor.items.values_list("client", flat=True)) == [everyone.household.pk]
    assert ask(everyone, whom="tag", tag=str(tag.pk)).items.get().client == clients["flat"]
    assert ask(everyone, whom="chosen", client=chosen).items.count() == 2
    page = everyone.advisor.page(f"/runs/new/?client={chosen}")
    assert "The clients chosen in the book (2)" in page.find("main").text


def test_the_clients_that_the_book_shows_are_meant(everyone: Cast) -> None:
    clients = a_book(everyone)
    link = next(
        each.attributes["href"]
        for each in everyone.advisor.page("/book/?q=adams").all("a")
        if each.text == "Ask a question of all of these"
    )
    page = everyone.advisor.page(link)
    assert "The clients that the book shows (1)" in page.find("main").text

    (look,) = [e for e in page.all("input") if e.attributes["name"] == "look"]
    run = ask(everyone, whom="shown", look=look.attributes["value"])
    assert run.items.get().client == clients["way back"]


def test_clients_of_another_firm_are_not_chosen(everyone: Cast) -> None:
    response = everyone.stranger.client.post(
        "/runs/new/",
        {"whom": "chosen", "client": everyone.household.public_id, "change": "now"},
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Run.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"change": "price", "percent": "", "price": ""}, "Enter a change in percent or a price"),
        ({"change": "price", "percent": "-101"}, "Enter at least"),
        ({"change": "price", "percent": "-5", "from_day": "soon"}, "Enter a date"),
        ({"change": "parameter", "parameter": "amt.phaseout_rate", "value": "150"}, "from 0 to 1"),
        ({"change": "parameter", "parameter": "amt.low_rate", "value": "x"}, "Enter an amount"),
        ({"change": "new_law", "new_year": "1066"}, "1066"),
        ({"change": "law", "path": ""}, "Choose one."),
        ({"whom": "tag"}, "Choose a tag."),
        ({"whom": "advisor"}, "Choose an advisor."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(
    everyone: Cast, fields: dict[str, str], sentence: str
) -> None:
    asked = {"whom": "all", "change": "now", "from_day": "2026-01-01"} | fields
    response = everyone.advisor.client.post("/runs/new/", asked)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.content.decode()


def test_a_button_that_is_pressed_twice_asks_once(everyone: Cast) -> None:
    first = ask(everyone, tab="a-page-of-its-own")

    assert ask(everyone, tab="a-page-of-its-own") == first
    assert ask(everyone, tab="a-page-of-its-own", change="now") != first


def test_all_rows_are_taken_away_with_what_they_were_computed_of(everyone: Cast) -> None:
    a_book(everyone)
    run = ask(everyone)
    everyone.advisor.confirmed()
    response = everyone.advisor.client.get(f"{run.get_absolute_url()}clients.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert [row["Client"] for row in rows] == ["Adams", "Baker", "Canary household", "Cole"]
    assert rows[0]["Law version"] == law_version()
    assert float(rows[0]["AMT, after"]) > 0
    assert rows[3]["Reason"] == "There is no scenario of this client."
    assert rows[3]["AMT, after"] == ""
    assert acts(everyone).count("run_exported") == 1


def test_who_may_only_see_reads_results_and_begins_nothing(everyone: Cast) -> None:
    run = ask(everyone)
    page = everyone.reader.page(run.get_absolute_url())

    assert "Run again" not in page.find("main").text
    for path in ("/runs/new/", "/runs/roll-forward/", f"{run.get_absolute_url()}clients.csv"):
        assert everyone.reader.client.get(path).status_code == HTTPStatus.FORBIDDEN
    for act in ("again", "cancel", "delete", "close", "undo"):
        response = everyone.assistant.client.post(f"{run.get_absolute_url()}{act}/")
        assert response.status_code == HTTPStatus.FORBIDDEN


def test_a_run_of_another_firm_is_not_there(everyone: Cast) -> None:
    run = ask(everyone)
    address = run.get_absolute_url()

    for path in ("", "progress/", "clients.csv"):
        everyone.stranger.confirmed()
        assert everyone.stranger.client.get(f"{address}{path}").status_code == 404
    for act in ("again", "cancel", "delete", "close", "undo"):
        assert everyone.stranger.client.post(f"{address}{act}/").status_code == 404
    assert everyone.stranger.page("/runs/").find("main").text.count("phase-out") == 0


def test_a_client_that_has_parted_is_in_no_result(everyone: Cast) -> None:
    clients = a_book(everyone)
    run = ask(everyone)
    clients["way back"].closed_at = run.made_at
    clients["way back"].save()

    assert (
        "Adams" not in everyone.reader.page(f"{run.get_absolute_url()}?show=all").find("main").text
    )


def test_a_run_can_be_asked_again_and_thrown_away(everyone: Cast) -> None:
    a_book(everyone)
    run = ask(everyone)
    everyone.advisor.client.post(f"{run.get_absolute_url()}again/")
    assert Run.objects.count() == 2
    everyone.advisor.client.post(f"{run.get_absolute_url()}delete/")

    assert Run.objects.get().question == run.question
    assert "run_deleted" in acts(everyone)
