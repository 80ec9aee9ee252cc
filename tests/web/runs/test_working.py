"""Runs that are under way: progress, stopping, and what two workers do to one chunk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now

from amtweb.runs import chunks, starting
from amtweb.runs.chunks import work_off
from amtweb.runs.clock import from_now
from amtweb.runs.models import Run, State
from amtweb.runs.outcomes import Outcome, failed, store
from amtweb.runs.reaping import beat, leave, somebody_works
from tests.web.firms.cast import Cast, cast
from tests.web.runs.book import a_book, ask

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def everyone(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Where nobody works what is asked off."""
    monkeypatch.setattr(starting, "enqueue", lambda *_: "")
    return cast()


def test_without_a_worker_the_page_says_so(everyone: Cast) -> None:
    run = ask(everyone)
    assert not somebody_works()
    assert "No worker is running" in everyone.reader.page(run.get_absolute_url()).find("main").text

    beat("a worker")
    assert "No worker" not in everyone.reader.page(run.get_absolute_url()).find("main").text
    leave("a worker")
    assert not somebody_works()


def test_the_page_waits_until_the_run_is_over(everyone: Cast) -> None:
    a_book(everyone)
    run = ask(everyone)
    address = f"{run.get_absolute_url()}progress/"
    asked = everyone.reader.client.get(address, headers=HTMX)
    assert "1 of 4 clients" in asked.content.decode()
    assert 'hx-trigger="every 1s"' in asked.content.decode()

    assert work_off(run.chunks.get().pk, "one") == "done"
    assert everyone.reader.client.get(address, headers=HTMX)["HX-Refresh"] == "true"
    assert everyone.reader.client.get(address)["Location"] == run.get_absolute_url()


def test_what_is_done_before_a_stop_is_kept_and_nothing_follows(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_book(everyone)
    run = ask(everyone)
    compute = chunks.recomputed

    def computed_and_stopped(*of: Any) -> Outcome:
        everyone.advisor.client.post(f"{run.get_absolute_url()}cancel/")
        return compute(*of)

    monkeypatch.setattr(chunks, "STORED_AFTER", 0.0)
    monkeypatch.setattr(chunks, "recomputed", computed_and_stopped)
    work_off(run.chunks.get().pk, "one")

    page = everyone.reader.page(run.get_absolute_url()).find("main").text
    assert "Stopped after 2 of 4 clients" in page
    assert run.items.filter(state=State.DONE).count() == 1
    assert work_off(run.chunks.get().pk, "another") == "not taken"


def test_who_comes_second_does_not_get_the_chunk(everyone: Cast) -> None:
    run = ask(everyone)
    chunk = run.chunks.get()
    run.chunks.update(holder="somebody", leased_until=from_now(timedelta(minutes=1)))
    assert work_off(chunk.pk, "two") == "not taken"

    run.chunks.update(leased_until=from_now(-timedelta(seconds=1)))
    assert work_off(chunk.pk, "two") == "done"


def test_who_lost_the_chunk_stores_nothing_more(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ask(everyone)
    compute = chunks.recomputed

    def overtaken(*of: Any) -> Outcome:
        run.chunks.update(holder="another", leased_until=Now())
        return compute(*of)

    monkeypatch.setattr(chunks, "recomputed", overtaken)

    assert work_off(run.chunks.get().pk, "one") == "lost"
    assert run.items.get().state == State.WAITING


def test_a_result_is_stored_once(everyone: Cast) -> None:
    item = ask(everyone).items.get()

    assert store(item, Outcome({"after": 1}), "one")
    assert not store(item, failed("too late"), "two")
    item.refresh_from_db()
    assert (item.worker, item.result, item.reason) == ("one", {"after": 1}, "")


def test_a_client_at_which_workers_end_is_left_out_and_the_others_are_not(everyone: Cast) -> None:
    a_book(everyone)
    run = ask(everyone)
    run.chunks.update(attempts=chunks.MOST_ATTEMPTS)
    work_off(run.chunks.get().pk, "one")

    reasons = run.items.order_by("pk").values_list("state", "reason")
    assert (State.FAILED, chunks.ENDS_WORKERS) in reasons
    assert run.items.filter(state=State.DONE).count() == 2


def test_a_fault_of_the_program_at_one_client_leaves_the_others(
    everyone: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = a_book(everyone)
    run = ask(everyone)
    compute = chunks.recomputed

    def broken(question: Any, plan: Any) -> Outcome:
        if plan.scenario.client == clients["flat"]:
            raise ZeroDivisionError
        return compute(question, plan)

    monkeypatch.setattr(chunks, "recomputed", broken)
    work_off(run.chunks.get().pk, "one")

    assert run.items.get(client=clients["flat"]).reason == chunks.BROKEN
    assert run.items.filter(state=State.DONE).count() == 2


def test_a_plan_that_is_deleted_meanwhile_has_no_result(everyone: Cast) -> None:
    run = ask(everyone)
    everyone.scenario.deleted_at = run.made_at
    everyone.scenario.save()
    work_off(run.chunks.get().pk, "one")

    assert "no scenario any more" in run.items.get().reason


def test_a_deleted_run_leaves_nothing_to_do(everyone: Cast) -> None:
    run = ask(everyone)
    chunk = run.chunks.get().pk
    everyone.advisor.client.post(f"{run.get_absolute_url()}delete/")

    assert work_off(chunk, "one") == "not taken"
    assert Run.objects.count() == 0
