"""The log as the firm's admin reads it, checks it and takes it away."""

from __future__ import annotations

import csv
import io
import json
import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amtweb.audit.log import Actor, record
from amtweb.audit.models import Event
from amtweb.firms.models import Client
from tests.architecture.sources import ROOT
from tests.web.audit.tampering import run
from tests.web.firms.cast import Cast, Colleague, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def page(people: Cast, **asked: Any) -> str:
    response = people.admin.client.get("/firm/log/", asked)
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode())


def asked(people: Cast) -> tuple[int, str]:
    """How many questions a page takes, and the page."""
    with CaptureQueriesContext(connection) as queries:
        said = page(people)
    return len(queries), said


def taken_away(people: Cast, form: str) -> str:
    people.admin.confirmed()
    response = people.admin.client.post("/firm/log/export/", {"form": form})
    assert response.status_code == HTTPStatus.OK
    return str(response.content.decode("utf-8-sig"))


def last(people: Cast) -> Event:
    found = Event.objects.filter(log=people.firm.public_id).order_by("-number").first()
    assert found
    return found


def test_it_says_who_did_what_to_what_by_the_names_that_they_have_now(people: Cast) -> None:
    people.advisor.client.post(f"{people.household.get_absolute_url()}edit/", {"name": "Renamed"})
    gone = Client.objects.create(firm=people.firm, name="Gone household")
    people.advisor.client.post(f"{gone.get_absolute_url()}shelve/", {"op": "delete"})
    theirs = Client.objects.create(firm=people.other_firm, name="Canary of another firm")
    actor = Actor(people.advisor.user.pk, "advisor")
    record(people.firm.public_id, actor, "client_changed", f"client {theirs.public_id}")

    said = page(people)

    assert "Renamed</bdi></a>" in said
    assert people.household.get_absolute_url() in said
    assert "deleted a client with all scenarios" in said
    assert said.count("a client that is gone") == 4, "in the row, and for who hears the page"
    assert "advisor@example.org" in said
    for secret in ("Gone household", "Canary of another firm"):
        assert secret not in said


def test_it_outlives_the_account_and_the_firm(people: Cast) -> None:
    name, number = people.firm.public_id, people.reader.user.pk
    people.reader.client.post("/clients/new/", {"name": "No"})
    people.reader.user.delete()
    said = page(people)
    assert "an account that is gone" in said
    assert "reader@example.org" not in said
    assert Event.objects.filter(log=name, who=number, refused=True).count() == 1

    events = Event.objects.filter(log=name).count()
    people.firm.delete()

    assert Event.objects.filter(log=name).count() == events
    call_command("verify_log", firm=name, stdout=io.StringIO())


def test_a_search_leaves_out_what_is_not_meant(people: Cast) -> None:
    people.reader.client.post("/clients/new/", {"name": "No"})
    people.advisor.client.post(f"{people.household.get_absolute_url()}edit/", {"name": "Kept"})
    today = last(people).at.date().isoformat()
    advisor = people.advisor.user.pk
    about = f"client {people.household.public_id}"

    assert rows(page(people, who=advisor)) == ["client_changed", "scenario_made", "entered"]
    assert rows(page(people, act="client_changed")) == ["client_changed"]
    # The client's scenario was made for them in the beginning.
    assert rows(page(people, about="kep")) == ["client_changed", "scenario_made"]
    assert rows(page(people, about=about)) == ["client_changed", "scenario_made"]
    assert rows(page(people, about="nothing of that name")) == []
    assert rows(page(people, refused="1")) == ["change"]
    assert len(rows(page(people, first=today, last=today))) == last(people).number
    assert rows(page(people, last="2020-01-01")) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"who": "x"},
        {"who": "9" * 30},
        {"before": "-1"},
        {"before": "99999999999999999999"},
        {"act": "' OR 1=1"},
        {"first": "2026-13-01", "last": "9999-12-31"},
        {"about": "a\x00b"},
        {"about": "client ' OR 1=1 --"},
        {"first": "0001-01-01"},
    ],
)
def test_an_address_that_nobody_made_shows_a_page(people: Cast, asked: dict[str, str]) -> None:
    page(people, **asked)


def test_pages_follow_one_another_with_as_many_questions_however_many_events(
    people: Cast,
) -> None:
    actor = Actor(people.advisor.user.pk, "advisor")
    about = f"client {people.household.public_id}"
    record(people.firm.public_id, actor, "client_changed", about)
    few, _ = asked(people)
    for _ in range(130):
        record(people.firm.public_id, actor, "client_changed", about)

    many, first = asked(people)
    older = page(people, before=last(people).number - 99)

    # One less, as no scenario is on the first page any more.
    assert many <= few
    assert len(rows(first)) == 100
    assert len(rows(first)) + len(rows(older)) == last(people).number
    assert "Older events" in first
    assert "Older events" not in older


def test_it_says_that_the_chain_holds_and_shouts_where_it_broke(people: Cast) -> None:
    number = last(people).number
    assert f"{number} events; the chain is unbroken." in page(people)
    run("UPDATE audit_event SET who = 99 WHERE log = %s AND number = 2", people.firm.public_id)

    said = page(people)

    assert "the chain is broken: number 2 is altered" in said
    assert 'role="alert"' in said


def test_a_long_log_is_checked_by_steps_that_are_asked_for(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amtweb.firms.views.log.CHECKED_WHILE_READING", 1)
    monkeypatch.setattr("amtweb.audit.verification.EVENTS_A_STEP", 2)
    assert "unbroken up to number 1, the rest unchecked" in page(people)

    for _ in range(2):
        people.admin.client.post("/firm/log/check/", {"op": "rest"})

    assert "5 events; the chain is unbroken." in page(people)
    assert last(people).number == 5, "to check is no event"


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_file_proves_itself_and_says_nothing_that_computes(
    people: Cast, form: str, tmp_path: Path
) -> None:
    Colleague("=cmd@example.org").in_firm(people.firm, "advisor")
    text = taken_away(people, form)
    file = tmp_path / f"log.{form}"
    file.write_text(text, encoding="utf-8")

    read: list[dict[str, Any]] = (
        list(csv.DictReader(io.StringIO(text)))
        if form == "csv"
        else [json.loads(line) for line in text.splitlines()]
    )

    assert [int(row["number"]) for row in read] == list(range(1, last(people).number + 1))
    assert read[-1]["act"] == "log_exported"
    assert read[-1]["words"] == "took the log away as a file"
    assert ("'=cmd@example.org" in text) == (form == "csv")
    for secret in ("Canary household", "Canary plan", "Canary notes"):
        assert secret not in text
    call_command("verify_log", firm=people.firm.public_id, against=str(file), stdout=io.StringIO())


def test_a_file_can_be_checked_without_the_site_as_the_documents_say(
    people: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = (ROOT / "docs/firm_log.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    file = Path("log.jsonl")
    file.write_text(taken_away(people, "jsonl"), encoding="utf-8")
    exec(program, {})  # noqa: S102  (the project's own words)

    file.write_text(file.read_text(encoding="utf-8").replace("admin", "other", 1), encoding="utf-8")
    with pytest.raises(AssertionError):
        exec(program, {})  # noqa: S102


def test_who_has_not_shown_who_they_are_takes_nothing_away(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amtweb.firms.access.raise_if_reauthentication_required", _needed)
    events = last(people).number

    with pytest.raises(PermissionError):
        people.admin.client.post("/firm/log/export/", {"form": "csv"})

    assert last(people).number == events


def _needed(*_: Any, **__: Any) -> None:
    raise PermissionError


@pytest.mark.parametrize("path", ["/firm/log/", "/firm/log/check/", "/firm/log/export/"])
def test_only_admins_read_it_and_who_tries_is_in_it(people: Cast, path: str) -> None:
    for colleague in (people.reader, people.assistant, people.advisor):
        send = colleague.client.get if path == "/firm/log/" else colleague.client.post
        assert send(path).status_code == HTTPStatus.FORBIDDEN
        event = last(people)
        assert (event.who, event.act, event.refused) == (
            colleague.user.pk,
            "read_the_log",
            True,
        )
    said = people.stranger.client.get("/firm/log/").content.decode()
    assert "advisor@example.org" not in said


def test_an_attempt_within_a_transaction_is_noted_too(people: Cast) -> None:
    shelve = f"{people.household.get_absolute_url()}shelve/"

    assert people.assistant.client.post(shelve, {"op": "delete"}).status_code == 403

    assert last(people).act == "delete"
    assert last(people).about == f"client {people.household.public_id}"
    assert last(people).refused


def rows(said: str) -> list[str]:
    """The acts of the rows that the page shows, by their digests."""
    shown = re.findall(r'<td class="number" title="([0-9a-f]+)">', said)
    acts = dict(Event.objects.filter(digest__in=shown).values_list("digest", "act"))
    return [acts[digest] for digest in shown]
