"""When a line of the book has aged, and how it is brought up to date."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from amtweb.accounts import upkeep
from amtweb.book import lines
from amtweb.book.lines import book_of, bring_up_to_date, line_of
from amtweb.book.models import Line
from amtweb.book.plans import mark_plan, plan_of
from amtweb.firms.models import Client, Firm
from amtweb.scenarios.models import Scenario
from tests.web.book.households import CREDIT, EXERCISE, LOSS, YEAR, five, household
from tests.web.firms.cast import cast

pytestmark = pytest.mark.django_db


def aged(firm: Firm) -> set[str]:
    return {client.name for client in book_of(firm).filter(has_aged=True)}


@pytest.fixture
def ada() -> Client:
    firm = Firm.objects.create(name="Firm")
    household(firm, "Bo", LOSS)
    household(firm, "Nobody's")
    client = household(firm, "Ada", CREDIT)
    bring_up_to_date(firm, seconds=60)
    assert aged(firm) == set()
    return client


def test_a_line_has_aged_when_the_draft_was_edited_and_is_computed_anew(ada: Client) -> None:
    scenario = plan_of(ada)
    assert scenario is not None
    edited = scenario.draft | {"opening": {"minimum_tax_credit": 10_000}}
    scenario.save_draft(edited, version=scenario.draft_version, tab="", sequence=0)

    assert aged(ada.firm) == {"Ada"}
    assert bring_up_to_date(ada.firm).left == 0
    # 8,160 of it is used.
    assert Line.objects.get(client=ada).credit_balance == pytest.approx(1_840)
    assert aged(ada.firm) == set()


def test_a_line_has_aged_when_another_scenario_stands_for_the_client(ada: Client) -> None:
    first = plan_of(ada)
    household(ada.firm, "Other", EXERCISE)
    other = Scenario.objects.get(title="Plan of Other")
    Scenario.objects.filter(pk=other.pk).update(client=ada)
    bring_up_to_date(ada.firm, seconds=60)
    assert Line.objects.get(client=ada).amt == pytest.approx(17_840)

    mark_plan(ada, first)

    assert "Ada" in aged(ada.firm)
    bring_up_to_date(ada.firm, seconds=60)
    assert Line.objects.get(client=ada).amt == 0


@pytest.mark.parametrize(
    "then", [{"law_version": "older"}, {"engine_version": "0"}, {"day": "2026-01-01"}]
)
def test_a_line_has_aged_with_the_law_the_engine_and_the_day(
    ada: Client, then: dict[str, str]
) -> None:
    Line.objects.filter(client=ada).update(**then)

    assert aged(ada.firm) == {"Ada"}


def test_a_line_goes_with_the_last_scenario(ada: Client) -> None:
    Scenario.objects.filter(client=ada).update(deleted_at=timezone.now())

    assert aged(ada.firm) == {"Ada"}
    bring_up_to_date(ada.firm, seconds=60)
    assert not Line.objects.filter(client=ada).exists()
    assert aged(ada.firm) == set()


def test_a_draft_that_changes_while_its_line_is_computed_has_a_line_that_has_aged(
    ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Line.objects.all().delete()

    def edits_meanwhile(client: Client, scenario: Scenario) -> Line:
        line = line_of(client, scenario)
        if client.pk == ada.pk:
            now = Scenario.objects.get(pk=scenario.pk)
            draft = now.draft | {"years": [YEAR | {"wages": 1}]}
            now.save_draft(draft, version=now.draft_version, tab="", sequence=0)
        return line

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(lines, "line_of", edits_meanwhile)
        bring_up_to_date(ada.firm, seconds=0)

    assert aged(ada.firm) == {"Ada"}


def test_a_step_ends_in_time_and_says_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "AT_ONCE", 1)
    firm = Firm.objects.create(name="Firm")
    for number in range(3):
        household(firm, f"Client {number}", LOSS)

    steps = [bring_up_to_date(firm, seconds=0) for _ in range(4)]

    assert steps == [(1, 2), (1, 1), (1, 0), (0, 0)]


def test_one_broken_scenario_keeps_nobody_else_from_their_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    firm = Firm.objects.create(name="Firm")
    five(firm)
    Line.objects.all().delete()
    usual = lines.attention

    def breaks(scenario: Any, *of: Any, **more: Any) -> Any:
        if not scenario.grants:
            raise ZeroDivisionError
        return usual(scenario, *of, **more)

    monkeypatch.setattr(lines, "attention", breaks)

    assert bring_up_to_date(firm, seconds=60).left == 0
    assert Line.objects.get(client__name="Loss").problem == "It could not be computed."
    assert Line.objects.get(client__name="Taxed").problem == ""


def test_the_daily_upkeep_brings_every_firms_book_up_to_date(ada: Client) -> None:
    other = household(Firm.objects.create(name="Other"), "Cy", LOSS)
    Line.objects.all().update(day=timezone.now().date() - timedelta(days=1))

    assert upkeep.tidy()["lines of books"] == 3
    assert aged(ada.firm) == aged(other.firm) == set()


def test_steps_of_the_page_lead_back_to_what_it_showed() -> None:
    people = cast()

    response = people.reader.client.post("/book/refresh/", {"look": "sort=-credit&view=all"})

    assert response["Location"] == "/book/?sort=-credit&view=all"
    assert Line.objects.get(client=people.household).problem == ""
    done = people.reader.client.post("/book/refresh/", headers={"HX-Request": "true"})
    assert done["HX-Trigger-After-Swap"] == "book-updated"


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_a_book_up_to_date_at_once_leave_one_line_a_client() -> None:
    firm = Firm.objects.create(name="Firm")
    for number in range(30):
        household(firm, f"Client {number}", LOSS)
    start, failures = threading.Barrier(3), []

    def work() -> None:
        try:
            start.wait(timeout=10)
            while bring_up_to_date(firm).left:
                pass
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    def deletes() -> None:
        start.wait(timeout=10)
        Client.objects.get(name="Client 7").delete()
        connection.close()

    threads = [threading.Thread(target=each) for each in (work, work, deletes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert failures == []
    bring_up_to_date(firm, seconds=60)
    assert Line.objects.count() == 29
    assert aged(firm) == set()
