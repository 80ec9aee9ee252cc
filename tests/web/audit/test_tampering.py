"""Whatever is done to a log behind the site's back is found, with the numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from amtweb.audit.export import CSV, LINES, lines_of
from amtweb.audit.log import Actor, record
from amtweb.audit.models import Event, EventsStandError, Head
from amtweb.audit.verification import breaks_in, check_and_keep, check_from
from tests.web.audit.tampering import (
    LOG,
    edit,
    insert,
    remove,
    rewrite_from,
    run,
    swap,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.every_parameter]

DONE: dict[str, tuple[Callable[[], None], set[int]]] = {
    "who is another": (lambda: edit(3, "who", 99), {3}),
    "nobody instead": (lambda: edit(3, "who", None), {3}),
    "the role": (lambda: edit(3, "role", "admin"), {3}),
    "the act": (lambda: edit(3, "act", "entered"), {3}),
    "one letter of what it was about": (lambda: edit(3, "about", "client c4"), {3}),
    "that it was refused": (lambda: edit(3, "refused", True), {3}),
    "a microsecond": (lambda: edit(3, "at", "2026-01-01 00:00:00.000001+00:00"), {3}),
    "a bit of the digest": (lambda: edit(3, "digest", "0" * 64), {3, 4}),
    "moved to another log": (lambda: edit(3, "log", "other"), {3}),
    "deleted": (lambda: remove(3), {3}),
    "the first deleted": (lambda: remove(1), {1}),
    "the last deleted": (lambda: remove(8), {8}),
    "inserted before the first": (lambda: insert(0), {0}),
    "inserted at the end": (lambda: insert(9), {9}),
    "put in the place of another": (lambda: (remove(4), insert(4))[1], {5}),
    "swapped": (lambda: swap(3, 4), {3, 4, 5}),
    "all deleted": (lambda: run("DELETE FROM audit_event WHERE log = %s", LOG), set(range(1, 9))),
}
"""What is altered, and the numbers that must be named."""


def numbers(known: dict[int, str] | None = None) -> set[int]:
    found = breaks_in(LOG, known)
    return {number for each in found for number in range(each.first, each.last + 1)}


@pytest.mark.parametrize("what", DONE)
def test_an_altered_log_is_found_by_its_numbers(what: str) -> None:
    written()
    assert numbers() == set()
    alter, named = DONE[what]

    alter()

    assert numbers() == named
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("verify_log", firm=LOG, stdout=io.StringIO())


@pytest.mark.parametrize("form", [CSV, LINES, "the security log"])
def test_a_log_that_was_rewritten_as_a_whole_is_found_by_what_was_kept_elsewhere(
    form: str, tmp_path: Path
) -> None:
    written()
    file = tmp_path / "kept"
    if form in (CSV, LINES):
        file.write_text("".join(lines_of(LOG, 8, form, lambda _: {})), encoding="utf-8")
    else:
        said = (f"x INFO audit log={e.log} number={e.number} digest={e.digest}" for e in events())
        file.write_text("\n".join(["noise", *said, "noise"]), encoding="utf-8")
    call_command("verify_log", against=str(file), stdout=io.StringIO())
    edit(6, "who", 99)
    rewrite_from(6)
    assert numbers() == set(), "by itself it is a log like any other"
    said_now = io.StringIO()

    with pytest.raises(CommandError):
        call_command("verify_log", against=str(file), stdout=said_now)

    assert said_now.getvalue().count("written down elsewhere") == 3
    for number in (6, 7, 8):
        assert f"{LOG}: {number} is not what" in said_now.getvalue()


def test_what_was_cut_off_with_its_end_is_found_by_what_was_kept_elsewhere() -> None:
    written()
    known = {event.number: event.digest for event in events()}
    for number in (7, 8):
        remove(number)
    rewrite_from(6)

    assert numbers() == set()
    assert numbers(known) == {7, 8}


def test_a_log_of_which_nothing_is_left_is_missed(tmp_path: Path) -> None:
    written(3)
    file = tmp_path / "kept"
    file.write_text("".join(lines_of(LOG, 3, LINES, lambda _: {})), encoding="utf-8")
    run("DELETE FROM audit_event WHERE log = %s", LOG)
    run("DELETE FROM audit_head WHERE log = %s", LOG)
    said = io.StringIO()

    with pytest.raises(CommandError):
        call_command("verify_log", against=str(file), stdout=said)

    assert said.getvalue() == f"{LOG}: 1 to 3 are missing\n"


def test_a_file_that_holds_no_log_is_no_proof(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("nothing of it", encoding="utf-8")

    with pytest.raises(CommandError, match="no digest"):
        call_command("verify_log", against=str(file))


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET who = 1", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_an_event(statement: str) -> None:
    written(2)

    refused = pytest.raises(DatabaseError, match="events sta")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(EventsStandError):
        events()[0].save()
    with pytest.raises(EventsStandError):
        Event.objects.filter(log=LOG).delete()


def test_an_act_that_is_rolled_back_leaves_no_event_and_no_digest_elsewhere(
    django_capture_on_commit_callbacks: Callable[..., object], caplog: pytest.LogCaptureFixture
) -> None:
    class UndoneError(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            record(LOG, Actor(1), "entered")
            raise UndoneError

    committed = django_capture_on_commit_callbacks(execute=True)
    with caplog.at_level("INFO", "amtweb.security"), committed:  # type: ignore[attr-defined]
        with pytest.raises(UndoneError):
            fail()
        kept = record(LOG, Actor(1), "joined")

    assert [event.act for event in events()] == ["joined"]
    assert [r.getMessage() for r in caplog.records] == [
        f"audit log={LOG} number=1 digest={kept.digest}"
    ]


def test_a_firm_works_on_after_somebody_added_to_its_log() -> None:
    written()
    insert(9)

    record(LOG, Actor(1), "entered")

    assert numbers() == {10}


def test_a_check_goes_on_where_the_last_one_ended() -> None:
    written(6)
    assert check_from(LOG, 4).checked == 4
    assert check_and_keep(LOG).is_complete
    assert Head.objects.get(log=LOG).checked_number == 6
    written(2)
    edit(2, "who", 99)

    assert check_from(LOG, 100).is_complete, "what was checked before is not looked at again"
    again = check_and_keep(LOG, anew=True)

    assert again.found is not None
    assert (again.checked, again.found.first) == (1, 2)
    assert not check_from(LOG, 100).is_complete


@pytest.mark.parametrize("what", DONE)
def test_the_page_of_the_log_finds_the_same(what: str) -> None:
    written()
    alter, named = DONE[what]

    alter()

    found = check_and_keep(LOG, anew=True).found
    assert found is not None
    assert found.first == min(named)


def events() -> list[Event]:
    return list(Event.objects.filter(log=LOG).order_by("number"))
