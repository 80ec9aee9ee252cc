from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from amtweb.audit.models import Event
from amtweb.book.plans import mark_plan, mark_successor, plan_of, plans_of
from amtweb.firms.models import Client, Firm
from amtweb.scenarios.models import Scenario
from tests.web.firms.cast import cast

pytestmark = pytest.mark.django_db


def scenario_of(client: Client, title: str, *, days_ago: int = 0) -> Scenario:
    made = Scenario.objects.create(firm=client.firm, client=client, title=title, draft={})
    changed = timezone.now() - timedelta(days=days_ago)
    Scenario.objects.filter(pk=made.pk).update(changed_at=changed)
    return made


def test_the_marked_scenario_stands_for_a_client_else_the_one_changed_last() -> None:
    firm = Firm.objects.create(name="Firm")
    ada = firm.clients.create(name="Ada")
    assert plan_of(ada) is None
    old, new = scenario_of(ada, "Old", days_ago=9), scenario_of(ada, "New", days_ago=3)
    assert plan_of(ada) == new

    mark_plan(ada, old)
    assert plan_of(ada) == old
    Scenario.objects.filter(pk=old.pk).update(archived_at=timezone.now())
    assert plan_of(ada) == new
    Scenario.objects.filter(pk=old.pk).update(archived_at=None, deleted_at=timezone.now())
    assert plan_of(ada) == new
    Scenario.objects.filter(pk=old.pk).update(client=firm.clients.create(name="Bo"))
    assert plan_of(ada) == new
    mark_plan(ada, None)
    assert plan_of(ada) == new


def test_what_begins_later_stands_back_until_its_years_begin() -> None:
    ada = Firm.objects.create(name="Firm").clients.create(name="Ada")
    present = timezone.now().year

    def begins(year: int, days_ago: int) -> Scenario:
        made = scenario_of(ada, f"From {year}", days_ago=days_ago)
        Scenario.objects.filter(pk=made.pk).update(draft={"years": [{"year": year}]})
        return made

    later = begins(present + 1, 1)
    assert plan_of(ada) == later
    now, other = begins(present - 1, 9), begins(present, 5)
    assert plan_of(ada) == other
    mark_plan(ada, later)
    assert plan_of(ada) == later

    # As closing the year of a marked one leaves it: its successor follows when it can.
    mark_plan(ada, now)
    mark_successor(ada, later)
    assert plan_of(ada) == now
    Scenario.objects.filter(pk=later.pk).update(draft={"years": [{"year": present}]})
    assert plan_of(ada) == later
    mark_plan(ada, other)
    assert plan_of(ada) == other


def test_a_book_has_one_scenario_a_current_client_in_one_query() -> None:
    firm, other = Firm.objects.create(name="Firm"), Firm.objects.create(name="Other")
    clients = [firm.clients.create(name=f"Client {number}") for number in range(5)]
    first = [scenario_of(client, "First", days_ago=9) for client in clients]
    for client in clients:
        scenario_of(client, "Second", days_ago=5)
        mark_plan(client, first[clients.index(client)])
    firm.clients.create(name="Without a scenario")
    archived = firm.clients.create(name="Archived", archived_at=timezone.now())
    scenario_of(archived, "Of an archived client")
    scenario_of(other.clients.create(name="Another firm's"), "Another firm's")
    Scenario.objects.create(firm=firm, title="A pattern, of no client", draft={})

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = [(str(plan.client), plan.title) for plan in plans_of(firm)]

    assert sorted(found) == [(f"Client {number}", "First") for number in range(5)]
    assert len(queries) == 1


def test_a_scenario_is_marked_by_who_may_change_clients_and_is_the_clients() -> None:
    people = cast()
    address = f"/clients/{people.household.public_id}/plan/"
    older = scenario_of(people.household, "Older", days_ago=30)
    foreign = scenario_of(people.other_firm.clients.create(name="Theirs"), "Theirs")

    for wanted in (foreign.public_id, "unknown", "\x00"):
        people.advisor.client.post(address, {"scenario": wanted})
        assert plan_of(people.household) == people.scenario
    for colleague, status in (
        (people.reader, HTTPStatus.FORBIDDEN),
        (people.stranger, HTTPStatus.NOT_FOUND),
    ):
        response = colleague.client.post(address, {"scenario": older.public_id})
        assert response.status_code == status
        assert plan_of(people.household) == people.scenario

    response = people.assistant.client.post(address, {"scenario": older.public_id})

    assert response["Location"] == people.household.get_absolute_url()
    assert plan_of(people.household) == older
    event = Event.objects.filter(log=people.firm.public_id).last()
    assert event is not None
    about = f"client {people.household.public_id} scenario {older.public_id}"
    assert (event.act, event.about) == ("plan_marked", about)
