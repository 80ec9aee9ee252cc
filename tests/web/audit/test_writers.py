"""Many write in one log at once."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection

from amtweb.audit.log import Actor, record
from amtweb.audit.models import Event, Head
from amtweb.audit.verification import breaks_in
from tests.web import test_draft_races
from tests.web.test_draft_races import WRITERS, all_write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def writes(monkeypatch: pytest.MonkeyPatch) -> int:
    """By each writer; on SQLite a transaction is alone from its beginning, and few tell as much."""
    several = 50 if connection.vendor == "postgresql" else 8
    monkeypatch.setattr(test_draft_races, "WRITES", several)
    return several


def test_the_chain_is_whole_whoever_writes_at_the_same_time(writes: int) -> None:
    all_write(lambda writer: record("firm", Actor(writer), "client_changed"))

    numbers = list(Event.objects.filter(log="firm").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * writes + 1))
    assert list(breaks_in("firm")) == []
    assert Head.objects.get().number == WRITERS * writes


def test_without_holding_the_end_of_the_log_the_chain_breaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record("firm", Actor(0), "entered")
    monkeypatch.setattr("amtweb.audit.log._held", lambda log: Head.objects.get(log=log))
    refused = []

    def write(writer: int) -> None:
        try:
            record("firm", Actor(writer), "client_changed")
        except IntegrityError:
            refused.append(writer)

    all_write(write)

    went_wrong = bool(refused or list(breaks_in("firm")))
    assert went_wrong == (connection.vendor == "postgresql")
