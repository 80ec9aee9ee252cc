"""Many requests at once for the rows of one file: they are taken over once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from amtweb.exchange.csv_import import taking
from amtweb.scenarios.models import Scenario
from tests.web.importing.forms import preview, sent_by
from tests.web.importing.test_form_3921 import TWO_OF_ONE_GRANT, working_on
from tests.web.visitors import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


@pytest.fixture
def owner() -> Visitor:
    return working_on({"title": "Kept"})


@pytest.fixture
def scenario(owner: Visitor) -> Scenario:
    return owner.saved()


@pytest.fixture
def all_take(owner: Visitor, scenario: Scenario) -> Callable[[list[dict[str, str]]], list[int]]:
    """Sends the forms all at once, each with a connection of its own."""

    def answers(forms: list[dict[str, str]]) -> list[int]:
        start = Barrier(len(forms))

        def send(form: dict[str, str]) -> int:
            client = Client()
            client.cookies = owner.client.cookies
            start.wait()
            try:
                path = f"{scenario.get_absolute_url()}import/"
                return int(client.post(path, form | {"op": "take"}).status_code)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(forms)) as threads:
            return list(threads.map(send, forms))

    return answers


def exercises_of(scenario: Scenario) -> int:
    scenario.refresh_from_db()
    return len(scenario.draft["exercises"])


def form_of(owner: Visitor, scenario: Scenario) -> dict[str, str]:
    return sent_by(preview(owner, TWO_OF_ONE_GRANT, path=f"{scenario.get_absolute_url()}import/"))


def test_one_request_that_comes_many_times_takes_the_rows_once(
    owner: Visitor, scenario: Scenario, all_take: Any
) -> None:
    answers = all_take([form_of(owner, scenario)] * WRITERS)

    assert answers == [HTTPStatus.FOUND] * WRITERS
    assert exercises_of(scenario) == 2


def test_of_many_pages_one_takes_the_rows_and_the_others_are_shown_a_new_preview(
    owner: Visitor, scenario: Scenario, all_take: Any
) -> None:
    answers = all_take([form_of(owner, scenario) for _ in range(WRITERS)])

    assert sorted(answers) == [HTTPStatus.FOUND, *[HTTPStatus.CONFLICT] * (WRITERS - 1)]
    assert exercises_of(scenario) == 2


def test_without_the_check_of_what_was_seen_the_rows_are_taken_many_times(
    owner: Visitor, scenario: Scenario, all_take: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(owner, scenario)
    enough = {name: "90,000" for name in form if name.startswith("granted:")}
    more = enough | {"with_duplicates": "on"}
    monkeypatch.setattr(taking.Target, "state", "always the same")
    monkeypatch.setattr("amtweb.exchange.csv_import.sending.Sent.digest", "always the same")
    seen = {"seen_scenario": "always the same", "seen_rows": "always the same"}

    all_take([form | more | seen | {"page": f"page-{n}"} for n in range(WRITERS)])

    assert exercises_of(scenario) > 2
