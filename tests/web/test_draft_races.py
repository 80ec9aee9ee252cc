"""Many writers at one draft.  What one of them reads and puts back must not undo another's."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from django.db import connections

from amtweb.scenarios import models
from amtweb.scenarios.models import NewerDraftError, Scenario

WRITERS = 16
WRITES = 50


def all_write(write: Callable[[int], object]) -> None:
    """Lets all writers go at once, each with a connection of its own."""
    start = Barrier(WRITERS)

    def writer(number: int) -> None:
        start.wait()
        try:
            for _ in range(WRITES):
                write(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(writer, range(WRITERS)))


@pytest.fixture
def scenario(transactional_db: None) -> Scenario:
    return Scenario.objects.create(draft={"count": 0})


def test_no_write_undoes_another_that_it_has_not_seen(scenario: Scenario) -> None:
    refused = []

    def write(number: int) -> None:
        while True:
            seen = Scenario.objects.get(pk=scenario.pk)
            count = {"count": seen.draft["count"] + 1}
            try:
                seen.save_draft(count, version=seen.draft_version, tab=f"w{number}", sequence=0)
            except NewerDraftError:
                refused.append(number)
            else:
                return

    all_write(write)
    scenario.refresh_from_db()

    assert scenario.draft == {"count": WRITERS * WRITES}
    assert scenario.draft_version == 1 + WRITERS * WRITES
    assert refused


def test_without_the_version_writes_are_lost(scenario: Scenario) -> None:
    def write(number: int) -> None:
        seen = Scenario.objects.get(pk=scenario.pk)
        Scenario.objects.filter(pk=scenario.pk).update(draft={"count": seen.draft["count"] + 1})

    all_write(write)
    scenario.refresh_from_db()

    assert scenario.draft["count"] < WRITERS * WRITES


def test_saves_at_once_take_numbers_of_their_own(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "REVISIONS", WRITERS * WRITES)
    counter = count()

    def save(_: int) -> None:
        scenario.make_revision({"save": next(counter)}, {})

    all_write(save)
    numbers = sorted(scenario.revisions.values_list("number", flat=True))

    assert numbers == list(range(1, WRITERS * WRITES + 1))


def test_identical_saves_at_once_make_one_revision(scenario: Scenario) -> None:
    all_write(lambda _: scenario.make_revision({"the": "same"}, {}))

    assert scenario.revisions.count() == 1
